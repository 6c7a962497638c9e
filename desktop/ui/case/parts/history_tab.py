"""Every entry about the case: who, when, what; the fields of an entry are folded away until it is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.masking import masked_text
from desktop.services.case_sheet import CaseSheet
from desktop.ui.case.texts.history_texts import HistoryTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.layout.room import Room
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.label import Label

_WIDTHS = {"at": 160, "officer": 120}
_LIST_SHARE, _DETAIL_SHARE = 7, 4
_DATE = len("2026-11-24")


class HistoryTab(QWidget):
    """Newest first; the date stands with the first entry of each day. The entry under the keyboard is unfolded beside
    the list, with its whole time."""

    def __init__(self, kit: Kit, texts: HistoryTexts) -> None:
        super().__init__()
        self._kit = kit
        self.texts = texts
        self._sheet: CaseSheet | None = None
        self._revealed = False
        self._dated: frozenset[tuple[str, int]] = frozenset()
        """Entries that show their date."""
        columns: tuple[TableColumn[HistoryRow], ...] = (
            TableColumn("at", "case.history.at", self._at, align_right=True),
            TableColumn("officer", "case.history.officer", self._officer),
            TableColumn("what", "case.history.what", self._sentence),
        )
        self.table = Listing[HistoryRow](
            kit, "case_history_table", "case.tab.history", columns, _entry_id, _WIDTHS
        )
        self.table.current_changed.connect(self._unfold)
        self._detail = Card(kit, "case.history.detail")
        self._hint = Label(kit, "case.history.choose", ink="muted", wrap=True)
        self._values = Room(kit)
        self._build()
        kit.texts.changed.connect(self._unfold)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the history of a case."""
        self._sheet, self._revealed = sheet, revealed
        self.texts.learn(sheet)
        rows = tuple(reversed(sheet.history))
        self._dated = self._first_of_days(rows)
        self.table.show_rows(rows)
        self._unfold()

    def _build(self) -> None:
        listing = Card(self._kit)
        listing.body.addWidget(self.table)
        content = QWidget()
        column = Column(self._kit, content)
        column.addWidget(self._values)
        column.addWidget(self._hint)
        column.addStretch(1)
        self._detail.body.addWidget(ScrollArea(self._kit, content))
        row = Row(self._kit, self, gap="card_gap")
        row.addWidget(listing, _LIST_SHARE)
        row.addWidget(self._detail, _DETAIL_SHARE)

    def _unfold(self) -> None:
        self._values.clear()
        row = self.table.selected()
        details = self._details(row) if row is not None else ()
        self._hint.setVisible(len(details) <= 1)
        self._hint.set_key("case.history.choose" if row is None else "case.history.bare")
        if details:
            self._values.hold(FieldList(self._kit, details))

    def _details(self, row: HistoryRow) -> tuple[tuple[str, str], ...]:
        at = (self._kit.texts.text("case.history.at"), show_local(row.wall, self._kit.zone))
        return (at, *self.texts.details(row, revealed=self._revealed))

    def _first_of_days(self, rows: Sequence[HistoryRow]) -> frozenset[tuple[str, int]]:
        return frozenset(_entry_id(next(of_day)) for _day, of_day in groupby(rows, self._day))

    def _day(self, row: HistoryRow) -> str:
        return show_local(row.wall, self._kit.zone)[:_DATE]

    def _at(self, row: HistoryRow) -> str:
        moment = show_local(row.wall, self._kit.zone)
        return moment if _entry_id(row) in self._dated else moment[_DATE + 1 :]

    def _sentence(self, row: HistoryRow) -> str:
        sentence = self.texts.sentence(row)
        return sentence if self._revealed else masked_text(sentence)

    def _officer(self, row: HistoryRow) -> str:
        return self._sheet.officer(row.officer) if self._sheet is not None else row.officer


class FieldList(QWidget):
    """Names above their values."""

    def __init__(self, kit: Kit, values: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        column = Column(kit, self, gap="space_s")
        for name, value in values:
            pair = Column(kit, gap="space_xxs")
            title = Label(kit, role="hint", ink="muted")
            title.set_text(name)
            text = Label(kit, wrap=True)
            text.set_text(value)
            text.setAccessibleName(f"{name} {value}")
            pair.addWidget(title)
            pair.addWidget(text)
            column.addLayout(pair)
        column.addStretch(1)


def _entry_id(row: HistoryRow) -> tuple[str, int]:
    return (row.stream, row.seq)
