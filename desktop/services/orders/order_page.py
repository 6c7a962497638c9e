"""Orders in the order of the dispatch, a page at a time: what the dispatch and the list of an institution share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from desktop.domain.installation.officer import Permission
from desktop.domain.orders.claim import WorkClaim
from desktop.domain.orders.flow import OrderFlow
from desktop.services.orders.claim_work import claims_in
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.page_orders import PAGE
from desktop.services.orders.reckon import read_on
from desktop.services.ports import ChosenOrders, OrderPlace, OrdersBy, OrdersOnly, Reader
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
