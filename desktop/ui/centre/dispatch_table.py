"""The table of orders on the pages where replies of banks and carriers are recorded."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.domain.orders.order import WAITING
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.centre.listed_orders import centre_state, order_columns, view_of_row
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.claiming import Claiming
from desktop.ui.shared.orders.order_clock import ClockLimits, span, still_text
from desktop.ui.shared.orders.order_texts import kind_text, kind_tone, state_tone
from desktop.ui.shared.widgets.tables.end_near import tell_of_end
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan

_WIDTHS = {"kind": 108, "amount": 96, "unit": 140, "state": 108, "clock": 150}
_OF_SEATS = {"amount": 84, "unit": 112, "state": 92, "clock": 128, "hand": 84}


class DispatchTable(Listing[OrderRow]):
    """Kind, target, amount, station, state, time left. ``end_near``: the end of what was read comes into sight."""

    end_near = Signal()

    def __init__(self, kit: Kit, limits: ClockLimits, claiming: Claiming) -> None:
        self._limits = limits
        self._claiming = claiming
        widths = {**_WIDTHS, **_OF_SEATS} if claiming.offered else _WIDTHS
        super().__init__(
            kit, "dispatch_table", "centre.dispatch.title", self._columns(kit), _order_id, widths
        )
        tell_of_end(self, self.end_near)

    def _columns(self, kit: Kit) -> tuple[TableColumn[OrderRow], ...]:
        return (
            TableColumn("kind", "centre.column.kind", self._kind, chip=True, tone=_kind_tone),
            *order_columns(kit, view_of_row, ("target", "amount", "unit")),
            TableColumn(
                "state", "centre.column.state", self._state, tip=self._state, tone=_state_tone
            ),
            TableColumn(
                "clock", "centre.column.clock", self._still, tone=_still_tone, clock=self._clock
            ),
            *self._of_seats(),
        )

    def _of_seats(self) -> tuple[TableColumn[OrderRow], ...]:
        """Who has it in hand, where several may."""
        if not self._claiming.offered:
            return ()
        hand, tip = self._hand, self._hand_line
        return (TableColumn("hand", "centre.column.hand", hand, tone=self._hand_tone, tip=tip),)

    def _hand(self, row: OrderRow) -> str:
        return self._claiming.hand(row.view.order.id)

    def _hand_line(self, row: OrderRow) -> str:
        return self._claiming.line(row.view.order.id)

    def _hand_tone(self, row: OrderRow) -> Tone | None:
        return self._claiming.tone(row.view.order.id)

    def _kind(self, row: OrderRow) -> str:
        return kind_text(self._kit, row.view)

    def _state(self, row: OrderRow) -> str:
        return centre_state(self._kit, row.view)

    def _clock(self, row: OrderRow) -> ClockSpan | None:
        return span(row, self._limits, self._kit.ticks.now())

    def _still(self, row: OrderRow) -> str:
        return still_text(self._kit, row, self._kit.ticks.now())


def _order_id(row: OrderRow) -> str:
    return row.view.order.id


def _kind_tone(row: OrderRow) -> Tone:
    return kind_tone(row.view)


def _state_tone(row: OrderRow) -> Tone | None:
    tone = state_tone(row.view)
    return tone if tone in (Tone.OK, Tone.BAD) else None


def _still_tone(row: OrderRow) -> Tone | None:
    return Tone.WARN if row.view.state in WAITING else None
