"""What was answered to an order, on its card."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.orders.order import OrderKind, OrderReply
from desktop.domain.orders.reply import NextHop
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_reply_lines import ReplyLine, ReplyLines
from desktop.ui.shared.widgets.button import Button, Size
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.label import Label

_A_LINE = 7
"""Facts side by side at 1366 wide."""


class ReplyBlock(QWidget):
    """What the bank did, the fields of its reply side by side. ``hop_wanted(place)``: stop where the money went on;
    offered for the places in ``open_hops``."""

    hop_wanted = Signal(int)

    def __init__(
        self,
        kit: Kit,
        reply: OrderReply,
        kind: OrderKind,
        open_hops: tuple[int, ...] = (),
        *,
        revealed: bool,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._lines = ReplyLines(kit, kind, revealed=revealed)
        self.setObjectName("case_order_reply")
        column = Column(kit, self, gap="space_s")
        facts = tuple(self._lines.of(reply))
        for place in range(0, len(facts), _A_LINE):
            column.addLayout(self._line(facts[place : place + _A_LINE]))
        for place, hop in enumerate(reply.hops):
            column.addLayout(self._hop_line(place, hop, stoppable=place in open_hops))
        if reply.remark:
            remark = Label(kit, wrap=True)
            remark.set_key("case.reply.remark", text=self._lines.remark(reply))
            column.addWidget(remark)

    def _hop_line(self, place: int, hop: NextHop, *, stoppable: bool) -> Row:
        row = Row(self._kit)
        line = Label(self._kit, wrap=True)
        line.set_key("ordering.hop", account=self._lines.hop(hop))
        row.addWidget(line, 1)
        if stoppable:
            button = Button(
                self._kit, "ordering.act.stop_hop", size=Size.COMPACT, icon="stop",
                name=f"case_order_hop_{place}",
            )  # fmt: skip
            button.clicked.connect(partial(self.hop_wanted.emit, place))
            row.addWidget(button)
        return row

    def _line(self, facts: Sequence[ReplyLine]) -> Row:
        row = Row(self._kit, gap="space_xl")
        for told in facts:
            fact = Column(self._kit, gap="space_xxs")
            fact.addWidget(Label(self._kit, told.key, role="label", ink="muted"))
            value = Label(self._kit, ink=told.ink)
            value.set_text(told.text or self._kit.texts.text("case.unknown"))
            fact.addWidget(value)
            row.addLayout(fact)
        row.addStretch(1)
        return row
