"""Makes ``tests/journal/vectors``: journals with the verdict a reader must give and what they then show.

``python -m tests.journal.make_vectors`` writes them anew. Another program that merges journals proves itself on these
files and ``expected.json``; nothing in them is secret, and the same files come out every time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.domain.ids import DeviceId, bound_id
from desktop.domain.records.fields import Json
from desktop.journal.canonical import canonical, parse
from desktop.journal.entry import GENESIS, Entry, NewEntry, seal

FOLDER = Path(__file__).parent / "vectors"
A, B = "AAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBB"
CASE = f"case/{bound_id(1_764_000_000_000, 1, DeviceId(A))}"
"""A case of A. A and B are two devices of one unit."""


@dataclass
class Writer:
    """One stream and what its device saw last."""

    stream: str
    made: list[Entry] = field(default_factory=list)

    def says(
        self,
        fields: Mapping[str, Json],
        *,
        after: tuple[Entry, ...] = (),
        subject: str = CASE,
        lamport: int = 0,
    ) -> Entry:
        """The next entry; it replaces what ``after`` set of the same fields."""
        known = (*self.made, *after)
        entry = seal(
            NewEntry("case.amended", subject, fields),
            stream=self.stream,
            seq=len(self.made) + 1,
            lamport=lamport or max((item.lamport for item in known), default=0) + 1,
            wall="2026-11-24T02:31:07.000Z",
            officer="620134",
            replaces={
                name: tuple(item.ref for item in after if name in item.fields)
                for name in fields
                if any(name in item.fields for item in after)
            },
            prev=self.made[-1].hash if self.made else GENESIS,
        )
        self.made.append(entry)
        return entry


def changed(entry: Entry, **changes: Any) -> bytes:
    """The line with some keys changed and its hash worked out anew: honest in form, wrong in what it says."""
    document = {**parse(entry.line()), **changes}
    del document["hash"]
    digest = hashlib.sha256(canonical(document)).hexdigest()
    return canonical({**document, "hash": digest})


@dataclass(frozen=True)
class Vector:
    """``lines`` as they come; what a reader says of them; what ``CASE`` shows afterwards, the fields that stand
    disputed, how many entries wait, and which take no effect, with the rule they break."""

    lines: tuple[bytes, ...]
    code: str = ""
    shown: Mapping[str, Json] = field(default_factory=dict)
    disputed: tuple[str, ...] = ()
    held: int = 0
    refused: Mapping[str, str] = field(default_factory=dict)


def good() -> dict[str, Vector]:
    """Journals a reader takes."""
    a, b = Writer(A), Writer(B)
    first = a.says({"narrative": "起初这样说", "visit": "report"})
    later = a.says({"narrative": "后来改口"}, after=(first,))
    other = b.says({"narrative": "另一台写的"}, after=(first,))
    settled = b.says({"narrative": "另一台写的"}, after=(later, other))
    lines = tuple(item.line() for item in (first, later, other, settled))
    one = {"narrative": "后来改口", "visit": "report"}
    two = {"narrative": "另一台写的", "visit": "report"}
    return {
        "chain": Vector(lines[:2], shown=one),
        "twice": Vector((*lines[:2], *lines[:2]), shown=one),
        "two-at-once": Vector(lines[:3], shown=two, disputed=("narrative",)),
        "two-at-once-the-other-way": Vector(
            (lines[2], *lines[:2]), shown=two, disputed=("narrative",)
        ),
        "settled": Vector(lines, shown=two),
        "settled-before-it-is-known": Vector((*lines[2:], *lines[:2]), shown=two),
        "one-is-missing": Vector(
            (lines[0], lines[3]), shown={"narrative": "起初这样说", "visit": "report"}, held=1
        ),
        **_waiting(),
        **_without_effect(),
    }


def _waiting() -> dict[str, Vector]:
    """What a reader keeps until it can tell what to do with it."""
    far = Writer(A).says({"narrative": "一"}, lamport=2 * 10**9)
    newer = changed(Writer(A).says({"later.field": {"x": [1, None, True]}}), schema=99)
    return {
        "far-ahead": Vector((far.line(),), held=1),
        "newer-schema": Vector((newer,), held=1),
    }


def _without_effect() -> dict[str, Vector]:
    """Entries that break a rule stay in their stream; what comes after them counts."""
    a = Writer(A)
    said: tuple[tuple[dict[str, Json], str, str], ...] = (
        ({"later.field": 1}, CASE, "authority.field_unknown"),
        ({"returned_fen": -1}, CASE, "authority.field_value"),
        ({"roles": ["administrator"]}, f"officer/{B}/620134", "authority.subject_wrong"),
        ({"merged.into": bound_id(1, 1, DeviceId("C" * 16))}, CASE, "authority.case_of_another"),
        ({"linked.cases": 9}, CASE, "authority.centre_only"),
    )
    refused = {a.says(fields, subject=subject).ref: rule for fields, subject, rule in said}
    shown: dict[str, Json] = {"narrative": "照常"}
    a.says(shown)
    back = a.says({"narrative": "拨回去"}, lamport=1)
    refused[back.ref] = "authority.lamport_fell"
    return {
        "without-effect": Vector(
            tuple(item.line() for item in a.made), shown=shown, refused=refused
        )
    }


def bad() -> dict[str, Vector]:
    """Journals a reader refuses whole."""
    a = Writer(A)
    first, second = a.says({"narrative": "一"}), a.says({"narrative": "二"})
    rival = Writer(A, [first]).says({"narrative": "叁"})
    line = first.line()
    return {
        "altered": Vector((line.replace("一".encode(), "丁".encode()),), "entry.altered"),
        "spelled-otherwise": Vector((line.replace(b'":', b'": ', 1),), "entry.malformed"),
        "float": Vector((line.replace(b'"lamport":1', b'"lamport":1.5'),), "entry.malformed"),
        "key-twice": Vector((line.replace(b'"seq":1', b'"seq":1,"seq":1'),), "entry.malformed"),
        "key-nobody-knows": Vector((changed(first, extra=1),), "entry.malformed"),
        "time-that-is-none": Vector((changed(first, wall="yesterday"),), "entry.malformed"),
        "chain-broken": Vector((line, changed(second, prev=GENESIS)), "journal.chain"),
        "fork": Vector((line, second.line(), rival.line()), "journal.fork"),
    }


def files() -> dict[str, bytes]:
    """Name → content of every file."""
    vectors = {f"good-{name}.jsonl": found for name, found in good().items()}
    vectors |= {f"bad-{name}.jsonl": found for name, found in bad().items()}
    expected = {
        name: {
            "code": found.code,
            "shown": dict(found.shown),
            "disputed": list(found.disputed),
            "held": found.held,
            "refused": dict(found.refused),
        }
        for name, found in vectors.items()
    }
    made = {name: b"".join(line + b"\n" for line in item.lines) for name, item in vectors.items()}
    text = json.dumps(expected, ensure_ascii=False, indent=1, sort_keys=True)
    return made | {"expected.json": f"{text}\n".encode()}


def main() -> None:
    """Write every file."""
    FOLDER.mkdir(exist_ok=True)
    for name, data in files().items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
