"""One name for every field of the form: ``victim.name``, ``transfers.0.amount``, ``narrative``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.cases.case import CASE_FIELDS, IDENTIFIER_FIELDS
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.payments.transfer import TRANSFER_FIELDS
from desktop.domain.cases.payments.way import WAY_FIELDS
from desktop.domain.cases.people.party import PARTY_FIELDS
from desktop.domain.records.field_table import Typed

_LINES = {
    part: frozenset(row.form for row in rows if row.form and row.typed is not Typed.CERTAINTIES)
    for part, rows in (
        ("transfers", (*TRANSFER_FIELDS.rows, *WAY_FIELDS.rows)), ("identifiers", IDENTIFIER_FIELDS.rows),
        ("parties", PARTY_FIELDS.rows),
    )
}  # fmt: skip
"""What is typed on each of several lines."""
_CASE = frozenset(row.form for row in CASE_FIELDS.rows if row.typed not in (None, Typed.KEPT))
_KEYED = frozenset({"answers", "circumstances"})
"""Parts that hold a text under an id, which may be any."""

PAGE_MONEY, PAGE_REPORTER, PAGE_STORY, PAGE_IDENTIFIERS, PAGE_EVIDENCE, PAGE_PAPERS = range(6)
PAGES = 6
_NAMES = {"reporter": PAGE_REPORTER, "story": PAGE_STORY}
_PAGE_OF_LINES = {"identifiers": PAGE_IDENTIFIERS, "parties": PAGE_REPORTER}
_PAGES = {row.form: _NAMES[row.page] for row in CASE_FIELDS.rows if row.page}


@dataclass(frozen=True, slots=True)
class FieldPath:
    """A parsed path. ``index`` is -1 outside lists."""

    part: str
    index: int
    name: str

    def __str__(self) -> str:
        if self.part == "form":
            return self.name
        if self.index < 0:
            return f"{self.part}.{self.name}"
        return f"{self.part}.{self.index}.{self.name}"


def parse_path(path: str) -> FieldPath:
    """The field behind ``path``; also in the dotted spelling of problems
    (``transfers.0.payee.account``).

    Raises ``KeyError`` for a field the form does not have.
    """
    head, _, rest = path.partition(".")
    if path in _CASE:
        return FieldPath(head if rest else "form", -1, rest or head)
    if head in _KEYED and rest:
        return FieldPath(head, -1, rest)
    if head in _LINES:
        number, _, name = rest.partition(".")
        name = name.replace(".", "_")
        if number.isdigit() and name in _LINES[head]:
            return FieldPath(head, int(number), name)
    raise KeyError(path)


def page_of(path: str) -> int:
    """The page on which the field is typed; the first one for a path nobody knows."""
    head = path.partition(".")[0]
    if head in _KEYED:
        return PAGE_STORY
    if head in _PAGE_OF_LINES:
        return _PAGE_OF_LINES[head]
    return _PAGES.get(path, PAGE_MONEY)


def value_of(form: IntakeForm, path: str) -> str:
    """The text in the field; ``KeyError`` for an unknown field or a row that is not there."""
    field = parse_path(path)
    if field.part in _KEYED:
        return str(dict(getattr(form, field.part)).get(field.name, ""))
    holder: object = form
    if field.part == "victim":
        holder = form.victim
    elif field.index >= 0:
        rows: tuple[object, ...] = getattr(form, field.part)
        if field.index >= len(rows):
            raise KeyError(path)
        holder = rows[field.index]
    return str(getattr(holder, field.name))


def with_value(form: IntakeForm, path: str, text: str) -> IntakeForm:
    """The form with ``text`` in the field."""
    value_of(form, path)  # refuses what is not there
    field = parse_path(path)
    if field.part in _KEYED:
        return _with_keyed(form, field, text)
    changed = {field.name: text}
    if field.part == "form":
        return replace(form, **changed)  # type: ignore[arg-type]  # parse_path names text fields only
    if field.part == "victim":
        return replace(form, victim=replace(form.victim, **changed))
    lines = list(getattr(form, field.part))
    lines[field.index] = replace(lines[field.index], **changed)
    return replace(form, **{field.part: tuple(lines)})  # type: ignore[arg-type]  # as above


def _with_keyed(form: IntakeForm, field: FieldPath, text: str) -> IntakeForm:
    """Nothing said under an id is the same as no id."""
    values: dict[str, str] = dict(getattr(form, field.part))
    values[field.name] = text
    filled = tuple(sorted((name, value) for name, value in values.items() if value))
    return (
        replace(form, answers=filled)
        if field.part == "answers"
        else replace(form, circumstances=filled)
    )
