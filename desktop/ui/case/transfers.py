"""The transfers of a case: in lines on the overview with what was done about each, and as a plain table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.case_file.merge import ALONE
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.payments.way import WayKind, facts_of_way
from desktop.domain.cases.payments.way_checks import is_coin_unsaid, way_kind
from desktop.domain.cases.read_aloud import ReadAloud, reading_of
from desktop.domain.evidence.place import place_from_text
from desktop.domain.masking import masked_account
from desktop.domain.orders.sending.way_orders import is_called_back
from desktop.domain.records.field_table import FieldRow
from desktop.domain.records.numbers import short_case_number
from desktop.services.case_sheet import CaseSheet
from desktop.ui.case.numbers_dialog import read_by, read_tone
from desktop.ui.case.texts.field_texts import FieldTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_texts import state_text, state_tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, divider, let_go
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.tables.listing import Listing, ListOrEmpty
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label

_MOST = 8
"""Of more transfers than an overview should hold, the most urgent; all are on their own tab."""


class TransferLine(QFrame):
    """``stop_wanted(position)``: order the stop of this transfer."""

    stop_wanted = Signal(int)

    def __init__(
        self, kit: Kit, transfer: Transfer, sheet: CaseSheet, *, revealed: bool, orders: bool
    ) -> None:
        super().__init__()
        self._kit = kit
        self._position = transfer.position
        self.setObjectName(f"case_transfer_{transfer.position}")
        row = Row(kit, self, gap="space_l")
        row.addLayout(self._money(transfer))
        row.addLayout(self._ends(transfer, revealed=revealed), 1)
        may = orders and sheet.may_stop(transfer)
        stop_state = self._stop_state(transfer, sheet.stop_of(transfer.id), may=may)
        self._add_origin(stop_state, transfer, sheet)
        row.addLayout(stop_state)

    def _money(self, transfer: Transfer) -> Column:
        column = Column(self._kit, gap="space_xxs")
        amount = Label(self._kit, role="amount")
        amount.set_key("case.amount", amount=yuan(transfer.amount_fen))
        column.addWidget(amount)
        when = Label(self._kit, role="hint", ink="muted")
        if transfer.time is not None:
            when.set_text(show_local(transfer.time, self._kit.zone)[5:])
        else:
            when.set_key("case.transfer.no_time")
        column.addWidget(when)
        return column

    def _ends(self, transfer: Transfer, *, revealed: bool) -> Column:
        column = Column(self._kit, gap="space_xxs")
        payee = ElidedLabel(self._kit)
        payee.set_text(
            _account(transfer.payee.name, transfer.payee.bank, _payee(transfer), revealed=revealed)
        )
        column.addWidget(payee)
        payer = ElidedLabel(self._kit, role="hint", ink="muted")
        source = _account("", transfer.payer.bank, transfer.payer.number, revealed=revealed)
        way = _way_text(self._kit, transfer, revealed=revealed)
        if way:
            payer.set_key("case.transfer.by_way", payer=source, way=way)
        else:
            payer.set_key(
                "case.transfer.from",
                payer=source,
                channel=self._words("channel", transfer.channel.value if transfer.channel else ""),
                arrival=self._words("arrival", transfer.arrival.value if transfer.arrival else ""),
            )
        column.addWidget(payer)
        return column

    def _words(self, kind: str, value: str) -> str:
        return self._kit.texts.text(f"case.{kind}.{value or 'unknown'}")

    def _stop_state(self, transfer: Transfer, view: OrderView | None, *, may: bool) -> Column:
        """The state of the stop, or the button that orders one."""
        column = Column(self._kit, gap="space_xxs")
        right = Qt.AlignmentFlag.AlignRight
        if view is not None:
            chip = Chip(self._kit, tone=state_tone(view))
            chip.set_text(state_text(self._kit, view))
            column.addWidget(chip, 0, right)
            note = Label(self._kit, role="hint", ink="muted")
            note.set_text(view.order.number)
            if not may:
                column.addWidget(note, 0, right)
        if view is None and is_coin_unsaid(transfer):
            column.addWidget(Chip(self._kit, "ways.offer.coin", tone=Tone.WARN), 0, right)
        if may:
            stop = Button(
                self._kit,
                f"ways.ask.{way_kind(transfer)}"
                if is_called_back(transfer)
                else "case.transfer.stop",
                variant=Variant.DANGER,
                size=Size.COMPACT,
                icon="stop",
                name=f"case_stop_{self._position}",
            )
            stop.clicked.connect(self._wish_stop)
            column.addWidget(stop, 0, right)
        return column

    def _add_origin(self, column: Column, transfer: Transfer, sheet: CaseSheet) -> None:
        """Of a transfer another report brought, which one."""
        number = sheet.merger.number_of(transfer.id)
        if number:
            twice = transfer.id in sheet.merger.twice
            origin = Label(self._kit, role="hint", ink="muted")
            key = "merge.origin_twice" if twice else "merge.origin"
            origin.set_key(key, number=short_case_number(number))
            column.addWidget(origin, 0, Qt.AlignmentFlag.AlignRight)

    def _wish_stop(self) -> None:
        self.stop_wanted.emit(self._position)


def _payee(transfer: Transfer) -> str:
    return transfer.payee.number or transfer.order_number


def _account(name: str, bank: str, number: str, *, revealed: bool) -> str:
    shown = number if revealed else masked_account(number)
    return "  ".join(part for part in (name, bank, shown) if part)


class TransfersCard(Card):
    """``stop_wanted(position)`` as of its lines; offered to who may order."""

    stop_wanted = Signal(int)

    def __init__(self, kit: Kit, *, orders: bool) -> None:
        super().__init__(kit, "case.transfer.title")
        self._orders = orders
        self._kit = kit
        self._sum = Label(kit, role="hint", ink="muted")
        self.header.addWidget(self._sum)
        self._lines: list[QFrame] = []
        self._shown: object = None

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the transfers of a case; its lines stay, with the keyboard on them, while nothing of them changed."""
        file = sheet.file
        transfers = file.transfers
        if len(transfers) > _MOST:
            transfers = sheet.most_urgent(self._kit.ticks.now())[:_MOST]
        facts = (
            (file.case.id, file.transfers, file.orders, sheet.merger, transfers),
            (revealed, self._kit.texts.language),
        )
        if facts == self._shown:
            return
        self._shown = facts
        let_go(self.body, *self._lines)
        self._lines = []
        for transfer in transfers:
            if self._lines:
                self._add(divider(self._kit))
            line = TransferLine(self._kit, transfer, sheet, revealed=revealed, orders=self._orders)
            line.stop_wanted.connect(self.stop_wanted)
            self._add(line)
        count, more = len(file.transfers), len(file.transfers) - len(transfers)
        key = "case.transfer.more" if more else "case.transfer.sum"
        key = key if count else "case.transfer.none"
        self._sum.set_key(key, count=count, more=more, amount=yuan(sheet.loss_fen))

    def _add(self, line: QFrame) -> None:
        self._lines.append(line)
        self.body.addWidget(line)


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
        way = _way_text(self._kit, transfer, revealed=self._revealed)
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


def _way_text(kit: Kit, transfer: Transfer, *, revealed: bool) -> str:
    """The way as it was said and what only that has; "" while nobody said it. A code of a newer program as it is."""
    way = transfer.way
    kind = kit.texts.text(f"ways.kind.{way.kind}") if way.kind in frozenset(WayKind) else way.kind
    facts = (_way_fact(kit, row, value, revealed=revealed) for row, value in facts_of_way(way))
    return kit.texts.text("ways.comma").join(part for part in (kind, *facts) if part)


def _way_fact(kit: Kit, row: FieldRow, value: str, *, revealed: bool) -> str:
    shown = value if revealed or row.mask is None else row.mask(value)
    if value in row.type.codes:
        shown = kit.texts.text(f"{row.codes}.{value}")
    return f"{kit.texts.text(row.label)} {shown}"


def _transfer_id(transfer: Transfer) -> str:
    return transfer.id


def _position(transfer: Transfer) -> str:
    return str(transfer.position)


def _amount(transfer: Transfer) -> str:
    return yuan(transfer.amount_fen)


def _payee_name(transfer: Transfer) -> str:
    return transfer.payee.name
