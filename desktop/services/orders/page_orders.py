"""The list of orders as a page shows it: the most urgent of each flow, more when asked, and what is counted."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.progress import SILENT, Progress
from desktop.services.orders.list_orders import OrderRow, rows_of
from desktop.services.orders.reckon import read_on, reckon
from desktop.services.ports import (
    ANY_ORDER,
    NO_CHOICES,
    ChosenOrders,
    CountedSpans,
    OrderChoices,
    OrderCounts,
    OrderPlace,
    OrdersBy,
    OrdersOnly,
    Reader,
)
from desktop.services.session import Session
from desktop.services.where_money_is import money_places

PAGE: Final = 100
"""Orders that are read at once."""
MOST: Final = 500
"""Orders that are read anew: who went further down goes there again."""
_LATELY: Final = timedelta(days=30)
"""[own] How far back the median time to an order looks."""


@dataclass(frozen=True, slots=True)
class OrdersAsked:
    """Which orders a person wants to see, in which order."""

    only: OrdersOnly = ANY_ORDER
    by: OrdersBy = OrdersBy.URGENT

    def of(self, *flows: OrderFlow) -> ChosenOrders:
        """The list of these flows."""
        return ChosenOrders(flows, self.only, self.by)


EVERY_ORDER: Final = OrdersAsked()


@dataclass(frozen=True, slots=True)
class OrdersOfFlow:
    """The first ``rows`` of a flow in their order. ``last``: the place to go on from, None where no more follow;
    ``count``: how many there are, one more than ``COUNTED`` where some are chosen and there are more."""

    flow: OrderFlow
    rows: tuple[OrderRow, ...]
    last: OrderPlace | None
    count: int = 0


@dataclass(frozen=True, slots=True)
class OrdersView:
    """The list as it stands at ``now``; ``counts`` are of all orders. ``basis``: where its rows stand; ``choices``:
    what there is to choose from."""

    now: datetime
    flows: tuple[OrdersOfFlow, ...]
    counts: OrderCounts
    basis: int = 0
    asked: OrdersAsked = EVERY_ORDER
    choices: OrderChoices = NO_CHOICES

    @property
    def some(self) -> bool:
        """Whether there is any order, chosen or not."""
        return any(self.counts.by_flow.values())


def orders_view(
    session: Session,
    soon: timedelta,
    today: tuple[datetime, datetime],
    shown: Mapping[OrderFlow, int],
    progress: Progress = SILENT,
    asked: OrdersAsked = EVERY_ORDER,
) -> OrdersView:
    """The list from its top. ``soon``: a clock with less than that left is counted; ``shown``: how many orders of each
    flow were shown before."""
    session.require(Permission.READ_CASES)
    basis = reckon(session, progress)
    now = session.clock.now()
    spans = CountedSpans(now, now + soon, today, now - _LATELY)
    with session.store.read() as reader:
        counts = reader.order_counts(basis, spans)
        view = OrdersView(now, (), counts, basis, asked, reader.order_choices(basis))
        flows = tuple(
            _of_flow(session, reader, view, flow, None, min(max(shown.get(flow, 0), PAGE), MOST))
            for flow in OrderFlow
            if counts.by_flow.get(flow)
        )
    return replace(view, flows=tuple(part for part in flows if part.rows))


def more_orders(
    session: Session, view: OrdersView, flow: OrderFlow, after: OrderPlace
) -> OrdersOfFlow:
    """The next orders of a list, also where its rows are no more: they are reckoned by the same rules again."""

    def more(reader: Reader, basis: int) -> OrdersOfFlow:
        return _of_flow(session, reader, replace(view, basis=basis), flow, after, PAGE)

    session.require(Permission.READ_CASES)
    return read_on(session, view.basis, more)


def newest_orders(
    session: Session, only: OrdersOnly = ANY_ORDER, most: int = sys.maxsize
) -> tuple[OrderRow, ...]:
    """At most so many orders that ``only`` lets through, the newest first."""
    session.require(Permission.READ_CASES)
    basis, found, asked = reckon(session), list[OrderRow](), OrdersAsked(only, OrdersBy.NEWEST)
    now, last = session.clock.now(), None
    with session.store.read() as reader:
        while len(found) < most:
            limit = min(MOST, most - len(found))
            places = reader.order_places(basis, asked.of(*OrderFlow), now, last, limit)
            found += rows_at(session, reader, places)
            if len(places) < limit:
                break
            last = places[-1]
    return tuple(sorted(found, key=_age, reverse=True))


def _age(row: OrderRow) -> tuple[datetime, str]:
    return row.view.order.issued_at, row.view.order.id


def _of_flow(
    session: Session,
    reader: Reader,
    view: OrdersView,
    flow: OrderFlow,
    after: OrderPlace | None,
    limit: int,
) -> OrdersOfFlow:
    asked = view.asked.of(flow)
    places = reader.order_places(view.basis, asked, view.now, after, limit)
    last = places[-1] if len(places) == limit else None
    count = view.counts.by_flow.get(flow, 0)
    if view.asked.only != ANY_ORDER:
        count = len(places) if last is None else reader.order_count(view.basis, asked, view.now)
    return OrdersOfFlow(flow, rows_at(session, reader, places), last, count)


def rows_at(session: Session, reader: Reader, places: Sequence[OrderPlace]) -> tuple[OrderRow, ...]:
    """Whole rows, made from what is recorded of their cases and of no others."""
    session.require(Permission.READ_CASES)
    cases: set[CaseId] = {place.case for place in places}
    facts = reader.clock_facts(cases=cases)
    found = rows_of(session, facts, lambda item: money_places(session, [item]))
    missing = {place.case for place in places if place.order not in found}
    found |= {view.order.id: OrderRow(view) for view in reader.orders_of_cases(missing)
              if view.order.id not in found}  # fmt: skip
    return tuple(found[place.order] for place in places if place.order in found)
