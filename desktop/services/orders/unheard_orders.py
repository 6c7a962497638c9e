"""Orders of which nothing proves that the centre knows: how many, which of them wants it first, all of them on one
slip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.case_file.views import OrderView
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.orders.order import UNHEARD
from desktop.domain.progress import SILENT, Progress
from desktop.services.orders.make_slip import Slip, make_slip
from desktop.services.orders.reckon import reckon
from desktop.services.ports import Reader
from desktop.services.ports.database.order_lists import ChosenOrders, OrdersOnly
from desktop.services.session import Session

_AT_ONCE: Final = 20


@dataclass(frozen=True, slots=True)
class UnheardOrders:
    """``urgent``: the stop or call-back whose money can still be saved, else the most urgent; None where there is
    neither among them."""

    count: int
    urgent: OrderView | None


def unheard_orders(session: Session, progress: Progress = SILENT) -> UnheardOrders:
    """Of two orders or two thousand no more is read than the first."""
    session.require(Permission.READ_CASES)
    basis, only = reckon(session, progress), OrdersOnly(waits=True, saving=True, unheard=True)
    with session.store.read() as reader:
        saving = _by_urgency(reader, basis, only, session.clock.now())
        urgent = next((view for view in saving if view.state in UNHEARD), None)
        return UnheardOrders(reader.unheard_count(), urgent)


def make_unheard_slip(session: Session, progress: Progress = SILENT) -> Slip:
    """All of them on one, the most urgent first. Raises as :func:`~desktop.services.orders.make_slip.make_slip`."""
    session.require(Permission.READ_CASES)
    basis, only = reckon(session, progress), OrdersOnly(waits=True, unheard=True)
    with session.store.read() as reader:
        views = tuple(_by_urgency(reader, basis, only, session.clock.now()))
    return make_slip(session, *(view.order.id for view in views))


def _by_urgency(reader: Reader, basis: int, only: OrdersOnly, now: datetime) -> Iterator[OrderView]:
    """Read as far as somebody asks."""
    asked, last = ChosenOrders(tuple(OrderFlow), only), None
    while True:
        places = reader.order_places(basis, asked, now, last, _AT_ONCE)
        views = {
            str(view.order.id): view for view in reader.orders_named({p.order for p in places})
        }
        yield from (views[place.order] for place in places if place.order in views)
        if len(places) < _AT_ONCE:
            return
        last = places[-1]
