"""The orders of all stations as the dispatch shows them: those somebody has to send on or chase first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeVar

from desktop.domain.installation.officer import Permission
from desktop.domain.orders.claim import WorkClaim
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.progress import SILENT, Progress
from desktop.services.orders.claim_work import claims_in
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.page_orders import MOST, PAGE, rows_at
from desktop.services.orders.reckon import read_on, reckon
from desktop.services.ports import (
    ANY_ORDER,
    NO_CHOICES,
    ChosenOrders,
    DispatchCounts,
    OrderChoices,
    OrderPlace,
    OrdersBy,
    OrdersOnly,
    Reader,
)
from desktop.services.session import Session

RowsAt = Callable[[Session, Reader, Sequence[OrderPlace]], tuple[OrderRow, ...]]


@dataclass(frozen=True, slots=True)
class OrderPage:
    """The first ``rows`` of those that ``only`` lets through, as they stood at ``now``. ``last``: the place to go on
    from, None where no more follow; ``count``: how many there are, one more than ``COUNTED`` where there are more;
    ``claims``: order → who has it in hand."""

    now: datetime
    only: OrdersOnly
    rows: tuple[OrderRow, ...]
    last: OrderPlace | None
    count: int
    basis: int = field(default=0, kw_only=True)
    claims: Mapping[str, WorkClaim] = field(default_factory=dict, kw_only=True)


P = TypeVar("P", bound=OrderPage)


def by_dispatch(only: OrdersOnly) -> ChosenOrders:
    """Orders of every flow that ``only`` lets through, those first that somebody has to send on or chase."""
    return ChosenOrders(tuple(OrderFlow), only, OrdersBy.DISPATCH)


def first_rows(
    session: Session,
    reader: Reader,
    asked: tuple[int, datetime, OrdersOnly],
    shown: int,
    rows_at: RowsAt,
) -> tuple[tuple[OrderRow, ...], OrderPlace | None, int]:
    """``rows``, ``last`` and ``count`` of an :class:`OrderPage` from its top. ``asked``: its ``basis``, ``now`` and
    ``only``; ``shown``: how many were shown before."""
    basis, now, only = asked
    limit = min(max(shown, PAGE), MOST)
    places = reader.order_places(basis, by_dispatch(only), now, None, limit)
    rows = rows_at(session, reader, places)
    if len(places) < limit:
        return rows, None, len(places)
    return rows, places[-1], reader.order_count(basis, by_dispatch(only), now)


def with_more(session: Session, page: P, rows_at: RowsAt) -> P:
    """The page with what follows, also where its rows are no more: they are reckoned by the same rules again."""

    def more(reader: Reader, basis: int) -> P:
        places = reader.order_places(basis, by_dispatch(page.only), page.now, page.last, PAGE)
        known = {row.view.order.id for row in page.rows}
        found = rows_at(session, reader, places)
        new = tuple(row for row in found if row.view.order.id not in known)
        last = places[-1] if len(places) == PAGE else None
        claims = claims_in(session, reader)
        return replace(page, rows=(*page.rows, *new), last=last, basis=basis, claims=claims)

    session.require(Permission.SEE_ORDERS)
    return read_on(session, page.basis, more)


FOUND: Final = 100
"""Orders that are found by typing; whoever sees so many types more."""


@dataclass(frozen=True, slots=True)
class DispatchView(OrderPage):
    """The page; ``counts`` are of all orders."""

    counts: DispatchCounts
    choices: OrderChoices = NO_CHOICES


def dispatch_view(
    session: Session,
    only: OrdersOnly,
    today: tuple[datetime, datetime],
    shown: int = 0,
    progress: Progress = SILENT,
) -> DispatchView:
    """The list from its top; ``shown``: how many were shown before."""
    session.require(Permission.READ_CASES)
    basis, now = reckon(session, progress), session.clock.now()
    with session.store.read() as reader:
        return DispatchView(
            now,
            only,
            *first_rows(session, reader, (basis, now, only), shown, rows_at),
            reader.dispatch_counts(basis, now, today),
            reader.order_choices(basis),
            basis=basis,
            claims=claims_in(session, reader),
        )


def more_of_dispatch(session: Session, view: DispatchView) -> DispatchView:
    """The same with what follows."""
    session.require(Permission.READ_CASES)
    return with_more(session, view, rows_at)


def find_orders(
    session: Session, words: tuple[str, ...], progress: Progress = SILENT
) -> tuple[OrderRow, ...]:
    """At most :data:`FOUND` orders that hold all ``words``, in the order of the dispatch; none without a word."""
    session.require(Permission.READ_CASES)
    if not words:
        return ()
    basis = reckon(session, progress)
    with session.store.read() as reader:
        asked = by_dispatch(replace(ANY_ORDER, words=words))
        places = reader.order_places(basis, asked, session.clock.now(), None, FOUND)
        return rows_at(session, reader, places)
