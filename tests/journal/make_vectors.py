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

from desktop.domain.fields import Json
from desktop.journal.canonical import canonical, parse
from desktop.journal.entry import GENESIS, Entry, NewEntry, seal

FOLDER = Path(__file__).parent / "vectors"
A, B = "AAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBB"
CASE = "case/0198f3c07d3a7cc28a5e000000000001"


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
    disputed, and how many entries wait for an earlier one."""

    lines: tuple[bytes, ...]
    code: str = ""
    shown: Mapping[str, Json] = field(default_factory=dict)
    disputed: tuple[str, ...] = ()
    held: int = 0


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
        "unknown-fields-and-kinds": _unknown(),
    }


def _unknown() -> Vector:
    a = Writer(A)
    fields: dict[str, Json] = {"later.field": {"x": [1, None, True]}, "visit": "report"}
    return Vector((a.says(fields).line(),), shown=fields)


def bad() -> dict[str, Vector]:
    """Journals a reader refuses whole."""
    a = Writer(A)
    first, second = a.says({"narrative": "一"}), a.says({"narrative": "二"})
    rival = Writer(A, [first]).says({"narrative": "叁"})
    far = Writer(A).says({"narrative": "一"}, lamport=2 * 10**9)
    officer = Writer(A).says({"roles": ["administrator"]}, subject=f"officer/{B}/620134")
    line = first.line()
    return {
        "altered": Vector((line.replace("一".encode(), "丁".encode()),), "entry.altered"),
        "spelled-otherwise": Vector((line.replace(b'":', b'": ', 1),), "entry.malformed"),
        "float": Vector((line.replace(b'"lamport":1', b'"lamport":1.5'),), "entry.malformed"),
        "key-twice": Vector((line.replace(b'"seq":1', b'"seq":1,"seq":1'),), "entry.malformed"),
        "key-nobody-knows": Vector((changed(first, extra=1),), "entry.malformed"),
        "time-that-is-none": Vector((changed(first, wall="yesterday"),), "entry.malformed"),
        "far-ahead": Vector((far.line(),), "entry.malformed"),
        "newer-schema": Vector((changed(first, schema=2),), "journal.newer"),
        "chain-broken": Vector((line, changed(second, prev=GENESIS)), "journal.chain"),
        "fork": Vector((line, second.line(), rival.line()), "journal.fork"),
        "speaks-for-another": Vector((officer.line(),), "entry.overreach"),
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
