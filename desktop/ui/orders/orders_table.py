"""The orders as a table, most urgent first."""

from __future__ import annotations

from datetime import timedelta

from desktop.domain.order import WAITING
from desktop.ui.orders.order_row import Limits, OrderRow, span
from desktop.ui.shared.amounts import yuan
from desktop.ui.shared.clock_face import Span
from desktop.ui.shared.datetime_text import show_local
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.order_words import (
    kind_text,
    kind_tone,
    state_text,
    state_tone,
    target_text,
)
from desktop.ui.shared.rows_model import RowsModel, TableColumn
from desktop.ui.shared.table import Table
from desktop.ui.shared.theme import Tone

_WIDTHS = {"kind": 130, "target": 240, "amount": 110, "case": 110, "number": 140, "clock": 240}


class OrdersTable(Table[OrderRow]):
    """Kind, target, amount, case, state in words, time left with a bar."""

    def __init__(self, kit: Kit, limits: Limits) -> None:
        self._orders_kit = kit
        self._limits = limits
        self.orders_model = RowsModel[OrderRow](kit, self._columns(), _order_id)
        super().__init__(kit, self.orders_model, "orders_table")
        self.set_widths(_WIDTHS, stretch="state")
        kit.words.bind(self.setAccessibleName, "orders.title")

    def _columns(self) -> tuple[TableColumn[OrderRow], ...]:
        return (
            TableColumn("kind", "orders.column.kind", self._kind, chip=True, tone=_kind_tone),
            TableColumn("target", "orders.column.target", _target),
            TableColumn("amount", "orders.column.amount", _amount, align_right=True, digits=True),
            TableColumn("case", "orders.column.case", _victim),
            TableColumn("number", "orders.column.number", _number),
            TableColumn("state", "orders.column.state", self._state, tone=_state_tone),
            TableColumn("clock", "orders.column.clock", self._still, clock=self._clock, tone=_grey),
        )

    def _kind(self, row: OrderRow) -> str:
        return kind_text(self._orders_kit, row.view.order)

    def _state(self, row: OrderRow) -> str:
        return state_text(self._orders_kit, row.view)

    def _clock(self, row: OrderRow) -> Span | None:
        return span(row, self._limits, self._orders_kit.ticks.now())

    def _still(self, row: OrderRow) -> str:
        """Where no clock runs: since when an order waits for its answer, or that its stop is over."""
        reply = row.view.order.reply
        if reply is not None and reply.ends_at is not None:
            ended = show_local(reply.ends_at, self._orders_kit.zone)[5:16]
            return self._orders_kit.words.text("orders.ended", at=ended)
        if row.view.state not in WAITING:
            return ""
        waited = self._orders_kit.ticks.now() - row.view.order.issued_at
        return waited_text(self._orders_kit, waited)


def waited_text(kit: Kit, waited: timedelta) -> str:
    """``已等 3 小时``."""
    hours, minutes = divmod(max(int(waited.total_seconds()) // 60, 0), 60)
    if hours >= 48:
        return kit.words.text("orders.waited.days", count=hours // 24)
    if hours:
        return kit.words.text("orders.waited.hours", count=hours)
    return kit.words.text("orders.waited.minutes", count=minutes)


def _order_id(row: OrderRow) -> str:
    return row.view.order.id


def _kind_tone(row: OrderRow) -> Tone:
    return kind_tone(row.view)


def _target(row: OrderRow) -> str:
    return target_text(row.view.order)


def _amount(row: OrderRow) -> str:
    return yuan(row.view.order.amount_fen) if row.view.order.amount_fen else ""


def _victim(row: OrderRow) -> str:
    return row.view.victim


def _number(row: OrderRow) -> str:
    return row.view.order.number


def _grey(_row: OrderRow) -> Tone:
    return Tone.NEUTRAL


def _state_tone(row: OrderRow) -> Tone | None:
    """Confirmed and failed are coloured; what is on its way is plain."""
    tone = state_tone(row.view)
    return tone if tone in (Tone.OK, Tone.BAD) else None
