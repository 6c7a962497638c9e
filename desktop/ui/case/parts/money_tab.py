"""Transfers as a plain table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.merge import ALONE
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.read_aloud import ReadAloud, reading_of
from desktop.domain.cases.transfer import Transfer
from desktop.domain.evidence.place import place_from_text
from desktop.domain.masking import masked_account
from desktop.domain.records.numbers import short_case_number
from desktop.services.case_sheet import CaseSheet
from desktop.ui.case.numbers_dialog import read_by, read_tone
from desktop.ui.case.texts.field_texts import FieldTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_texts import state_text, state_tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.way_text import way_text
from desktop.ui.shared.widgets.layout.card import Card, Column
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.tables.listing import Listing, ListOrEmpty
from desktop.ui.shared.widgets.tables.rows_model import TableColumn

_MONEY_WIDTHS = {
    "position": 44,
    "time": 146,
    "amount": 106,
    "payer": 178,
    "payee_name": 96,
    "channel": 104,
    "arrival": 84,
    "read": 100,
    "stop": 176,
    "origin": 180,
    "source": 170,
}


class MoneyTab(QWidget):
    """Every transfer, one a row. ``origin_wanted(id)``: look at the item of evidence a transfer was read from."""

    origin_wanted = Signal(str)

    def __init__(self, kit: Kit, texts: FieldTexts, *, writes: bool) -> None:
        super().__init__()
        self._kit = kit
        self._texts = texts
        self._sheet: CaseSheet | None = None
        self._revealed = False
        self.table = Listing[Transfer](
            kit, "case_money_table", "case.tab.money", self._columns(), _transfer_id, _MONEY_WIDTHS
        )
        self.table.activated_row.connect(self._want_origin)
        card = Card(kit)
        card.body.addWidget(self.table)
        empty = EmptyState(kit, "flow", "case.money.none" if writes else "case.money.none_told")
        Column(kit, self).addWidget(ListOrEmpty(card, empty, self.table.rows))

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the transfers of a case."""
        self._sheet, self._revealed = sheet, revealed
        origin = [column.name for column in self.table.rows.columns].index("origin")
        self.table.setColumnHidden(origin, not sheet.merger.reports)
        source = [column.name for column in self.table.rows.columns].index("source")
        self.table.setColumnHidden(source, not any(t.origin for t in sheet.file.transfers))
        self.table.show_rows(sheet.file.transfers)
        self.table.viewport().update()

    def _columns(self) -> tuple[TableColumn[Transfer], ...]:
        return (
            TableColumn("position", "case.money.position", _position, align_right=True),
            TableColumn("time", "case.money.time", self._time),
            TableColumn("amount", "case.money.amount", _amount, align_right=True, digits=True),
            TableColumn("payer", "case.money.payer", self._payer),
            TableColumn("payee_name", "case.money.payee_name", _payee_name),
            TableColumn("payee", "case.money.payee", self._payee),
            TableColumn("read", "read_aloud.column", self._read, chip=True, tone=self._read_tone),
            TableColumn("channel", "case.money.channel", self._channel, tip=self._channel),
            TableColumn("arrival", "case.money.arrival", self._arrival),
            TableColumn("stop", "case.money.stop", self._stop, chip=True, tone=self._stop_tone),
            TableColumn("origin", "merge.column", self._origin),
            TableColumn("source", "case.field.origin", self._source, tip=self._source),
        )

    def _time(self, transfer: Transfer) -> str:
        return show_local(transfer.time, self._kit.zone) if transfer.time else ""

    def _payer(self, transfer: Transfer) -> str:
        return self._account(transfer.payer.bank, transfer.payer.number)

    def _payee(self, transfer: Transfer) -> str:
        return self._account(transfer.payee.bank, transfer.payee.number or transfer.order_number)

    def _account(self, bank: str, number: str) -> str:
        shown = number if self._revealed else masked_account(number)
        return "  ".join(part for part in (bank, shown) if part)

    def _reading(self, transfer: Transfer) -> ReadAloud | None:
        readings = self._sheet.file.readings if self._sheet is not None else ()
        return reading_of(readings, transfer.payee.number or transfer.order_number)

    def _read(self, transfer: Transfer) -> str:
        return read_by(self._kit, self._reading(transfer))

    def _read_tone(self, transfer: Transfer) -> Tone:
        return read_tone(self._reading(transfer))

    def _channel(self, transfer: Transfer) -> str:
        way = way_text(self._kit, transfer, revealed=self._revealed)
        if way:
            return way
        value = transfer.channel.value if transfer.channel else ""
        return self._texts.value("channel", value, revealed=True)

    def _arrival(self, transfer: Transfer) -> str:
        value = transfer.arrival.value if transfer.arrival else ""
        return self._texts.value("arrival", value, revealed=True)

    def _order(self, transfer: Transfer) -> OrderView | None:
        return self._sheet.stop_of(transfer.id) if self._sheet is not None else None

    def _stop(self, transfer: Transfer) -> str:
        view = self._order(transfer)
        if view is None:
            return self._kit.texts.text("case.money.no_stop")
        return state_text(self._kit, view)

    def _origin(self, transfer: Transfer) -> str:
        merger = self._sheet.merger if self._sheet is not None else ALONE
        number = short_case_number(merger.number_of(transfer.id))
        if transfer.id in merger.twice:
            return self._kit.texts.text("merge.origin_twice", number=number)
        return number

    def _want_origin(self, transfer: Transfer) -> None:
        place = place_from_text(transfer.origin)
        if place is not None:
            self.origin_wanted.emit(place.evidence)

    def _source(self, transfer: Transfer) -> str:
        return self._texts.origin(transfer.origin) if transfer.origin else ""

    def _stop_tone(self, transfer: Transfer) -> Tone:
        view = self._order(transfer)
        return state_tone(view) if view is not None else Tone.NEUTRAL


def _transfer_id(transfer: Transfer) -> str:
    return transfer.id


def _position(transfer: Transfer) -> str:
    return str(transfer.position)


def _amount(transfer: Transfer) -> str:
    return yuan(transfer.amount_fen)


def _payee_name(transfer: Transfer) -> str:
    return transfer.payee.name
