"""Entries into current values: the merge rule of :mod:`desktop.journal.merge`, kept in two tables.

``value`` holds what nobody replaced: a row for each entry that still says something of its subject, with all the fields
it says. ``replaced`` remembers every reference that somebody replaced, so that an old value that arrives after its
replacement does not come back to life.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy.engine import Connection

from desktop.domain.cases.taken_out import FIELD, is_taken_out
from desktop.domain.records.fields import Json
from desktop.journal.canonical import canonical
from desktop.journal.entry import Entry, NewEntry
from desktop.journal.kinds import EVENTS
from desktop.journal.merge import Value, shown
from desktop.storage.current_values.subjects import kind_of
from desktop.storage.current_values.uncontested_values import Heads, UncontestedValues
from desktop.storage.database.statements import add, run, run_among
from desktop.storage.dialects import dialect_of

Place = tuple[str, int]
"""Stream and sequence of an entry."""
Gone = tuple[str, str, str]
"""Subject, field, and the reference of an entry whose value was replaced."""

_READ: Final = "SELECT subject, stream, seq, lamport, fields FROM value WHERE subject AMONG ?"
_GONE: Final = "SELECT subject, field, ref FROM replaced WHERE subject AMONG ?"
_CHANGE: Final = "UPDATE value SET fields = ? WHERE subject = ? AND stream = ? AND seq = ?"
_DROP: Final = "DELETE FROM value WHERE subject = ? AND stream = ? AND seq = ?"
_VALUE: Final = ("subject", "stream", "seq", "lamport", "fields")
_REPLACED: Final = ("subject", "field", "ref")
_NUL: Final = "\\u0000"
UNREADABLE: Final = "\ufffd"
"""The sign in the place of a NUL, which PostgreSQL takes none of."""
_SCALARS: Final = frozenset({str, int, bool, type(None)})
_PARSED: Final = 1000
"""Rows in one call of the parser: many are much cheaper together, and while it runs no other thread does."""
_LONGEST: Final = 16
"""Digits of a sequence."""


def askable(text: str) -> str:
    """``text`` as the database can be asked for it. A command line that is not UTF-8 leaves halves of characters,
    which nothing in the database holds."""
    return text.encode("utf-8", "replace").decode("utf-8")


def like_pattern(words: str) -> str:
    """For ``LIKE … ESCAPE '!'``: found anywhere, taken by the letter."""
    plain = askable(words).replace("\0", UNREADABLE)
    for sign in "!%_":
        plain = plain.replace(sign, f"!{sign}")
    return f"%{plain}%"


@dataclass(slots=True)
class _SubjectValues:
    """What an entry still says of its subject."""

    lamport: int
    fields: dict[str, Json]


Rows = dict[str, dict[Place, _SubjectValues]]
"""Subject → what is current of it."""


class Current:
    """Current values. What was merged through it is kept, so that nobody reads from the database what was just
    written there; for the length of a batch."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: Rows = {}
        self._news: frozenset[str] = frozenset()
        self._heads: dict[str, Heads] = {}

    def note_new(self, subjects: Collection[str]) -> None:
        """Nobody spoke of these ``subjects`` before what is merged next, so nothing is known of them."""
        self._news = frozenset(subjects)
        self._known |= {name: {} for name in subjects}

    def known_before(self, subjects: Iterable[str]) -> list[str]:
        """Those that the database may know more of than was merged."""
        return [name for name in subjects if name not in self._news]

    def of(self, subjects: Iterable[str]) -> dict[str, Heads]:
        """Every current value of the subjects, by subject and field."""
        names = list(subjects)
        read = _rows(self._connection, [name for name in names if name not in self._known])
        return {name: self._head(name) or _heads(read.get(name, {})) for name in names}

    def _head(self, name: str) -> Heads | None:
        """Made once, as several projections ask for it."""
        if name in self._known and name not in self._heads:
            self._heads[name] = _heads(self._known[name])
        return self._heads.get(name)

    def refs(self, news: Sequence[NewEntry]) -> Iterator[dict[str, tuple[str, ...]]]:
        """For each field of each fact that has a current value, the references the new value will replace."""
        self._read({new.subject for new in news if new.kind not in EVENTS})
        for new in news:
            before = self._known[new.subject] if new.kind not in EVENTS else {}
            refs = {
                name: tuple(sorted(
                    f"{stream}:{seq}" for (stream, seq), item in before.items()
                    if name in item.fields and new.may_replace(stream, name, item.fields[name])
                ))
                for name in new.fields
            }  # fmt: skip
            yield {name: found for name, found in refs.items() if found}

    def merge(self, entries: Iterable[Entry]) -> None:
        """Let ``entries`` speak: their values become current unless already replaced, and replace what they name.

        Together or one by one, and in any order, they leave the same rows.
        """
        self._heads.clear()
        facts = [entry for entry in entries if entry.kind not in EVENTS]
        subjects = {entry.subject for entry in facts}
        self._read(subjects)
        gone: set[Gone] = set()
        known = self.known_before(subjects)
        gone.update(map(tuple, run_among(self._connection, _GONE, known)))
        named = dict.fromkeys(_named(facts))
        news = [item for item in named if item not in gone]
        gone.update(news)
        fresh = [row for entry in facts if (row := self._become_current(entry, gone))]
        add(self._connection, "value", _VALUE, fresh)
        self._retire(news)
        add(self._connection, "replaced", _REPLACED, news)

    def _read(self, subjects: Collection[str]) -> None:
        names = [name for name in subjects if name not in self._known]
        self._known |= {name: {} for name in names} | _rows(self._connection, names)

    def _become_current(self, entry: Entry, gone: Collection[Gone]) -> tuple[Any, ...] | None:
        """The row of what nobody replaced of an entry; None for nothing."""
        fields, spelled = _readable_fields(entry)
        if gone:
            ref, every = entry.ref, len(fields)
            fields = {
                name: content
                for name, content in fields.items()
                if (entry.subject, name, ref) not in gone
            }
            if len(fields) < every:
                spelled = canonical(fields).decode()
        if not fields:
            return None
        self._known[entry.subject][entry.stream, entry.seq] = _SubjectValues(entry.lamport, fields)
        return entry.subject, entry.stream, entry.seq, entry.lamport, spelled

    def _retire(self, news: Sequence[Gone]) -> None:
        """Take what was replaced out of the rows that stood before."""
        touched: dict[tuple[str, Place], _SubjectValues] = {}
        for subject, field, ref in news:
            place = _place(ref)
            change = self._known[subject].get(place) if place else None
            if place and change and change.fields.pop(field, _MISSING) is not _MISSING:
                touched[subject, place] = change
        changed, emptied = [], []
        for (subject, place), change in touched.items():
            if change.fields:
                changed.append((canonical(change.fields).decode(), subject, *place))
            else:
                emptied.append((subject, *place))
                del self._known[subject][place]
        if changed:
            run(self._connection, _CHANGE, changed)
        if emptied:
            run(self._connection, _DROP, emptied)


def parse_fields(text_value: str) -> dict[str, Json]:
    """The fields column of a row."""
    result: dict[str, Json] = json.loads(text_value)
    return result


_MISSING: Final = object()
_value: Final = partial(tuple.__new__, Value)
"""The same as the class itself, which takes a call of Python for each."""


def heads(connection: Connection, subjects: Iterable[str]) -> dict[str, Heads]:
    """Every current value of the subjects, by subject and field."""
    return Current(connection).of(subjects)


def words_of(value: Json) -> str:
    """A value as people are shown it: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else canonical(value).decode()


def shown_fields(subject_heads: Heads, names: Collection[str] | None = None) -> dict[str, Json]:
    """Field → the value to show; only of the fields ``names`` where they are given."""
    if isinstance(subject_heads, UncontestedValues):
        fields = subject_heads.fields
        return (
            dict(fields)
            if names is None
            else {name: fields[name] for name in names if name in fields}
        )
    wanted = subject_heads if names is None else [name for name in names if subject_heads.get(name)]
    return {name: shown(subject_heads[name]).value for name in wanted}


def stands_taken_out(subject: str, subject_heads: Heads) -> bool:
    """Whether somebody took this part out of its case, see :mod:`desktop.domain.cases.taken_out`."""
    contains = FIELD in subject_heads  # asked of every part of every case, and mostly not so
    return contains and is_taken_out(
        kind_of(subject), [item.value for item in subject_heads[FIELD]]
    )


def of_field(connection: Connection, column: str, field: str) -> str:
    """The JSON text of one field in a column of ``value.fields``, as an expression; NULL where it is not in it."""
    return dialect_of(connection).member(column, field)


def _rows(connection: Connection, subjects: Collection[str]) -> Rows:
    found: Rows = {}
    rows = run_among(connection, _READ, subjects)
    for start in range(0, len(rows), _PARSED):
        some = rows[start : start + _PARSED]
        contents = json.loads(f"[{','.join(row[-1] for row in some)}]")
        for (subject, stream, seq, lamport, _), fields in zip(some, contents, strict=True):
            found.setdefault(subject, {})[stream, seq] = _SubjectValues(lamport, fields)
    return found


def _heads(rows: Mapping[Place, _SubjectValues]) -> Heads:
    if len(rows) == 1:
        (((stream, seq), only),) = rows.items()
        return UncontestedValues(stream, seq, only.lamport, only.fields)
    result: dict[str, list[Value]] = defaultdict(list)
    for (stream, seq), change in rows.items():
        for field, content in change.fields.items():
            result[field].append(_value((stream, seq, change.lamport, content)))
    return result


def _named(facts: Iterable[Entry]) -> Iterator[Gone]:
    for entry in facts:
        for name, refs in entry.replaces.items():
            for old in refs:
                yield entry.subject, name, old


def _place(ref: str) -> Place | None:
    """The entry behind a reference, if it is spelled as entries are."""
    stream, _, digits = ref.rpartition(":")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST):
        return None
    return (stream, int(digits)) if str(int(digits)) == digits else None


def _readable_fields(entry: Entry) -> tuple[dict[str, Json], str]:
    """The fields as they will be read again, and as the table holds them. A NUL is in no honest text, and PostgreSQL
    takes none: what is shown has the sign for an unreadable character instead; the journal keeps what was said."""
    spelled = entry.spelled_fields.decode()
    if _NUL in spelled:
        readable = {name: _readable(content) for name, content in entry.fields.items()}
        return readable, canonical(readable).decode()
    fields = dict(entry.fields)
    if not _SCALARS.issuperset(map(type, fields.values())):
        fields = {name: _readable(content) for name, content in fields.items()}
    return fields, spelled


def _readable(content: Json) -> Json:
    if isinstance(content, str):
        return content.replace("\0", UNREADABLE)
    if isinstance(content, Mapping):
        return {name.replace("\0", UNREADABLE): _readable(item) for name, item in content.items()}
    return [_readable(item) for item in content] if isinstance(content, (list, tuple)) else content
