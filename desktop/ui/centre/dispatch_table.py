"""Orders of all stations, the most urgent on top."""

from __future__ import annotations

from desktop.domain.orders.order import WAITING
from desktop.ui.centre.dispatch_texts import amount_of, centre_state, target_of, unit_of
from desktop.ui.centre.limits import DispatchLimits
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_clock import OrderRow, span, still_text
from desktop.ui.shared.orders.order_texts import (
    kind_text,
    kind_tone,
    state_tone,
)
from desktop.ui.shared.widgets.clock_face import ClockSpan
from desktop.ui.shared.widgets.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.table import Table

_WIDTHS = {"kind": 108, "amount": 96, "unit": 140, "state": 108, "clock": 150}


class DispatchTable(Table[OrderRow]):
    """Kind, target, amount, station, state, time left."""

    def __init__(self, kit: Kit, limits: DispatchLimits) -> None:
        self._dispatch_kit = kit
        self._limits = limits
        self.orders = RowsModel[OrderRow](kit, self._columns(), _order_id)
        super().__init__(kit, self.orders, "dispatch_table")
        self.set_widths(_WIDTHS, stretch="target")
        kit.texts.bind(self.setAccessibleName, "centre.dispatch.title")

    def _columns(self) -> tuple[TableColumn[OrderRow], ...]:
        return (
            TableColumn("kind", "centre.column.kind", self._kind, chip=True, tone=_kind_tone),
            TableColumn("target", "centre.column.target", target_of, tip=target_of, keep_end=True),
            TableColumn("amount", "centre.column.amount", amount_of, align_right=True, digits=True),
            TableColumn("unit", "centre.column.unit", unit_of, tip=unit_of, keep_end=True),
            TableColumn(
                "state", "centre.column.state", self._state, tip=self._state, tone=_state_tone
            ),
            TableColumn(
                "clock", "centre.column.clock", self._still, tone=_still_tone, clock=self._clock
            ),
        )

    def _kind(self, row: OrderRow) -> str:
        return kind_text(self._dispatch_kit, row.view.order)

    def _state(self, row: OrderRow) -> str:
        return centre_state(self._dispatch_kit, row.view)

    def _clock(self, row: OrderRow) -> ClockSpan | None:
        return span(row, self._limits.clocks, self._dispatch_kit.ticks.now())

    def _still(self, row: OrderRow) -> str:
        return still_text(self._dispatch_kit, row, self._dispatch_kit.ticks.now())


def _order_id(row: OrderRow) -> str:
    return row.view.order.id


def _kind_tone(row: OrderRow) -> Tone:
    return kind_tone(row.view)


def _state_tone(row: OrderRow) -> Tone | None:
    tone = state_tone(row.view)
    return tone if tone in (Tone.OK, Tone.BAD) else None


def _still_tone(row: OrderRow) -> Tone | None:
    return Tone.WARN if row.view.state in WAITING else None
