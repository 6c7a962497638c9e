"""The lines of the audit: when, who, what kind of thing, what, which case."""

from __future__ import annotations

from desktop.domain.audit import AuditCategory, AuditKey, AuditRow
from desktop.domain.local_time import show_time
from desktop.domain.numbers import short_case_number
from desktop.services.audit.audit_texts import AuditTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.table import Table

_WIDTHS = {"at": 188, "officer": 148, "category": 148, "case": 124}
_TONES = {
    AuditCategory.ALARM: Tone.BAD,
    AuditCategory.REVEAL: Tone.WARN,
    AuditCategory.EXPORT: Tone.WARN,
    AuditCategory.CODE: Tone.WARN,
    AuditCategory.TRUST: Tone.INFO,
    AuditCategory.OFFICERS: Tone.INFO,
    AuditCategory.KEYS: Tone.INFO,
}
"""What an auditor looks at first; everything else is calm."""


class AuditTable(Table[AuditRow]):
    """Newest first; more lines are put below as they are asked for."""

    def __init__(self, kit: Kit) -> None:
        self._audit_kit = kit
        self._words: AuditTexts | None = None
        self.lines = RowsModel[AuditRow](kit, self._columns(), _key)
        super().__init__(kit, self.lines, "audit_table")
        self.set_widths(_WIDTHS, stretch="what")
        kit.texts.bind(self.setAccessibleName, "audit.title")

    def show_rows(self, rows: tuple[AuditRow, ...], words: AuditTexts) -> None:
        """Show these."""
        self._words = words
        self.lines.set_rows(rows)

    def _columns(self) -> tuple[TableColumn[AuditRow], ...]:
        return (
            TableColumn("at", "audit.column.at", _at, digits=True),
            TableColumn("officer", "audit.column.officer", self._officer, tip=self._officer),
            TableColumn("category", "audit.column.category", self._category, chip=True, tone=_tone),
            TableColumn("what", "audit.column.what", self._what, tip=self._what),
            TableColumn("case", "audit.column.case", _short_case, digits=True, tip=_case),
        )

    def _officer(self, row: AuditRow) -> str:
        return self._words.officer(row.officer) if self._words else row.officer

    def _category(self, row: AuditRow) -> str:
        return self._audit_kit.texts.text(f"audit.category.{row.category.value}")

    def _what(self, row: AuditRow) -> str:
        return self._words.what(row) if self._words else ""


def _key(row: AuditRow) -> AuditKey:
    return row.key


def _at(row: AuditRow) -> str:
    return show_time(row.at)


def _tone(row: AuditRow) -> Tone | None:
    return _TONES.get(row.category, Tone.NEUTRAL)


def _case(row: AuditRow) -> str:
    return row.case


def _short_case(row: AuditRow) -> str:
    return short_case_number(row.case)
