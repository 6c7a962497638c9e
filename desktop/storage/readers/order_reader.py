"""Reading orders and how far each got."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.sent_despite import SENT_DESPITE, read_sent_despite
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.orders.fields import order_from_fields
from desktop.domain.orders.machine import state_of
from desktop.domain.orders.order import Order, OrderState
from desktop.storage.current_values.values import askable, parse_fields
from desktop.storage.readers.one_view import OneView
from desktop.storage.tables import case_card, order_row


class OrderReader(OneView):
    """Queries about orders."""

    def _rows(self, condition: Any = None) -> tuple[OrderView, ...]:
        query = (
            select(order_row, case_card.c.number.label("case_number"), case_card.c.victim)
            .join(case_card, case_card.c.case_id == order_row.c.case_id, isouter=True)
            .order_by(order_row.c.issued_at.desc(), order_row.c.order_id.desc())
        )
        if condition is not None:
            query = query.where(condition)
        return tuple(self._view(row) for row in self._connection.execute(query))

    def orders(self) -> tuple[OrderView, ...]:
        """Every order, newest first."""
        return self._rows()

    def orders_of(self, case: CaseId) -> tuple[OrderView, ...]:
        """A case's orders, newest first."""
        return self._rows(order_row.c.case_id == case)

    def order(self, order: str) -> OrderView | None:
        """The order with this id or number; raises ``UserInputError("order.ambiguous")``.

        Numbers name no station: the first order of any day is ``1124-A-0001-Z1`` at each of them.
        """
        order = askable(order)
        found = self._rows((order_row.c.order_id == order) | (order_row.c.number == order))
        if len(found) > 1:
            raise UserInputError("order.ambiguous", count=len(found))
        return found[0] if found else None

    def _view(self, row: Any) -> OrderView:
        order = order_from_fields(row.order_id, parse_fields(row.fields))
        return OrderView(
            order,
            CaseId(row.case_id),
            row.case_number or "",
            row.victim or "",
            self._state(order, row),
            row.way,
            read_sent_despite(f"{SENT_DESPITE}{row.order_id}", row.despite),
        )

    def _state(self, order: Order, row: Any) -> OrderState:
        return state_of(order, self._delivery(row))

    def _delivery(self, row: Any) -> OrderState:
        marks = self._marks
        if marks.is_held(row.stream, row.seq):
            return OrderState.ACKNOWLEDGED
        return OrderState.CARRIED if row.seq <= marks.left(row.stream) else OrderState.ISSUED
