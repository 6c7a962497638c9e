"""Orders of all stations, the most urgent on top."""

from __future__ import annotations

from datetime import timedelta

from desktop.domain.order import WAITING
from desktop.domain.views import OrderView
from desktop.ui.centre.dispatch_order import clock_of
from desktop.ui.centre.dispatch_words import centre_state
from desktop.ui.centre.limits import DispatchLimits
from desktop.ui.shared.amounts import yuan
from desktop.ui.shared.clock_face import Span
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.order_words import (
    kind_text,
    kind_tone,
    state_tone,
    target_text,
)
from desktop.ui.shared.rows_model import RowsModel, TableColumn
from desktop.ui.shared.table import Table
from desktop.ui.shared.theme import Tone

_WIDTHS = {"kind": 112, "amount": 92, "unit": 128, "state": 140, "clock": 156}


class DispatchTable(Table[OrderView]):
    """Kind, target, amount, station, state, time left."""

    def __init__(self, kit: Kit, limits: DispatchLimits) -> None:
        self._dispatch_kit = kit
        self._limits = limits
        self.orders = RowsModel[OrderView](kit, self._columns(), _order_id)
        super().__init__(kit, self.orders, "dispatch_table")
        self.set_widths(_WIDTHS, stretch="target")
        kit.words.bind(self.setAccessibleName, "centre.dispatch.title")

    def _columns(self) -> tuple[TableColumn[OrderView], ...]:
        return (
            TableColumn("kind", "centre.column.kind", self._kind, chip=True, tone=_kind_tone),
            TableColumn("target", "centre.column.target", _target, tip=_target),
            TableColumn("amount", "centre.column.amount", _amount, align_right=True, digits=True),
            TableColumn("unit", "centre.column.unit", _unit, tip=_unit, keep_end=True),
            TableColumn("state", "centre.column.state", self._state, tone=_state_tone),
            TableColumn(
                "clock", "centre.column.clock", self._waited, tone=_waited_tone, clock=self._clock
            ),
        )

    def _kind(self, view: OrderView) -> str:
        return kind_text(self._dispatch_kit, view.order)

    def _state(self, view: OrderView) -> str:
        return centre_state(self._dispatch_kit, view)

    def _clock(self, view: OrderView) -> Span | None:
        return clock_of(view, self._limits, self._dispatch_kit.ticks.now())

    def _waited(self, view: OrderView) -> str:
        """Where no clock runs any more: for how long nobody has answered."""
        if view.state not in WAITING:
            return ""
        waited = max(self._dispatch_kit.ticks.now() - view.order.issued_at, timedelta(0))
        hours, minutes = divmod(int(waited.total_seconds()) // 60, 60)
        unit, count = ("hours", hours) if hours else ("minutes", minutes)
        return self._dispatch_kit.words.text(f"centre.waited.{unit}", count=count)


def _order_id(view: OrderView) -> str:
    return view.order.id


def _kind_tone(view: OrderView) -> Tone:
    return kind_tone(view)


def _target(view: OrderView) -> str:
    return target_text(view.order)


def _amount(view: OrderView) -> str:
    return yuan(view.order.amount_fen) if view.order.amount_fen else ""


def _unit(view: OrderView) -> str:
    return view.order.unit_name


def _state_tone(view: OrderView) -> Tone | None:
    tone = state_tone(view)
    return tone if tone in (Tone.OK, Tone.BAD) else None


def _waited_tone(view: OrderView) -> Tone | None:
    return Tone.WARN if view.state in WAITING else None
