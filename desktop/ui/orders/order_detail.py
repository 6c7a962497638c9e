"""The chosen order below the list: what it is, which clock runs by which article, and the bridge to the freeze."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.services.orders.list_orders import OrderRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.orders.order_signs import OrderClock, OrderSigns
from desktop.ui.shared.orders.order_texts import (
    alone_text,
    state_text,
    target_text,
)
from desktop.ui.shared.orders.stop_to_freeze_bar import StopToFreezeBar
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.clock_face import clock_text, read_span
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label


class OrderDetail(QWidget):
    """Follows the tick; ``show_order`` changes what it tells of. ``deeds`` stand beside the order, ``others`` below."""

    def __init__(
        self, kit: Kit, limits: ClockLimits, actions: Sequence[Button], others: Sequence[Button]
    ) -> None:
        super().__init__()
        self.setObjectName("order_detail")
        self._kit = kit
        self._row: OrderRow | None = None
        self._signs = OrderSigns(kit, limits, self)
        self._signs.clock.connect(self._show_clock)
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
        top.addWidget(self._signs.kind, 0, Qt.AlignmentFlag.AlignVCenter)
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
        kit.texts.changed.connect(self._refresh)
        self._refresh()

    def show_order(self, row: OrderRow | None) -> None:
        """Tell of another order, or of none."""
        self._row = row
        self._signs.show_order(row)
        self.bridge.set_window(row.bridge if row is not None else None)
        self._refresh()

    def _refresh(self) -> None:
        row, kit = self._row, self._kit
        self._signs.kind.setVisible(row is not None)
        if row is None:
            self._what.set_key("orders.detail.none")
            self._state.set_text("")
            return
        order = row.view.order
        amount = (
            kit.texts.text("orders.amount", amount=yuan(order.amount_fen))
            if order.amount_fen
            else ""
        )
        parts = (target_text(order), amount, row.view.victim)
        self._what.set_text("　".join(part for part in parts if part))
        facts = (state_text(kit, row.view), alone_text(kit, order), order.number)
        self._state.set_text(" · ".join(part for part in facts if part))

    def _show_clock(self, clock: OrderClock) -> None:
        texts = self._kit.texts
        if clock.span is None:
            self._left.set_text("")
            self._rule.set_text(texts.text("orders.detail.no_clock") if self._row else "")
            return
        reading = read_span(clock.span, self._kit.ticks.now())
        self._left.set_text(f"{clock.name} {clock_text(texts, reading)}")
        self._left.set_tone(reading.tone)
        self._rule.set_text(clock.rule)
