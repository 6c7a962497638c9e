"""The list of orders as a page shows it: the most urgent of each flow, more when asked, and what is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.progress import SILENT, Progress
from desktop.services.orders.list_orders import OrderRow, rows_of
from desktop.services.orders.reckon import reckon
from desktop.services.ports import CountedSpans, OrderCounts, OrderPlace, Reader
from desktop.services.session import Session
from desktop.services.where_money_is import money_places

PAGE: Final = 100
"""Orders that are read at once."""
MOST: Final = 500
"""Orders that are read anew: who went further down goes there again."""
_LATELY: Final = timedelta(days=30)
"""[own] How far back the median time to an order looks."""


@dataclass(frozen=True, slots=True)
class OrdersOfFlow:
    """The first ``rows`` of a flow, the most urgent in front. ``last``: the place to go on from, None where no more
    follow."""

    flow: OrderFlow
    rows: tuple[OrderRow, ...]
    last: OrderPlace | None


@dataclass(frozen=True, slots=True)
class OrdersView:
    """The list as it stands at ``now``. ``basis``: where its rows stand."""

    now: datetime
    flows: tuple[OrdersOfFlow, ...]
    counts: OrderCounts
    basis: int = 0


def orders_view(
    session: Session,
    soon: timedelta,
    today: tuple[datetime, datetime],
    shown: Mapping[OrderFlow, int],
    progress: Progress = SILENT,
) -> OrdersView:
    """The list from its top. ``soon``: a clock with less than that left is counted; ``shown``: how many orders of each
    flow were shown before."""
    session.require(Permission.READ_CASES)
    basis = reckon(session, progress)
    now = session.clock.now()
    spans = CountedSpans(now, now + soon, today, now - _LATELY)
    with session.store.read() as reader:
        counts = reader.order_counts(basis, spans)
        flows = tuple(
            _of_flow(
                session, reader, basis, flow, now, None, min(max(shown.get(flow, 0), PAGE), MOST)
            )
            for flow in OrderFlow
            if counts.by_flow.get(flow)
        )
    return OrdersView(now, flows, counts, basis)


def more_orders(
    session: Session, view: OrdersView, flow: OrderFlow, after: OrderPlace
) -> OrdersOfFlow:
    """The next orders of a list, also where its rows are no more: they are reckoned by the same rules again."""
    session.require(Permission.READ_CASES)
    basis = view.basis
    while True:
        with session.store.read() as reader:
            if reader.waiting(basis) is not None:
                return _of_flow(session, reader, basis, flow, view.now, after, PAGE)
        basis = reckon(session)


def _of_flow(
    session: Session,
    reader: Reader,
    basis: int,
    flow: OrderFlow,
    now: datetime,
    after: OrderPlace | None,
    limit: int,
) -> OrdersOfFlow:
    places = reader.orders_by_urgency(basis, flow, now, after, limit)
    last = places[-1] if len(places) == limit else None
    return OrdersOfFlow(flow, _rows(session, reader, places), last)


def _rows(session: Session, reader: Reader, places: Sequence[OrderPlace]) -> tuple[OrderRow, ...]:
    """Whole rows, made from what is recorded of their cases and of no others."""
    cases: set[CaseId] = {place.case for place in places}
    facts = reader.clock_facts(cases=cases)
    found = rows_of(session, facts, lambda item: money_places(session, [item]))
    missing = {place.case for place in places if place.order not in found}
    found |= {view.order.id: OrderRow(view) for view in reader.orders_of_cases(missing)
              if view.order.id not in found}  # fmt: skip
    return tuple(found[place.order] for place in places if place.order in found)
