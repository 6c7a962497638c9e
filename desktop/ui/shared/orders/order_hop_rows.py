"""Where the money went on: one row for each account of the next tier, as many as a reply names."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.orders.reply import NextHop
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_reply_check import HopText
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.button import Button, Size
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.datetime_field import DateTimeField
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.scroll import ScrollArea

_MOST_SEEN = 2


class _HopRow(QWidget):
    """Account, name, bank, amount, time."""

    def __init__(self, kit: Kit, number: int) -> None:
        super().__init__()
        row = Row(kit, self, gap="field_gap")
        self.account = TextField(
            kit, f"hop_account_{number}", "order_reply.hop.account", digits=True
        )
        self.name = TextField(kit, f"hop_name_{number}", "order_reply.hop.name")
        self.bank = TextField(kit, f"hop_bank_{number}", "order_reply.hop.bank")
        self.amount = TextField(kit, f"hop_amount_{number}", "order_reply.hop.amount", digits=True)
        self.time = DateTimeField(kit, f"hop_time_{number}", "order_reply.hop.time")
        for field, share in (
            (self.account, 9), (self.name, 8), (self.bank, 8), (self.amount, 5), (self.time, 8),
        ):  # fmt: skip
            row.addWidget(field, share)

    def text(self) -> HopText:
        """What was typed."""
        return HopText(
            self.name.value(),
            self.account.value(),
            self.bank.value(),
            self.amount.value(),
            self.time.instant(),
        )

    def fill(self, hop: NextHop) -> None:
        """Show a hop that is known."""
        self.account.set_value(hop.account)
        self.name.set_value(hop.name)
        self.bank.set_value(hop.bank)
        self.amount.set_value(yuan(hop.amount_fen) if hop.amount_fen else "")
        self.time.set_instant(hop.time)


class HopRows(QWidget):
    """None at first; ``added`` when a row came."""

    added = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._rows: list[_HopRow] = []
        inner = QWidget()
        self._column = Column(kit, inner, gap="space_s")
        self._scroll = ScrollArea(kit, inner)
        self._scroll.hide()
        column = Column(kit, self, gap="space_s")
        column.addWidget(self._scroll)
        self._hint = Label(kit, ink="red", wrap=True)
        self._hint.setObjectName("hop_hint")
        self._hint.hide()
        self._more = Button(
            kit, "order_reply.hop.add", icon="add", size=Size.COMPACT, name="hop_add"
        )
        self._more.clicked.connect(self._add_one)
        line = Row(kit)
        line.addWidget(self._more)
        line.addWidget(self._hint, 1)
        column.addLayout(line)

    def fill(self, hops: tuple[NextHop, ...]) -> None:
        """Show hops that are known."""
        for hop in hops:
            self._add().fill(hop)

    def texts(self) -> tuple[HopText, ...]:
        """Rows in which something was typed."""
        found = (row.text() for row in self._rows)
        return tuple(hop for hop in found if hop != HopText("", "", "", ""))

    def show_fault(self, key: str, tone: Tone) -> None:
        """Say what is wrong with one of the rows; "" for nothing."""
        self._hint.setVisible(bool(key))
        if key:
            self._hint.set_ink("red" if tone is Tone.BAD else "amber")
            self._hint.set_key(key)

    def focus_first(self) -> None:
        """The keyboard to the first row."""
        if self._rows:
            self._rows[0].account.setFocus()

    def _add(self) -> _HopRow:
        row = _HopRow(self._kit, len(self._rows) + 1)
        self._column.insertWidget(len(self._rows), row)
        self._rows.append(row)
        self._make_room(row)
        return row

    def _make_room(self, row: _HopRow) -> None:
        """A few rows stand open; a bank that names ten accounts must not push the buttons off the screen."""
        gap = self._kit.theme.space("space_s")
        seen = min(len(self._rows), _MOST_SEEN)
        self._scroll.setFixedHeight(seen * (row.sizeHint().height() + gap))
        self._scroll.show()

    def _add_one(self) -> None:
        row = self._add()
        row.account.setFocus()
        QTimer.singleShot(0, row, partial(self._scroll.ensureWidgetVisible, row))
        self.added.emit()
