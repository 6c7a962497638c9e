"""What every detail of an order begins with: its kind, its state, and the clock that runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import OrderView
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_clock import (
    ClockLimits,
    clock_name,
    rule_text,
    span,
    still_text,
)
from desktop.ui.shared.orders.order_texts import kind_text, kind_tone, state_text, state_tone
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shared.widgets.texts.label import Chip


@dataclass(frozen=True, slots=True)
class OrderClock:
    """``span``: as it is drawn, None where none runs; ``name``: of the clock, else since when the order waits;
    ``rule``: until when by which article, "" where none runs."""

    span: ClockSpan | None
    name: str
    rule: str


class OrderSigns(QObject):
    """``kind`` and ``state`` stand where their page puts them; ``clock(OrderClock)`` comes with every tick while
    ``owner`` is seen. ``tells``: the state in the words of the page."""

    clock = Signal(object)

    def __init__(
        self,
        kit: Kit,
        limits: ClockLimits,
        owner: QWidget,
        tells: Callable[[Kit, OrderView], str] = state_text,
    ) -> None:
        super().__init__(owner)
        self._kit = kit
        self._limits = limits
        self._owner = owner
        self._tells = tells
        self._row: OrderRow | None = None
        self.kind, self.state = Chip(kit), Chip(kit)
        kit.ticks.ticked.connect(self._ticked)
        kit.texts.changed.connect(self._refresh)

    def show_order(self, row: OrderRow | None) -> None:
        """Tell of another order, or of none."""
        self._row = row
        self._refresh()

    def _refresh(self) -> None:
        row = self._row
        if row is not None:
            self.kind.set_text(kind_text(self._kit, row.view))
            self.kind.set_tone(kind_tone(row.view))
            self.state.set_text(self._tells(self._kit, row.view))
            self.state.set_tone(state_tone(row.view))
        self._tell_clock(self._kit.ticks.now())

    def _ticked(self, now: datetime) -> None:
        if self._owner.isVisible():
            self._tell_clock(now)

    def _tell_clock(self, now: datetime) -> None:
        kit, row = self._kit, self._row
        running = span(row, self._limits, now) if row is not None else None
        if row is None:
            self.clock.emit(OrderClock(None, "", ""))
        elif running is None:
            self.clock.emit(OrderClock(None, still_text(kit, row, now), ""))
        else:
            rule = rule_text(kit, row, now)
            self.clock.emit(OrderClock(running, clock_name(kit, row, now), rule))
