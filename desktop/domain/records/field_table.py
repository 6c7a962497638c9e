"""One declaration a fact: where it stands in an entry, a record, the form and the report document, and how it is shown.

A row says it once, and what serialises, reads, types, masks, finds or names facts goes by the rows. What is particular
to a fact (the payer who is the victim, a time that needs today) stays in code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from operator import attrgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar, get_type_hints

from desktop.domain.records.field_types import TEXT, FieldType
from desktop.domain.records.fields import Fields, Json

Record = TypeVar("Record")
Made = TypeVar("Made")


class Typed(Enum):
    """How a text of the form becomes a fact."""

    WORDS = auto()
    NUMBER = auto()
    """As it is compared and sent."""
    ACCOUNT = auto()
    AMOUNT = auto()
    TIME = auto()
    CHOICE = auto()
    """One of the codes of its type."""
    TICK = auto()
    CODES = auto()
    """Any of the codes of its type, with blanks between them."""
    RECORD = auto()
    """The id of a record of the same form: a report document says it with that record."""
    CERTAINTIES = auto()
    """For each of several fields, how sure it is."""
    KEPT = auto()
    """The program's own mark, which nobody types: a report document shows it, and passes over it when it is given."""


OPEN: Final = "answer."
"""The beginning under which every program since the first release takes, keeps and hands on any text of a case."""


@dataclass(frozen=True, slots=True, eq=False)
class FieldRow:
    """A fact of a subject. ``key``: its name in an entry, and unless they say otherwise in the record (``attribute``,
    dotted within) and in the report document (``document``).

    ``form``: its path in the intake form, of payments, leads and parties within their line; ``typed``: how its text is
    taken, None where nobody types it; ``kinds``: of identifiers, whose words in front of a number are no part of it;
    ``page``: where, by a name of the form's paths, "" for the first page; ``label``: the text key above its editor.
    ``card``: that of its line on the card 当事人 of the page of a case, "" where it has none there. ``named``: that of
    its name in the history, unless it is ``case.field.`` and the key, of what is among the answers ``document``, with
    ``_`` for dots; ``hidden``: it only ties records together, no history names it. ``codes``: what the text keys of
    its codes begin with; ``offered``: the codes that people are offered, where these are not all that its type knows.
    ``mask``: how it is shown where nobody works on it. ``searched``: whether cases are found by it. ``printed``: the
    editable place that it fills at first, in forms that have that place; what papers show otherwise is code.
    ``later``: an entry of its own says it, after the record was made. ``seldom``: a report document leaves it out
    where it says nothing, ``sparse``: an entry does.
    """

    key: str
    type: FieldType = TEXT
    attribute: str = ""
    form: str = ""
    typed: Typed | None = None
    page: str = ""
    document: str = ""
    label: str = ""
    card: str = ""
    codes: str = ""
    offered: tuple[str, ...] = ()
    printed: str = ""
    mask: Callable[[str], str] | None = None
    named: str = ""
    later: bool = False
    sparse: bool = False
    hidden: bool = False
    searched: bool = False
    seldom: bool = False
    kinds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """What is called alike is said once."""
        object.__setattr__(self, "attribute", self.attribute or self.key)
        object.__setattr__(self, "document", self.document or self.key)
        object.__setattr__(self, "sparse", self.sparse or self.among_answers)

    @property
    def among_answers(self) -> bool:
        """Whether an entry holds it among the answers of the person, with what else was said."""
        return self.key.startswith(OPEN)

    @property
    def in_document(self) -> bool:
        """Whether a report document has a member for it."""
        return self.typed not in (None, Typed.RECORD)

    @property
    def history(self) -> str:
        """The text key of its name in the history; "" where that does not name it."""
        name = (self.document if self.among_answers else self.key).replace(".", "_")
        return "" if self.hidden else self.named or f"case.field.{name}"


_Read = Callable[[Any], Any]


class _Attribute(NamedTuple):
    """Where a fact stands in its record, or in the record within it under ``head``."""

    head: str
    name: str
    read: _Read


@dataclass(frozen=True, slots=True, eq=False)
class FieldTable(Generic[Record]):
    """The facts of one kind of record. Thousands are read at once, so what their rows come to is worked out before."""

    record: type[Record]
    rows: tuple[FieldRow, ...]
    _values: Callable[[Any], tuple[Any, ...]] = field(init=False, repr=False)
    _writes: tuple[tuple[str, Callable[[Any], Any], bool], ...] = field(init=False, repr=False)
    _places: Mapping[str, _Attribute] = field(init=False, repr=False)
    _unsaid: Mapping[str, Mapping[str, Any]] = field(init=False, repr=False)
    """Record within, "" for the record itself → attribute → what it is where no entry says it."""
    _needed: tuple[str, ...] = field(init=False, repr=False)
    """Keys that no entry may lack, as reading nothing fails."""
    _within: tuple[tuple[str, Callable[..., Any]], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Sort the facts of the record from those of the records within."""
        hints = get_type_hints(self.record)
        places = {}
        unsaid: dict[str, dict[str, Any]] = {"": {}}
        needed = []
        for row in self.rows:
            head, _, name = row.attribute.rpartition(".")
            places[row.key] = _Attribute(head, name, row.type.read)
            blanks = unsaid.setdefault(head, {})
            try:
                blanks[name] = row.type.read(None)
            except (ValueError, TypeError, KeyError):
                needed.append(row.key)
        first = tuple(row for row in self.rows if not row.later)
        writes = tuple((row.key, row.type.write, row.sparse) for row in first)
        for name, value in (
            ("_values", attrgetter(*(row.attribute for row in first))),
            ("_writes", writes),
            ("_places", places),
            ("_unsaid", unsaid),
            ("_needed", tuple(needed)),
            ("_within", tuple((head, hints[head]) for head in unsaid if head)),
        ):
            object.__setattr__(self, name, value)

    def to_fields(self, record: Record) -> dict[str, Json]:
        """What the first entry about ``record`` says."""
        values = zip(self._writes, self._values(record), strict=True)
        written = ((key, write(value), sparse) for (key, write, sparse), value in values)
        return {key: value for key, value, sparse in written if value or not sparse}

    def from_fields(self, fields: Fields, **others: Any) -> Record:
        """The record of which entries say ``fields``; ``others``: its attributes that are no fields."""
        values = {head: dict(blanks) for head, blanks in self._unsaid.items()}
        place_of = self._places.get
        for key, value in fields.items():
            place = place_of(key)
            if place is not None:
                head, name, read = place
                values[head][name] = read(value)
        for key in self._needed:
            if key not in fields:
                self._places[key].read(None)  # says what is wrong
        others |= values[""]
        for head, kind in self._within:
            others[head] = kind(**values[head])
        return self.record(**others)


def types_of_rows(rows: Iterable[FieldRow]) -> dict[str, FieldType]:
    """Key → type, of what is not among the answers."""
    return {row.key: row.type for row in rows if not row.among_answers}


def assembled(record: type[Made], values: Mapping[str, Any], **others: Any) -> Made:
    """A record of the values at dotted paths; records within are put together from theirs."""
    parts: dict[str, dict[str, Any]] = {}
    for path, value in values.items():
        head, _, name = path.partition(".")
        if name:
            parts.setdefault(head, {})[name] = value
        else:
            others[path] = value
    hints = _hints(record)  # type: ignore[arg-type]  # classes are hashable
    for head, within in parts.items():
        others[head] = assembled(hints[head], within)
    return record(**others)


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)
