"""The orders that go to one institution, as its clerk at the centre works through them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.domain.case_file.orders.order_clocks import clocks_by_order
from desktop.domain.errors import UserInputError
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import article_of
from desktop.domain.progress import SILENT, Progress
from desktop.services.head_office import head_office
from desktop.services.order_reach import own_institutions, reached_orders
from desktop.services.orders.claim_work import claims_in
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.page_dispatch import (
    OrderPage,
    by_dispatch,
    first_rows,
    with_more,
)
from desktop.services.orders.reckon import reckon
from desktop.services.ports import ANY_ORDER, OrderPlace, OrdersOnly, Reader
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class InstitutionView(OrderPage):
    """The page of one institution. ``institutions``: all of the clerk; ``waiting``: how many orders of this one nobody
    answered, one more than ``COUNTED`` where there are more."""

    institution: str
    institutions: tuple[str, ...]
    waiting: int


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
    waits = replace(ANY_ORDER, receiver=asked, waits=True)
    with session.store.read() as reader:
        return InstitutionView(
            now,
            only,
            *first_rows(session, reader, (basis, now, only), shown, _rows),
            asked,
            own,
            reader.order_count(basis, by_dispatch(waits), now),
            basis=basis,
            claims=claims_in(session, reader),
        )


def more_of_institution(session: Session, view: InstitutionView) -> InstitutionView:
    """The same with what follows."""
    session.require(Permission.SEE_ORDERS)
    if view.only.receiver not in own_institutions(session.directories, session.officer):
        raise UserInputError("officer.institution_other")
    return with_more(session, view, _rows)


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
