"""One entry of the journal and the hash that chains it to the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final

from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.records.fields import Fields, Json
from desktop.journal.canonical import canonical, parse_respelled
from desktop.journal.schema import schema_of

GENESIS: Final = "0" * 64
"""``prev`` of the first entry of a stream."""

MAX_LINE: Final = 1 << 20
"""No honest entry is larger; a larger line is refused before it is parsed."""

_BEFORE_FIELDS: Final = b'{"fields":'
_HASH_ROOM: Final = 128
"""What the hash adds to the line it is the hash of."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What a service wants recorded; the journal adds the rest. ``stream`` "" means the device's own. It replaces every
    value that stands of its fields, with ``instead_of`` only those that this other stream says.

    ``shown``: what its writer knew of these fields. What another wrote meanwhile is not replaced then, and stands
    beside the new value as a conflict.
    """

    kind: str
    subject: str
    fields: Fields
    stream: str = ""
    instead_of: str = ""
    shown: Fields | None = None

    def may_replace(self, stream: str, name: str, value: Json) -> bool:
        """Whether ``value``, which ``stream`` says of the field ``name``, is one it replaces."""
        if self.instead_of not in ("", stream):
            return False
        return self.shown is None or value == self.fields[name] or value == self.shown.get(name)


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
    _spelled: bytes = field(default=b"", init=False, repr=False, compare=False)

    @property
    def ref(self) -> str:
        """``stream:seq``, the entry's name."""
        return f"{self.stream}:{self.seq}"

    @property
    def spelled_fields(self) -> bytes:
        """The canonical JSON of ``fields``."""
        if not self._spelled:
            return canonical(self.fields)
        return self._spelled[len(_BEFORE_FIELDS) :].rpartition(
            b',"hash":%b,' % canonical(self.hash)
        )[0]

    def line(self) -> bytes:
        """The canonical JSON line that travels in bundles."""
        return self._spelled or _line(*_hashed_parts(self), self.hash)


def _with_line(entry: Entry, line: bytes) -> Entry:
    """Keep what was just worked out: an entry is asked for its line soon after it was made."""
    object.__setattr__(entry, "_spelled", line)
    return entry


def _hashed_parts(entry: Entry) -> tuple[bytes, bytes]:
    """Canonical JSON of the fields and of everything else but the hash. In the order of keys ``fields`` comes first
    and ``hash`` second, so that body and line are both put together from these."""
    rest: dict[str, Json] = {
        "kind": entry.kind,
        "lamport": entry.lamport,
        "officer": entry.officer,
        "prev": entry.prev,
        "replaces": {name: list(refs) for name, refs in entry.replaces.items()},
        "schema": entry.schema,
        "seq": entry.seq,
        "stream": entry.stream,
        "subject": entry.subject,
        "wall": entry.wall,
    }
    return canonical(entry.fields), canonical(rest)


def _body(fields: bytes, rest: bytes) -> bytes:
    """What the hash is over."""
    return b'{"fields":%b,%b' % (fields, rest[1:])


def _line(fields: bytes, rest: bytes, digest: str) -> bytes:
    return b'{"fields":%b,"hash":%b,%b' % (fields, canonical(digest), rest[1:])


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
    schema = schema_of(new.kind)
    open_entry = Entry(
        stream, seq, lamport, wall, officer, new.kind, new.subject, dict(new.fields), replaces,
        schema, prev, "",
    )  # fmt: skip
    try:
        fields, rest = _hashed_parts(open_entry)
    except ValueError as error:
        raise UserInputError("entry.unwritable") from error
    body = _body(fields, rest)
    if len(body) > MAX_LINE - _HASH_ROOM:
        raise UserInputError("entry.too_long")
    digest = hashlib.sha256(body).hexdigest()
    item = Entry(
        stream, seq, lamport, wall, officer, new.kind, new.subject, open_entry.fields, replaces,
        schema, prev, digest,
    )  # fmt: skip
    return _with_line(item, _line(fields, rest, digest))


_TEXTS: Final = ("stream", "wall", "officer", "kind", "subject", "prev", "hash")
_INTEGERS: Final = ("seq", "lamport", "schema")
_NAMES: Final = frozenset({*_TEXTS, *_INTEGERS, "fields", "replaces"})
_texts_of: Final = itemgetter(*_TEXTS)
_integers_of: Final = itemgetter(*_INTEGERS)


def _well_formed(document: Any) -> bool:
    return (
        isinstance(document, dict)
        and document.keys() == _NAMES
        and {*map(type, _texts_of(document))} == {str}
        and {*map(type, _integers_of(document))} == {int}
        and min(_integers_of(document)) >= 0
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
    line = line.rstrip(b"\n")
    document = _document(line)
    try:
        spelled = canonical(document)
    except Exception as error:
        raise TrustError("entry.malformed") from error
    if spelled != line:
        raise TrustError("entry.malformed")
    # The last place where a key of this name has a text: what follows are other names, and lists of references.
    before, _, after = line.rpartition(b'"hash":%b,' % canonical(document["hash"]))
    if hashlib.sha256(before + after).hexdigest() != document["hash"]:
        raise TrustError("entry.altered")
    return _entry(document, line)


def reread_line(line: bytes) -> Entry:
    """The entry on a line that :func:`read_line` took before and that never left this program's memory since."""
    return _entry(_document(line), line)


def stored_line(line: bytes) -> Entry:
    """The entry on a line of our own journal, which :func:`read_line` took before it was kept. Its hash is checked
    anew, and while that holds its spelling can not be another one.

    Raises ``TrustError``: ``entry.malformed`` or ``entry.altered``.
    """
    document = _document(line)
    # The last place where a key of this name has a text: what follows are other names, and lists of references.
    before, _, after = line.rpartition(
        b'"hash":"%b",' % document["hash"].encode("utf-8", "replace")
    )
    if hashlib.sha256(before + after).hexdigest() != document["hash"]:
        raise TrustError("entry.altered")
    return _entry(document, line)


def _document(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise TrustError("entry.malformed")
    document = parse_respelled(line)
    if not _well_formed(document):
        raise TrustError("entry.malformed")
    result: dict[str, Any] = document
    return result


def _entry(document: dict[str, Any], line: bytes) -> Entry:
    replaces = {name: tuple(refs) for name, refs in document.pop("replaces").items()}
    return _with_line(Entry(replaces=replaces, **document), line)
