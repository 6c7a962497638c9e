"""The orders that go to one institution, as its clerk at the centre works through them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from desktop.domain.case_file.order_clocks import clocks_by_order
from desktop.domain.errors import UserInputError
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import article_of
from desktop.domain.orders.claim import OrderClaim
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.progress import SILENT, Progress
from desktop.services.head_office import head_office
from desktop.services.order_reach import own_institutions, reached_orders
from desktop.services.orders.claim_order import order_claims
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.page_orders import MOST, PAGE
from desktop.services.orders.reckon import read_on, reckon
from desktop.services.ports import ANY_ORDER, ChosenOrders, OrderPlace, OrdersBy, OrdersOnly, Reader
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class InstitutionView:
    """The first ``rows`` of what ``only`` lets through of one institution, as they stood at ``now``. ``count``: how
    many there are, ``waiting``: how many of the institution nobody answered, each one more than ``COUNTED`` where there
    are more; ``last``: the place to go on from, None where no more follow."""

    institution: str
    institutions: tuple[str, ...]
    now: datetime
    only: OrdersOnly
    rows: tuple[OrderRow, ...] = ()
    last: OrderPlace | None = None
    count: int = 0
    waiting: int = 0
    basis: int = 0
    claims: Mapping[str, OrderClaim] = field(default_factory=dict)


def institution_view(
    session: Session,
    only: OrdersOnly = ANY_ORDER,
    shown: int = 0,
    progress: Progress = SILENT,
) -> InstitutionView:
    """The list from its top; ``shown``: how many were shown before. ``only.receiver`` says of which institution, ""
    the first of the clerk.

    Raises:
        UserInputError: ``officer.institution_other`` for another institution than the clerk's own.
    """
    session.require(Permission.SEE_ORDERS)
    own = tuple(sorted(own_institutions(session.directories, session.officer)))
    asked = head_office(session.directories, only.receiver) or next(iter(own), "")
    if asked not in own:
        raise UserInputError("officer.institution_other")
    basis, now = reckon(session, progress), session.clock.now()
    only = replace(only, receiver=asked)
    limit = min(max(shown, PAGE), MOST)
    waits = replace(ANY_ORDER, receiver=asked, waits=True)
    with session.store.read() as reader:
        places = reader.order_places(basis, _list(only), now, None, limit)
        whole = len(places) < limit
        return InstitutionView(
            asked,
            own,
            now,
            only,
            _rows(session, reader, places),
            None if whole else places[-1],
            len(places) if whole else reader.order_count(basis, _list(only), now),
            reader.order_count(basis, _list(waits), now),
            basis,
            order_claims(session, reader),
        )


def more_of_institution(session: Session, view: InstitutionView) -> InstitutionView:
    """The same with what follows."""

    def more(reader: Reader, basis: int) -> InstitutionView:
        places = reader.order_places(basis, _list(view.only), view.now, view.last, PAGE)
        known = {row.view.order.id for row in view.rows}
        found = _rows(session, reader, places)
        new = tuple(row for row in found if row.view.order.id not in known)
        last = places[-1] if len(places) == PAGE else None
        claims = order_claims(session, reader)
        return replace(view, rows=(*view.rows, *new), last=last, basis=basis, claims=claims)

    session.require(Permission.SEE_ORDERS)
    if view.only.receiver not in own_institutions(session.directories, session.officer):
        raise UserInputError("officer.institution_other")
    return read_on(session, view.basis, more)


def institution_orders(
    session: Session, only: OrdersOnly = ANY_ORDER, most: int = sys.maxsize
) -> tuple[OrderRow, ...]:
    """At most so many orders of the clerk's institutions, each institution's as its list has them. Raises as
    :func:`institution_view` where ``only`` names a receiver."""
    session.require(Permission.SEE_ORDERS)
    own = sorted(own_institutions(session.directories, session.officer))
    found = list[OrderRow]()
    for name in (only.receiver,) if only.receiver else own:
        view = institution_view(session, replace(only, receiver=name))
        while view.last is not None and len(view.rows) < most:
            view = more_of_institution(session, view)
        found += view.rows
    return tuple(found[:most])


def _rows(session: Session, reader: Reader, places: Iterable[OrderPlace]) -> tuple[OrderRow, ...]:
    """Each order with its own clock. What other orders of the case say is left out: where the money went on, and
    what else was stopped of it."""
    ids = [place.order for place in places]
    views = {str(view.order.id): view for view in reached_orders(session, reader, ids)}
    clocks = {
        key: clock
        for view in views.values()
        for key, clock in clocks_by_order(session.rules, (view,)).items()
    }
    return tuple(
        OrderRow(
            views[key],
            clock=(clock := clocks.get(key)),
            article=article_of(session.rules, clock) if clock is not None else "",
        )
        for key in ids
        if key in views
    )


def _list(only: OrdersOnly) -> ChosenOrders:
    return ChosenOrders(tuple(OrderFlow), only, OrdersBy.DISPATCH)
