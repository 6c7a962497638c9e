"""The chosen order below the list: what it is, which clock runs by which article, and the bridge to the freeze."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.services.orders.list_orders import OrderRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_clock import ClockLimits, clock_name, rule_text, span
from desktop.ui.shared.orders.order_texts import (
    alone_text,
    kind_text,
    kind_tone,
    state_text,
    target_text,
)
from desktop.ui.shared.orders.stop_to_freeze_bar import StopToFreezeBar
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.clock_face import clock_text, read_span
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label


class OrderDetail(QWidget):
    """Follows the tick; ``show_order`` changes what it tells of. ``deeds`` stand beside the order, ``others`` below."""

    def __init__(
        self, kit: Kit, limits: ClockLimits, actions: Sequence[Button], others: Sequence[Button]
    ) -> None:
        super().__init__()
        self.setObjectName("order_detail")
        self._kit = kit
        self._limits = limits
        self._row: OrderRow | None = None
        self._kind = Chip(kit)
        self._what = ElidedLabel(kit, role="strong")
        self._what.setObjectName("order_detail_what")
        self._state = ElidedLabel(kit, ink="muted")
        self._left = Label(kit, role="clock")
        self._left.setObjectName("order_detail_left")
        self._rule = ElidedLabel(kit, role="hint", ink="muted")
        self._rule.setObjectName("order_detail_rule")
        self.bridge = StopToFreezeBar(kit)
        body = Column(kit, self, gap="space_s")
        top = Row(kit)
        top.addWidget(self._kind, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._what, 3)
        top.addWidget(self._state, 2)
        body.addLayout(top)
        below = Row(kit)
        below.addWidget(self._left)
        below.addWidget(self._rule, 1)
        for line, some in ((top, actions), (below, others)):
            for button in some:
                line.addWidget(button)
        body.addLayout(below)
        body.addWidget(self.bridge)
        kit.ticks.ticked.connect(self._ticked)
        kit.texts.changed.connect(self._refresh)
        self._refresh()

    def show_order(self, row: OrderRow | None) -> None:
        """Tell of another order, or of none."""
        self._row = row
        self.bridge.set_window(row.bridge if row is not None else None)
        self._refresh()

    def _refresh(self) -> None:
        row, kit = self._row, self._kit
        self._kind.setVisible(row is not None)
        if row is None:
            self._what.set_key("orders.detail.none")
            for label in (self._state, self._left, self._rule):
                label.set_text("")
            return
        order = row.view.order
        self._kind.set_text(kind_text(kit, order))
        self._kind.set_tone(kind_tone(row.view))
        amount = (
            kit.texts.text("orders.amount", amount=yuan(order.amount_fen))
            if order.amount_fen
            else ""
        )
        parts = (target_text(order), amount, row.view.victim)
        self._what.set_text("　".join(part for part in parts if part))
        told = (state_text(kit, row.view), alone_text(kit, order), order.number)
        self._state.set_text(" · ".join(part for part in told if part))
        self._show_clock(kit.ticks.now())

    def _show_clock(self, now: datetime) -> None:
        row, kit = self._row, self._kit
        running = span(row, self._limits, now) if row is not None else None
        if row is None or running is None:
            self._left.set_text("")
            self._rule.set_text("" if row is None else kit.texts.text("orders.detail.no_clock"))
            return
        reading = read_span(running, now)
        name = clock_name(kit, row, now)
        self._left.set_text(f"{name} {clock_text(kit.texts, reading)}")
        self._left.set_tone(reading.tone)
        self._rule.set_text(rule_text(kit, row))

    def _ticked(self, now: datetime) -> None:
        if self.isVisible():
            self._show_clock(now)
