"""What taking a volume in would bring: new reports and orders of a station, and which of these is the most urgent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from desktop.domain.case_file.orders.order_clocks import clocks_by_order
from desktop.domain.case_file.views import OrderView
from desktop.domain.ids import CaseId
from desktop.domain.law.deadlines import Deadline
from desktop.domain.law.urgency import Pressing, Pressure, Urgency, pressing_of
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import WAITING, Order
from desktop.services.ports import Reader
from desktop.services.session import Session

_MOST: Final = 2_000
"""Cases beyond which nobody wants to wait for an overview: a computer comes with its whole archive."""


@dataclass(frozen=True, slots=True)
class FirstOrder:
    """The most urgent of some orders: its number, the name of its clock and when that ends, "" and None where none
    runs; ``urgency``: its place among others."""

    number: str
    clock: str
    ends_at: datetime | None
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class BundleNews:
    """What is new of one station. ``cases``: reports; ``stop_fen``: what its new stops ask banks to hold, in fen;
    ``first``: None where there is no new order."""

    unit_code: str
    unit_name: str
    cases: int
    orders: int
    stop_fen: int
    first: FirstOrder | None = None


def bundle_news(
    session: Session,
    before: Reader,
    after: Reader,
    station: tuple[str, str],
    cases: Collection[CaseId],
    begun: Collection[str],
) -> BundleNews | None:
    """Of ``cases``, of which entries were applied between ``before`` and ``after``; ``station``: its code and name,
    ``begun``: the reports and orders that may be new. None of too many cases."""
    if len(cases) > _MOST:
        return None
    fresh = {subject for subject in begun if not before.current(subject)}
    now = session.clock.now()
    new: list[Order] = []
    first: list[FirstOrder] = []
    for facts in after.clock_facts(cases=cases):
        clocks = clocks_by_order(session.rules, facts.orders)
        views = [view for view in facts.orders if f"order/{view.order.id}" in fresh]
        new += [view.order for view in views]
        first += [_first(view, clocks.get(view.order.id), now) for view in views]
    return BundleNews(
        *station,
        cases=sum(f"case/{case}" in fresh for case in cases),
        orders=len(new),
        stop_fen=sum(order.amount_fen for order in new if order.kind in STOPS),
        first=min(first, key=_urgency, default=None),
    )


def _first(view: OrderView, clock: Deadline | None, now: datetime) -> FirstOrder:
    """A chance that has been gone for an hour is no clock any more, as in the lists."""
    order = view.order
    key = f"{order.number} {order.id}"
    pressing = Pressing(key, order.issued_at, amount_fen=order.amount_fen)
    if clock is not None:
        pressing = pressing_of(clock, key, order.amount_fen)
    pressing = replace(pressing, since=order.issued_at, waits=view.state in WAITING)
    urgency = pressing.urgency(now)
    if clock is None or pressing.pressure(now) >= Pressure.UNANSWERED:
        return FirstOrder(order.number, "", None, urgency)
    return FirstOrder(order.number, clock.name, clock.at, urgency)


def by_station(news: Iterable[BundleNews]) -> tuple[BundleNews, ...]:
    """One for each station, the most urgent first; those without an order last, by name."""
    found: dict[str, BundleNews] = {}
    for item in news:
        known = found.get(item.unit_code)
        found[item.unit_code] = _together(known, item) if known else item
    return tuple(sorted(found.values(), key=_place))


def _together(one: BundleNews, other: BundleNews) -> BundleNews:
    first = min(one, other, key=_place)
    return replace(
        first,
        cases=one.cases + other.cases,
        orders=one.orders + other.orders,
        stop_fen=one.stop_fen + other.stop_fen,
    )


def _place(news: BundleNews) -> tuple[bool, Urgency, str]:
    first = news.first
    return first is None, _urgency(first) if first else (0, 0.0, 0.0, ""), news.unit_name


def _urgency(first: FirstOrder) -> Urgency:
    return first.urgency
