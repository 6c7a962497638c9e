"""Records of a case that are kept among its answers: ``answer.party.<id>.phone``.

Every program since the first release takes, keeps and hands on any text under ``answer.``, so that a new kind of record
there needs no kind of entry and no schema of its own, and no older program refuses the case. Its rows name facts as
they stand within one record; all of them are texts.

Whoever writes into a case may be hostile: of a family no more is read than a person can look through. What is beyond
that, an id with signs of its own, or a fact of a newer program stays in the journal and in the history.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar

from desktop.domain.records.field_table import OPEN, FieldRow, FieldTable
from desktop.domain.records.fields import Fields, Json

Record = TypeVar("Record")
MOST: Final = 200
"""Records of a family that are read of one case, where a person looks through them."""
LONGEST: Final = 4000
"""Characters of one fact that are read."""
_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")


def record_rows(texts: str, *rows: FieldRow, form: str = "") -> tuple[FieldRow, ...]:
    """Facts that are called alike on the page, on the card and in the history: by the text key ``texts.<key>``.
    ``form``: what their names in a line of the form begin with."""
    names = (f"{texts}.{row.key}" for row in rows)
    return tuple(
        replace(row, form=form + row.key, label=name, card=name, named=name, seldom=True)
        for row, name in zip(rows, names, strict=True)
    )


@dataclass(frozen=True, slots=True, eq=False)
class RecordFamily(Generic[Record]):
    """``name``: how the keys of its fields go on after ``answer.``; ``part``: the attribute of a case that holds its
    records, each of which has an ``id``. The text key ``case.record.<name>`` says in the history ``whose`` fact
    ``name`` is."""

    name: str
    part: str
    table: FieldTable[Record]
    most: int = MOST
    """Records that are read of one case."""
    reserved: frozenset[str] = frozenset()
    """Ids of what is no record of the family, though it is shown among them: a record that calls itself so is none."""
    beginning: str = field(init=False)
    rows: dict[str, FieldRow] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out what is asked of every field."""
        object.__setattr__(self, "beginning", f"{OPEN}{self.name}.")
        object.__setattr__(self, "rows", {row.key: row for row in self.table.rows})

    def to_fields(self, records: Iterable[Record]) -> dict[str, Json]:
        """Fields of ``case/<id>`` for each fact that says something."""
        return {
            f"{self.beginning}{attrgetter('id')(record)}.{key}": value
            for record in records
            for key, value in self.table.to_fields(record).items()
            if value
        }

    def changes(self, old: Record | None, new: Record) -> dict[str, Json]:
        """The fields of ``case/<id>`` that make ``new`` of ``old``; what was taken back is an empty text."""
        before = self.to_fields((old,)) if old is not None else {}
        after = self.to_fields((new,))
        cleared: dict[str, Json] = dict.fromkeys(before.keys() - after.keys(), "")
        return cleared | {name: value for name, value in after.items() if before.get(name) != value}

    def from_fields(self, fields: Fields) -> tuple[Record, ...]:
        """The records of which ``fields`` say something, by id."""
        beginning = self.beginning
        named = [name for name in fields if name.startswith(beginning)]
        if not named:
            return ()  # as most cases have it, which all are asked
        found: dict[str, dict[str, Json]] = {}
        for name in named:
            place, value = self._place(name), fields[name]
            if place and place[1] in self.rows and isinstance(value, str) and value:
                found.setdefault(place[0], {})[place[1]] = value[:LONGEST]
        return tuple(
            self.table.from_fields(found[name], id=name) for name in sorted(found)[: self.most]
        )

    def field_of(self, name: str) -> RecordField | None:
        """What a field of ``case/<id>`` says of which record; None for a field of no record of this family."""
        place = self._place(name)
        return RecordField(self, *place, self.rows.get(place[1])) if place else None

    def _place(self, name: str) -> tuple[str, str] | None:
        if not name.startswith(self.beginning):
            return None
        record, _, key = name.removeprefix(self.beginning).partition(".")
        good = key and _ID.fullmatch(record) and record not in self.reserved
        return (record, key) if good else None

    def searched(self, records: Iterable[Record]) -> Iterator[str]:
        """The texts of its records by which a case is found."""
        rows = [row for row in self.table.rows if row.searched]
        for record in records:
            yield from (str(attrgetter(row.attribute)(record)) for row in rows)


class RecordField(NamedTuple):
    """A field of one record. ``row``: None where a newer program wrote it."""

    family: RecordFamily[Any]
    id: str
    key: str
    row: FieldRow | None
