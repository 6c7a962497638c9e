"""What a field held and holds: the value an entry replaced, and the whole story of each field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.cases.case import CASE_FIELDS, REPORTER, member_of, record_field
from desktop.domain.cases.holder_objection import OBJECTIONS
from desktop.domain.cases.sent_despite import SENT_DESPITE
from desktop.domain.records.field_table import Typed
from desktop.domain.records.record_family import RecordField


def replaced(history: Iterable[HistoryRow]) -> dict[tuple[str, int, str], tuple[str, str]]:
    """(stream, seq, field) of each entry that changed a value → (officer, value) before; oldest first.

    A field that was empty or unknown before was not changed but filled.
    """
    known: dict[tuple[str, str], tuple[str, str]] = {}
    found: dict[tuple[str, int, str], tuple[str, str]] = {}
    for row in history:
        for name, value in row.fields:
            before = known.get((row.subject, name))
            if before is not None and before[1] and before[1] != value:
                found[row.stream, row.seq, name] = before
            known[row.subject, name] = (row.officer, value)
    return found


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value a field had. ``row``: the entry that set it, with who and when."""

    value: str
    row: HistoryRow

    @property
    def reason(self) -> str:
        """Why, where the entry says so."""
        return dict(self.row.fields).get("reason", "")


@dataclass(frozen=True, slots=True)
class FieldStory:
    """Every value of one field, the newest first: that one holds, the others were superseded by the one above."""

    subject: str
    field: str
    values: tuple[FieldValue, ...]

    @property
    def current(self) -> str:
        """What holds."""
        return self.values[0].value

    @property
    def changes(self) -> int:
        """How often another value took the place of one that was there."""
        return sum(1 for item in self.values[1:] if item.value)


def stories(history: Iterable[HistoryRow]) -> tuple[FieldStory, ...]:
    """The story of every field that ever held something, in the order in which they were first set. An entry that sets
    what stands already is no change."""
    found: dict[tuple[str, str], list[FieldValue]] = {}
    for row in history:
        for name, value in row.fields:
            known = found.setdefault((row.subject, name), [])
            if not known and not value:
                continue
            if not known or known[-1].value != value:
                known.append(FieldValue(value, row))
    return tuple(
        FieldStory(subject, name, tuple(reversed(values)))
        for (subject, name), values in found.items()
        if values
    )


def former_values(found: Iterable[FieldStory], subject: str, field: str) -> dict[str, str]:
    """Field → the value to give back, where somebody wants what ``field`` of the case held before it was changed last.

    Where that took a whole record out, such as a party, its facts come back together, and who reported; where it added
    one since the case was registered, they go together. Empty where nothing was superseded, and for what no person
    types.
    """
    every = {item.field: item for item in found if item.subject == subject}
    story = every.get(field)
    if story is None or not subject.startswith("case/") or not _is_typed(field):
        return {}
    record = record_field(field)
    if record is not None and story.current and not _before(story):
        return _added(record, story, every)
    of_record = {field: story}
    if record is not None and not story.current:
        of_record |= {
            name: item
            for name, item in every.items()
            if item.values[0].row == story.values[0].row and _is_of(record, name, item)
        }
    former = {
        name: item.values[1].value for name, item in of_record.items() if len(item.values) > 1
    }
    return former if former.get(field) else {}


def _added(
    record: RecordField, story: FieldStory, every: Mapping[str, FieldStory]
) -> dict[str, str]:
    """Nothing, for each fact of a record that one entry put where nothing was, and for who reports by it. What the case
    was registered with replaced nothing."""
    if story.values[0].row == _registered(every):
        return {}
    former = {}
    for name, item in every.items():
        held = record_field(name)
        of_record = held is not None and held[:2] == record[:2]
        if item.values[0].row != story.values[0].row or not (of_record or name == REPORTER):
            continue
        before = _before(item)
        if (of_record and item.current and not before) or item.current == record.id:
            former[name] = before
    return former


def _before(story: FieldStory) -> str:
    """What it held before it was changed last; "" where nothing was there."""
    return story.values[1].value if len(story.values) > 1 else ""


def _registered(every: Mapping[str, FieldStory]) -> HistoryRow | None:
    story = every.get("accepted_at")
    return story.values[-1].row if story is not None else None


def _is_of(record: RecordField, name: str, item: FieldStory) -> bool:
    """Whether a fact is one of the record, or that it reports."""
    held = record_field(name)
    of_record = held is not None and held[:2] == record[:2] and not item.current
    return of_record or (
        name == REPORTER and len(item.values) > 1 and item.values[1].value == record.id
    )


_TYPED: Final = frozenset(
    row.key
    for row in CASE_FIELDS.rows
    if row.typed in (Typed.WORDS, Typed.NUMBER, Typed.CHOICE, Typed.RECORD) and row.key != "visit"
)
"""Another kind of visit has rules of its own."""
_UNTYPED: Final = (SENT_DESPITE, OBJECTIONS.beginning)
"""Among the answers, what acts with rules of their own record."""


def _is_typed(field: str) -> bool:
    return field in _TYPED or (bool(member_of(field)[0]) and not field.startswith(_UNTYPED))
