"""One name for every field of the form: ``victim.name``, ``transfers.0.amount``, ``narrative``."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.cases.case import CASE_FIELDS, IDENTIFIER_FIELDS
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
KEYED = frozenset({"answers", "circumstances"})
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
    if head in KEYED and rest:
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
    if head in KEYED:
        return PAGE_STORY
    if head in _PAGE_OF_LINES:
        return _PAGE_OF_LINES[head]
    return _PAGES.get(path, PAGE_MONEY)
