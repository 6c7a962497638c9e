"""Entries into current values: the merge rule of :mod:`desktop.journal.merge`, kept in two tables.

``value`` holds what nobody replaced; ``replaced`` remembers every reference that somebody replaced, so that an old
value that arrives after its replacement does not come back to life.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy.engine import Connection

from desktop.domain.fields import Json
from desktop.journal.canonical import canonical, spelled
from desktop.journal.entry import Entry, NewEntry
from desktop.journal.kinds import EVENTS
from desktop.journal.merge import Value, shown
from desktop.storage.dialects import dialect_of
from desktop.storage.statements import marks, run

Heads = dict[str, list[Value]]

_INSERT_VALUE = (
    "INSERT INTO value (subject, field, stream, seq, lamport, value) "
    "SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS "
    "(SELECT 1 FROM replaced WHERE subject = ? AND field = ? AND ref = ?) "
    "ON CONFLICT DO NOTHING"
)
_INSERT_REPLACED = (
    "INSERT INTO replaced (subject, field, ref) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
)
_DELETE_VALUE = "DELETE FROM value WHERE subject = ? AND field = ? AND stream = ? AND seq = ?"
_VALUE = ("subject", "field", "stream", "seq", "lamport", "value")
_REPLACED = ("subject", "field", "ref")
_VALUES_FROM = (
    "INSERT INTO value (subject, field, stream, seq, lamport, value) "
    "SELECT subject, field, stream, seq, lamport, value FROM {stage} s WHERE NOT EXISTS "
    "(SELECT 1 FROM replaced r WHERE r.subject = s.subject AND r.field = s.field "
    "AND r.ref = s.stream || ':' || s.seq) ON CONFLICT DO NOTHING"
)
_REPLACED_FROM = (
    "INSERT INTO replaced (subject, field, ref) SELECT subject, field, ref FROM {stage} "
    "ON CONFLICT DO NOTHING"
)
_VALUES_GONE = (
    "DELETE FROM value v USING {stage} s WHERE v.subject = s.subject AND v.field = s.field "
    "AND v.stream || ':' || v.seq = s.ref"
)
"""The same for many at once."""


def askable(text: str) -> str:
    """``text`` as the database can be asked for it. A command line that is not UTF-8 leaves halves of characters,
    which nothing in the database holds."""
    return text.encode("utf-8", "replace").decode("utf-8")


def merge(connection: Connection, entries: Iterable[Entry]) -> None:
    """Let ``entries`` speak: their values become current unless already replaced, and replace what they name.

    Together or one by one, and in any order, they leave the same values.
    """
    facts = [entry for entry in entries if entry.kind not in EVENTS]
    rows = [row for entry in facts for row in _values(entry)]
    _become_current(connection, rows)
    gone = [
        (entry.subject, name, old)
        for entry in facts
        for name, refs in entry.replaces.items()
        for old in refs
    ]
    _retire(connection, gone)


def _become_current(connection: Connection, rows: Sequence[Any]) -> None:
    short = [row[: len(_VALUE)] for row in rows]
    if stage := dialect_of(connection).stage(connection, "value", _VALUE, short):
        run(connection, _VALUES_FROM.format(stage=stage))
    elif rows:
        run(connection, _INSERT_VALUE, rows)


def _retire(connection: Connection, gone: Sequence[tuple[str, str, str]]) -> None:
    if stage := dialect_of(connection).stage(connection, "replaced", _REPLACED, gone):
        run(connection, _REPLACED_FROM.format(stage=stage))
        run(connection, _VALUES_GONE.format(stage=stage))
    elif gone:
        run(connection, _INSERT_REPLACED, gone)
        run(connection, _DELETE_VALUE, [_split(*item) for item in gone])


def _values(entry: Entry) -> Iterator[tuple[str, str, str, int, int, str, str, str, str]]:
    subject, ref = entry.subject, entry.ref
    for name, content in entry.fields.items():
        yield (
            subject, name, entry.stream, entry.seq, entry.lamport, _written(content),
            subject, name, ref,
        )  # fmt: skip


def _written(content: Json) -> str:
    """The value as the table holds it. A NUL is in no honest text, and PostgreSQL takes none: what is shown has the
    sign for an unreadable character instead; the journal keeps what was said."""
    written = spelled(content)
    if _NUL not in written:
        return written
    return spelled(_readable(content))


def _readable(content: Json) -> Json:
    if isinstance(content, str):
        return content.replace("\0", "\ufffd")
    if isinstance(content, Mapping):
        return {name.replace("\0", "\ufffd"): _readable(item) for name, item in content.items()}
    return [_readable(item) for item in content] if isinstance(content, (list, tuple)) else content


def _split(subject: str, field: str, ref: str) -> tuple[str, str, str, int]:
    stream, _, seq = ref.rpartition(":")
    return (subject, field, stream, int(seq) if seq.isdigit() else -1)


_COLUMNS = "subject, field, stream, seq, lamport, value"
_AT_ONCE = 500
_NUL = "\\u0000"
_PARSED = 1000
"""Values in one call of the parser: many are much cheaper together, and while it runs no other thread does."""


def heads(connection: Connection, subjects: Iterable[str]) -> dict[str, Heads]:
    """Every current value of the subjects, by subject and field.

    Plain SQL: this runs for every entry, and building the statement would cost more than running it.
    """
    names = list(subjects)
    result: dict[str, Heads] = {name: defaultdict(list) for name in names}
    rows = _of(connection, _COLUMNS, names)
    while some := list(islice(rows, _PARSED)):
        contents = json.loads(f"[{','.join(row[-1] for row in some)}]")
        for (subject, field, stream, seq, lamport, _), content in zip(some, contents, strict=True):
            result[subject][field].append(Value(stream, seq, lamport, content))
    return result


def _of(connection: Connection, columns: str, subjects: Collection[str]) -> Iterator[Any]:
    """Rows of ``value``, by subject."""
    names = list(subjects)
    for start in range(0, len(names), _AT_ONCE):
        chunk = tuple(names[start : start + _AT_ONCE])
        query = f"SELECT {columns} FROM value WHERE subject IN ({marks(chunk)})"  # noqa: S608 - own names
        yield from run(connection, query, chunk).fetchall()  # one by one costs thrice


def words_of(value: Json) -> str:
    """A value as people are shown it: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else canonical(value).decode()


def shown_fields(subject_heads: Heads, names: Collection[str] | None = None) -> dict[str, Json]:
    """Field → the value to show; only of the fields ``names`` where they are given."""
    wanted = subject_heads if names is None else [name for name in names if subject_heads.get(name)]
    return {name: shown(subject_heads[name]).value for name in wanted}


def refs_of(
    connection: Connection, news: Sequence[NewEntry]
) -> Iterator[dict[str, tuple[str, ...]]]:
    """For each field of each fact that has a current value, the references the new value will replace."""
    current = _refs(connection, {new.subject for new in news if new.kind not in EVENTS})
    for new in news:
        refs = current.get(new.subject, {}) if new.kind not in EVENTS else {}
        yield {name: tuple(sorted(refs[name])) for name in new.fields if name in refs}


def _refs(connection: Connection, subjects: Collection[str]) -> dict[str, dict[str, list[str]]]:
    """Subject → field → the entries that gave it its current values."""
    found: dict[str, dict[str, list[str]]] = {}
    for subject, field, stream, seq in _of(connection, "subject, field, stream, seq", subjects):
        found.setdefault(subject, {}).setdefault(field, []).append(f"{stream}:{seq}")
    return found
