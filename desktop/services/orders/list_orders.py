"""Every order with its clock, and the 48-hour bridge of the payment it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file.clocks import SETTLED, ClockFacts, facts_of
from desktop.domain.case_file.order_clocks import clocks_by_order
from desktop.domain.case_file.order_rules import open_hops
from desktop.domain.case_file.stop_to_freeze import StopToFreezeWindow, stop_to_freeze_windows
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import Deadline, article_of
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class OrderRow:
    """``accepted_at``: when the case's report was taken, None if the case is not known here. ``settled``: the case
    has gone on to a freeze or an investigation, so that the end of a stop alarms nobody. ``clock``: the order's own,
    with the ``article`` it comes from; ``bridge``: of the payment it is about; ``open_hops``: places in its reply
    where the money went on and nobody has stopped it yet."""

    view: OrderView
    accepted_at: datetime | None = None
    settled: bool = False
    clock: Deadline | None = None
    article: str = ""
    bridge: StopToFreezeWindow | None = None
    open_hops: tuple[int, ...] = ()


def orders_on_clock(session: Session) -> tuple[OrderRow, ...]:
    """Every order, newest first."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        views, facts = reader.orders(), reader.order_facts()
    found: dict[str, OrderRow] = {}
    for case_facts in facts:
        found |= _of_case(session, case_facts)
    return tuple(found.get(view.order.id, OrderRow(view)) for view in views)


def orders_of_case(session: Session, file: CaseFile) -> tuple[OrderRow, ...]:
    """The orders of one case that was read whole, each with its clock, in the order of the file."""
    session.require(Permission.READ_CASES)
    found = _of_case(session, facts_of(file))
    return tuple(found[view.order.id] for view in file.orders)


def _of_case(session: Session, facts: ClockFacts) -> dict[str, OrderRow]:
    clocks = clocks_by_order(session.rules, facts.orders)
    orders = [view.order for view in facts.orders]
    spans = {
        bridge.about: bridge
        for bridge in stop_to_freeze_windows(session.rules, orders, facts.steps)
    }
    found: dict[str, OrderRow] = {}
    for view in facts.orders:
        clock = clocks.get(view.order.id)
        found[view.order.id] = OrderRow(
            view, facts.accepted_at, facts.state in SETTLED, clock,
            article_of(session.rules, clock) if clock is not None else "",
            spans.get(view.order.about), open_hops(view, facts.orders),
        )  # fmt: skip
    return found
