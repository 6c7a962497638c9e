"""The orders of all stations as the dispatch shows them: those somebody has to send on or chase first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from desktop.domain.installation.officer import Permission
from desktop.domain.progress import SILENT, Progress
from desktop.services.orders.claim_work import claims_in
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.order_page import OrderPage, by_dispatch, with_more
from desktop.services.orders.page_orders import MOST, PAGE, rows_at
from desktop.services.orders.reckon import reckon
from desktop.services.ports import (
    ANY_ORDER,
    NO_CHOICES,
    DispatchCounts,
    OrderChoices,
    OrdersOnly,
)
from desktop.services.session import Session

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
    limit = min(max(shown, PAGE), MOST)
    with session.store.read() as reader:
        places = reader.order_places(basis, by_dispatch(only), now, None, limit)
        whole = len(places) < limit
        return DispatchView(
            now,
            only,
            rows_at(session, reader, places),
            None if whole else places[-1],
            len(places) if whole else reader.order_count(basis, by_dispatch(only), now),
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
