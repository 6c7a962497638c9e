"""The transfers on the overview: how much, to whom, and what has been done about each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.transfer import Transfer
from desktop.domain.cases.way_checks import is_coin_unsaid, way_kind
from desktop.domain.masking import masked_account
from desktop.domain.orders.way_orders import is_called_back
from desktop.domain.records.numbers import short_case_number
from desktop.services.case_sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_texts import state_text, state_tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.way_text import way_text
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, divider, let_go
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
        way = way_text(self._kit, transfer, revealed=revealed)
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
