"""Entries into current values: the merge rule of :mod:`desktop.journal.merge`, kept in two tables.

``value`` holds what nobody replaced; ``replaced`` remembers every reference that somebody replaced, so that an old
value that arrives after its replacement does not come back to life.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.engine import Connection

from desktop.domain.fields import Json
from desktop.journal.canonical import canonical
from desktop.journal.entry import Entry
from desktop.journal.kinds import EVENTS
from desktop.journal.merge import Value, shown

Heads = dict[str, list[Value]]

_INSERT_VALUE = (
    "INSERT OR IGNORE INTO value (subject, field, stream, seq, lamport, value) "
    "SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS "
    "(SELECT 1 FROM replaced WHERE subject = ? AND field = ? AND ref = ?)"
)
_INSERT_REPLACED = "INSERT OR IGNORE INTO replaced (subject, field, ref) VALUES (?, ?, ?)"
_DELETE_VALUE = "DELETE FROM value WHERE subject = ? AND field = ? AND stream = ? AND seq = ?"


def askable(text: str) -> str:
    """``text`` as the database can be asked for it. A command line that is not UTF-8 leaves halves of characters,
    which nothing in the database holds."""
    return text.encode("utf-8", "replace").decode("utf-8")


def merge(connection: Connection, entry: Entry) -> None:
    """Let ``entry`` speak: its values become current unless already replaced, and replace what they name."""
    if entry.kind in EVENTS:
        return
    subject, ref = entry.subject, entry.ref
    rows = [
        (subject, name, entry.stream, entry.seq, entry.lamport, canonical(content).decode(),
         subject, name, ref)
        for name, content in entry.fields.items()
    ]  # fmt: skip
    if rows:
        connection.exec_driver_sql(_INSERT_VALUE, rows)
    gone = [(subject, name, old) for name, refs in entry.replaces.items() for old in refs]
    if gone:
        connection.exec_driver_sql(_INSERT_REPLACED, gone)
        connection.exec_driver_sql(_DELETE_VALUE, [_split(*item) for item in gone])


def _split(subject: str, field: str, ref: str) -> tuple[str, str, str, int]:
    stream, _, seq = ref.rpartition(":")
    return (subject, field, stream, int(seq) if seq.isdigit() else -1)


_COLUMNS = "subject, field, stream, seq, lamport, value"
_HEADS_OF_ONE = f"SELECT {_COLUMNS} FROM value WHERE subject = ?"  # noqa: S608 - own names
_AT_ONCE = 500


def heads(connection: Connection, subjects: Iterable[str]) -> dict[str, Heads]:
    """Every current value of the subjects, by subject and field.

    Plain SQL: this runs for every entry, and building the statement would cost more than running it.
    """
    names = list(subjects)
    result: dict[str, Heads] = {name: defaultdict(list) for name in names}
    for start in range(0, len(names), _AT_ONCE):
        chunk = names[start : start + _AT_ONCE]
        query = _HEADS_OF_ONE
        if len(chunk) > 1:
            marks = ", ".join("?" * len(chunk))
            query = f"SELECT {_COLUMNS} FROM value WHERE subject IN ({marks})"  # noqa: S608
        for subject, field, stream, seq, lamport, text in connection.exec_driver_sql(
            query, tuple(chunk)
        ):
            result[subject][field].append(Value(stream, seq, lamport, json.loads(text)))
    return result


def shown_fields(subject_heads: Heads) -> dict[str, Json]:
    """Field → the value to show."""
    return {name: shown(values).value for name, values in subject_heads.items()}


def refs_of(
    connection: Connection, subject: str, fields: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """For each field with a current value, the references a new value will replace."""
    current = heads(connection, [subject])[subject]
    return {
        name: tuple(sorted(item.ref for item in current[name]))
        for name in fields
        if current.get(name)
    }
