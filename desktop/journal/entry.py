"""One entry of the journal and the hash that chains it to the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.fields import Fields, Json
from desktop.journal.canonical import canonical, parse

SCHEMA: Final = 1
"""The newest entry form this program writes; older ones are read for ever, newer ones are held."""

GENESIS: Final = "0" * 64
"""``prev`` of the first entry of a stream."""

MAX_LINE: Final = 1 << 20
"""No honest entry is larger; a larger line is refused before it is parsed."""

_HASH_ROOM: Final = 128
"""What the hash adds to the line it is the hash of."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What a service wants recorded; the journal adds the rest. ``stream`` "" means the device's own."""

    kind: str
    subject: str
    fields: Fields
    stream: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A recorded fact. ``wall`` is RFC 3339 text and orders nothing; ``lamport`` does.

    ``replaces`` names, for each field, the entries (``stream:seq``) whose value the writer saw and replaced.
    """

    stream: str
    seq: int
    lamport: int
    wall: str
    officer: str
    kind: str
    subject: str
    fields: Fields
    replaces: Mapping[str, tuple[str, ...]]
    schema: int
    prev: str
    hash: str

    @property
    def ref(self) -> str:
        """``stream:seq``, the entry's name."""
        return f"{self.stream}:{self.seq}"

    def line(self) -> bytes:
        """The canonical JSON line that travels in bundles."""
        return canonical({**_body(self), "hash": self.hash})


def _body(entry: Entry) -> dict[str, Json]:
    return {
        "stream": entry.stream,
        "seq": entry.seq,
        "lamport": entry.lamport,
        "wall": entry.wall,
        "officer": entry.officer,
        "kind": entry.kind,
        "subject": entry.subject,
        "fields": entry.fields,
        "replaces": {name: list(refs) for name, refs in entry.replaces.items()},
        "schema": entry.schema,
        "prev": entry.prev,
    }


def seal(  # noqa: PLR0913 - an entry has that many parts
    new: NewEntry,
    *,
    stream: str,
    seq: int,
    lamport: int,
    wall: str,
    officer: str,
    replaces: Mapping[str, tuple[str, ...]],
    prev: str,
) -> Entry:
    """The entry that records ``new`` at this place of the chain.

    Raises:
        UserInputError: ``entry.too_long``: its line would be longer than any reader takes; ``entry.unwritable``: it
            holds half a character or a number beyond ±(2^53 − 1).
    """
    open_entry = Entry(
        stream, seq, lamport, wall, officer, new.kind, new.subject, dict(new.fields), replaces,
        SCHEMA, prev, "",
    )  # fmt: skip
    try:
        body = canonical(_body(open_entry))
    except ValueError as error:
        raise UserInputError("entry.unwritable") from error
    if len(body) > MAX_LINE - _HASH_ROOM:
        raise UserInputError("entry.too_long")
    digest = hashlib.sha256(body).hexdigest()
    return Entry(
        stream, seq, lamport, wall, officer, new.kind, new.subject, dict(new.fields), replaces,
        SCHEMA, prev, digest,
    )  # fmt: skip


_TEXTS = ("stream", "wall", "officer", "kind", "subject", "prev", "hash")
_INTEGERS = ("seq", "lamport", "schema")


def _well_formed(document: Any) -> bool:
    return (
        isinstance(document, dict)
        and set(document) == {*_TEXTS, *_INTEGERS, "fields", "replaces"}
        and all(isinstance(document[name], str) for name in _TEXTS)
        and all(type(document[name]) is int and document[name] >= 0 for name in _INTEGERS)
        and isinstance(document["fields"], dict)
        and isinstance(document["replaces"], dict)
        and all(
            isinstance(refs, list) and all(isinstance(ref, str) for ref in refs)
            for refs in document["replaces"].values()
        )
    )


def read_line(line: bytes) -> Entry:
    """The entry on a canonical JSON line; checks form, canonical spelling and the entry's own hash.

    Raises:
        TrustError: ``entry.malformed`` or ``entry.altered``.
    """
    if len(line) > MAX_LINE:
        raise TrustError("entry.malformed")
    document = parse(line)
    if not _well_formed(document):
        raise TrustError("entry.malformed")
    replaces = {name: tuple(refs) for name, refs in document.pop("replaces").items()}
    entry = Entry(replaces=replaces, **document)
    try:
        body = canonical(_body(entry))
        same_line = entry.line() == line.rstrip(b"\n")
    except Exception as error:
        raise TrustError("entry.malformed") from error
    if not same_line:
        raise TrustError("entry.malformed")
    if hashlib.sha256(body).hexdigest() != entry.hash:
        raise TrustError("entry.altered")
    return entry
