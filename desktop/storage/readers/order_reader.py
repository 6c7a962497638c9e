"""Reading orders and how far each got."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, select

from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.sent_despite import SENT_DESPITE, read_sent_despite
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.law.alarms import RunningClock
from desktop.domain.orders.machine import state_of
from desktop.domain.orders.order import Order, OrderState, order_from_fields
from desktop.services.ports.database.clock_rows import (
    ClockEnds,
    ClocksOver,
    CountedSpans,
    OrderCounts,
)
from desktop.services.ports.database.order_lists import (
    BatchPlace,
    ChosenOrders,
    DispatchCounts,
    OrderChoices,
    OrderPlace,
    ToSend,
)
from desktop.storage.clocks.batch_rows import (
    newest_batches,
    open_batches,
    orders_in_batches,
    orders_to_send,
)
from desktop.storage.clocks.case_clocks import (
    clock_ends,
    clocks_ending,
    clocks_named,
    clocks_over,
    due_alarms,
    is_alarm_due,
    live_clocks,
    pressing_clocks,
)
from desktop.storage.clocks.order_counts import dispatch_counts, order_counts
from desktop.storage.clocks.order_filters import order_choices
from desktop.storage.clocks.order_pages import order_count, order_places
from desktop.storage.current_values.values import askable, of_field, parse_fields
from desktop.storage.database.statements import run
from desktop.storage.readers.one_view import OneView
from desktop.storage.tables import case_card, order_row

_WAITING: Final = (
    "WITH RECURSIVE known(stream) AS (SELECT min(stream) FROM order_row WHERE waits = 1 UNION ALL "
    "SELECT (SELECT min(o.stream) FROM order_row o WHERE o.waits = 1 AND o.stream > known.stream) FROM known "
    "WHERE known.stream IS NOT NULL) SELECT stream FROM known WHERE stream IS NOT NULL"
)
"""Jumps from stream to stream; DISTINCT would look at every order that waits."""
_BETWEEN: Final = (
    "SELECT count(*) FROM order_row WHERE waits = 1 AND stream = ? AND seq > ? AND seq <= ?"
)
_UNCONFIRMED: Final = "SELECT order_id FROM order_clock WHERE basis = ? AND unconfirmed = 1"
_LAST: Final = 2**53
_AT_ONCE: Final = 500
"""Cases in one question: a server takes so many parameters and no more."""


_VIEWS: Final = (
    select(order_row, case_card.c.number.label("case_number"), case_card.c.victim)
    .join(case_card, case_card.c.case_id == order_row.c.case_id, isouter=True)
    .order_by(order_row.c.issued_at.desc(), order_row.c.order_id.desc())
)
_OF_CASE: Final = _VIEWS.where(order_row.c.case_id == bindparam("case"))
_NAMED: Final = _VIEWS.where(
    (order_row.c.order_id == bindparam("name")) | (order_row.c.number == bindparam("name"))
)


class OrderReader(OneView):
    """Queries about orders."""

    def _rows(self, query: Any = _VIEWS, **values: str) -> tuple[OrderView, ...]:
        return tuple(self._view(row) for row in self._connection.execute(query, values))

    def orders(self) -> tuple[OrderView, ...]:
        """Every order, newest first."""
        return self._rows()

    def unheard_count(self) -> int:
        """Orders of which nothing proves that the centre knows; only what waits for an answer is looked at."""
        return sum(self._waiting_between(stream, held, _LAST) for stream, held in self._held())

    def _held(self) -> tuple[tuple[str, int], ...]:
        """The streams of orders that wait, each with how far the centre knows it."""
        streams = run(self._connection, _WAITING).scalars().all()
        return tuple((stream, self._marks.held(stream)) for stream in streams)

    def orders_of(self, case: CaseId) -> tuple[OrderView, ...]:
        """A case's orders, newest first."""
        return self._rows(_OF_CASE, case=case)

    def orders_of_cases(self, cases: Collection[CaseId]) -> tuple[OrderView, ...]:
        """The orders of some cases, newest first."""
        return self._among(order_row.c.case_id, cases)

    def orders_named(self, orders: Collection[str]) -> tuple[OrderView, ...]:
        """Some orders by id, newest first."""
        return self._among(order_row.c.order_id, orders)

    def _among(self, column: Any, names: Collection[str]) -> tuple[OrderView, ...]:
        named = sorted(names)
        parts = (named[at : at + _AT_ONCE] for at in range(0, len(named), _AT_ONCE))
        found = [view for part in parts for view in self._rows(_VIEWS.where(column.in_(part)))]
        return tuple(sorted(found, key=_newest_first, reverse=True))

    def waiting_orders(self) -> tuple[OrderView, ...]:
        """Orders nobody has answered, newest first."""
        return self._rows(_VIEWS.where(order_row.c.waits == 1))

    def orders_needing_approval(self) -> tuple[OrderView, ...]:
        """Those with a level of approval; of stops, nearly all orders, no more is read than that they have none."""
        level = of_field(self._connection, "o.fields", "level")
        question = f"SELECT o.order_id FROM order_row o WHERE o.waits = 0 AND {level} IS NOT NULL"  # noqa: S608 - own names
        return self.orders_named(run(self._connection, question).scalars().all())

    def waiting_by_unit(self) -> Mapping[str, int]:
        """Unit code → its orders nobody has answered; none of them is made whole."""
        unit = of_field(self._connection, "o.fields", "unit_code")
        question = f"SELECT {unit}, count(*) FROM order_row o WHERE o.waits = 1 GROUP BY 1"  # noqa: S608 - own names
        found = run(self._connection, question).fetchall()
        return {json.loads(code): int(count) for code, count in found if code is not None}

    def batches_beginning(self, start: str) -> frozenset[str]:
        """Every order is looked at, none is read: who makes batches waits for no row that is reckoned."""
        pack = of_field(self._connection, "o.fields", "dispatch.pack")
        question = f"SELECT DISTINCT {pack} FROM order_row o WHERE {pack} LIKE ?"  # noqa: S608 - own names
        found = run(self._connection, question, (f'"{start}%',)).scalars()
        return frozenset(map(json.loads, found))

    def order_places(
        self, basis: int, asked: ChosenOrders, now: datetime, after: OrderPlace | None, limit: int
    ) -> tuple[OrderPlace, ...]:
        """The next orders of a list."""
        held = dict(self._held()) if asked.only.unheard else {}
        return order_places(self._connection, basis, asked, now, after, limit, held)

    def order_count(self, basis: int, asked: ChosenOrders, now: datetime) -> int:
        """How many it has."""
        held = dict(self._held()) if asked.only.unheard else {}
        return order_count(self._connection, basis, asked, now, held)

    def order_choices(self, basis: int) -> OrderChoices:
        """What there is to choose from."""
        return order_choices(self._connection, basis)

    def dispatch_counts(
        self, basis: int, now: datetime, today: tuple[datetime, datetime]
    ) -> DispatchCounts:
        """What is counted at a centre."""
        return dispatch_counts(self._connection, basis, now, today)

    def orders_to_send(self, basis: int, now: datetime) -> tuple[ToSend, ...]:
        """Orders that wait to be put into a batch."""
        return orders_to_send(self._connection, basis, now)

    def open_batches(self, basis: int) -> tuple[BatchPlace, ...]:
        """Dispatch batches that are not answered in full."""
        return open_batches(self._connection, basis)

    def batches(self, basis: int, after: BatchPlace | None, limit: int) -> tuple[BatchPlace, ...]:
        """The newest batches."""
        return newest_batches(self._connection, basis, after, limit)

    def orders_in_batches(
        self, basis: int, batches: Collection[BatchPlace]
    ) -> tuple[OrderView, ...]:
        """The orders of some batches."""
        return self.orders_named(orders_in_batches(self._connection, basis, batches))

    def order_counts(self, basis: int, spans: CountedSpans) -> OrderCounts:
        """What is counted over all orders."""
        return order_counts(self._connection, basis, spans, *self._on_their_way())

    def _on_their_way(self) -> tuple[int, int]:
        """Unanswered orders that left this desk and are not known to have arrived, and those that did not leave it."""
        carried = unsent = 0
        for stream, held in self._held():
            left = self._marks.left(stream)
            carried += self._waiting_between(stream, held, left)
            unsent += self._waiting_between(stream, max(left, held), _LAST)
        return carried, unsent

    def _waiting_between(self, stream: str, after: int, last: int) -> int:
        return int(run(self._connection, _BETWEEN, (stream, after, last)).scalar_one())

    def live_clocks(self, basis: int, now: datetime) -> tuple[RunningClock, ...]:
        """Every clock that wants somebody."""
        return live_clocks(self._connection, basis, now)

    def clocks_ending(
        self, basis: int, now: datetime, until: datetime, left: datetime | None = None
    ) -> tuple[RunningClock, ...]:
        """Those that end up to an instant."""
        return clocks_ending(self._connection, basis, now, until, left)

    def clocks_named(
        self, basis: int, name: str, now: datetime, until: datetime, most: int
    ) -> tuple[RunningClock, ...]:
        """Those of one name that end next."""
        return clocks_named(self._connection, basis, name, now, until, most)

    def clocks_over(self, basis: int, now: datetime, until: datetime, most: int) -> ClocksOver:
        """What ran out before."""
        return clocks_over(self._connection, basis, now, until, most)

    def unconfirmed_orders(self, basis: int) -> tuple[OrderView, ...]:
        """Orders nobody confirmed."""
        return self.orders_named(run(self._connection, _UNCONFIRMED, (basis,)).scalars().all())

    def pressing_clocks(self, basis: int, now: datetime, most: int) -> tuple[RunningClock, ...]:
        """The most urgent of them."""
        return pressing_clocks(self._connection, basis, now, most)

    def due_alarms(self, basis: int, now: datetime, most: int) -> tuple[RunningClock, ...]:
        """Clocks of which an alarm is due."""
        return due_alarms(self._connection, basis, now, most)

    def is_alarm_due(self, basis: int, now: datetime) -> bool:
        """Whether there may be one."""
        return is_alarm_due(self._connection, basis, now)

    def clock_ends(self, basis: int, now: datetime, until: datetime) -> ClockEnds:
        """What ran out, and what runs out next."""
        return clock_ends(self._connection, basis, now, until)

    def order(self, order: str) -> OrderView | None:
        """The order with this id or number; raises ``UserInputError("order.ambiguous")``.

        Numbers name no station: the first order of any day is ``1124-A-0001-Z1`` at each of them.
        """
        order = askable(order)
        found = self._rows(_NAMED, name=order)
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


def _newest_first(view: OrderView) -> tuple[datetime, str]:
    return view.order.issued_at, view.order.id
