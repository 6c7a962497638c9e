"""The orders of all stations as the dispatch shows them: those somebody has to send on or chase first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from desktop.domain.installation.officer import Permission
from desktop.domain.orders.claim import OrderClaim
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.progress import SILENT, Progress
from desktop.services.orders.claim_order import order_claims
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

FOUND: Final = 100
"""Orders that are found by typing; whoever sees so many types more."""


@dataclass(frozen=True, slots=True)
class DispatchView:
    """The first ``rows`` of those that ``only`` lets through, as they stood at ``now``. ``last``: the place to go on
    from, None where no more follow; ``count``: how many there are, one more than ``COUNTED`` where there are more;
    ``counts`` are of all orders."""

    now: datetime
    only: OrdersOnly
    rows: tuple[OrderRow, ...]
    last: OrderPlace | None
    count: int
    counts: DispatchCounts
    choices: OrderChoices = NO_CHOICES
    basis: int = 0
    claims: Mapping[str, OrderClaim] = field(default_factory=dict)
    """Order → who has it in hand; of all orders."""


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
    limit = min(max(shown, PAGE), MOST)
    with session.store.read() as reader:
        places = reader.order_places(basis, _list(only), now, None, limit)
        whole = len(places) < limit
        return DispatchView(
            now,
            only,
            rows_at(session, reader, places),
            None if whole else places[-1],
            len(places) if whole else reader.order_count(basis, _list(only), now),
            reader.dispatch_counts(basis, now, today),
            reader.order_choices(basis),
            basis,
            order_claims(session, reader),
        )


def more_of_dispatch(session: Session, view: DispatchView) -> DispatchView:
    """The same with what follows, also where its rows are no more: they are reckoned by the same rules again."""

    def more(reader: Reader, basis: int) -> DispatchView:
        places = reader.order_places(basis, _list(view.only), view.now, view.last, PAGE)
        known = {row.view.order.id for row in view.rows}
        found = rows_at(session, reader, places)
        new = tuple(row for row in found if row.view.order.id not in known)
        last = places[-1] if len(places) == PAGE else None
        claims = order_claims(session, reader)
        return replace(view, rows=(*view.rows, *new), last=last, basis=basis, claims=claims)

    session.require(Permission.READ_CASES)
    return read_on(session, view.basis, more)


def find_orders(
    session: Session, words: tuple[str, ...], progress: Progress = SILENT
) -> tuple[OrderRow, ...]:
    """At most :data:`FOUND` orders that hold all ``words``, in the order of the dispatch; none without a word."""
    session.require(Permission.READ_CASES)
    if not words:
        return ()
    basis = reckon(session, progress)
    with session.store.read() as reader:
        asked = _list(replace(ANY_ORDER, words=words))
        places = reader.order_places(basis, asked, session.clock.now(), None, FOUND)
        return rows_at(session, reader, places)


def _list(only: OrdersOnly) -> ChosenOrders:
    return ChosenOrders(tuple(OrderFlow), only, OrdersBy.DISPATCH)
