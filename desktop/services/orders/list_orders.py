"""Every order with its clock, and the 48-hour bridge of the payment it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.orders.order_clocks import clocks_by_order, onward_window
from desktop.domain.case_file.orders.order_rules import open_hops
from desktop.domain.case_file.orders.stop_to_freeze import (
    StopToFreezeWindow,
    stop_to_freeze_windows,
)
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.case import CaseState
from desktop.domain.flow.money_places import MoneyPlaces
from desktop.domain.flow.reported_payments import asked_key, by_subject
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import AtZero, Deadline, article_of
from desktop.domain.law.urgency import MISSED_FOR, Pressing
from desktop.domain.money.dispositions import NO_ACCOUNT_MONEY, AccountMoney
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.orders.later_approval import own_approval_clock
from desktop.domain.orders.order import WAITING
from desktop.services.session import Session

_STOP_END: Final = "stop_end"
"""The clock of what a stop that was confirmed has left."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """``accepted_at``: when the case's report was taken, None if the case is not known here. ``settled``: the case
    is closed, so that the end of a stop is red no more. ``clock``: the order's own,
    with the ``article`` it comes from; ``bridge``: of the payment it is about; ``open_hops``: places in its reply
    where the money went on and nobody has stopped it yet. ``money``: that of the account it is about, of which other
    orders may tell the same."""

    view: OrderView
    accepted_at: datetime | None = None
    settled: bool = False
    clock: Deadline | None = None
    article: str = ""
    bridge: StopToFreezeWindow | None = None
    open_hops: tuple[int, ...] = ()
    onward: Deadline | None = None
    """The golden window of where its money went on and nobody has stopped it, the last to end."""
    approval: Deadline | None = None
    """Of an own order of a centre that waits for its approval (待补批): by when."""
    money: AccountMoney = NO_ACCOUNT_MONEY

    def clock_at(self, now: datetime) -> Deadline | None:
        """The clock beside it: the golden window of where its money went on, while that runs or was missed within the
        hour, else its own. None where none runs: a chance gone by for longer, or a stop over in a case that has gone
        on. Asked of every row whenever one runs out, hence plain comparisons."""
        onward, clock = self.onward, self.clock
        if onward is not None and onward.at > now - MISSED_FOR:
            return onward
        if clock is None or clock.at > now:
            return clock
        if clock.at_zero is AtZero.CHANCE:
            return clock if clock.at > now - MISSED_FOR else None
        return None if self.settled and clock.name == _STOP_END else clock

    def is_lapsed_at(self, now: datetime) -> bool:
        """Whether the stop that was confirmed is over, and the case has not gone on."""
        clock = self.clock_at(now)
        return clock is not None and clock.name == _STOP_END and clock.at <= now

    def pressing(self, now: datetime) -> Pressing:
        """The order among what wants somebody."""
        clock, order = self.clock_at(now), self.view.order
        chance = clock is not None and clock.at_zero is AtZero.CHANCE
        return Pressing(
            f"{order.number} {order.id}",
            order.issued_at,
            chance=clock.at if clock is not None and chance else None,
            duty=clock.at if clock is not None and not chance else None,
            waits=self.view.state in WAITING,
            amount_fen=order.amount_fen,
        )


def alone_on_clock(session: Session, view: OrderView) -> OrderRow:
    """An order of which nothing else is known, with the clock of its own payment."""
    session.require(Permission.READ_CASES)
    return OrderRow(view, clock=clocks_by_order(session.rules, (view,)).get(view.order.id))


def rows_of(
    session: Session,
    facts: Iterable[ClockFacts],
    places: Callable[[ClockFacts], MoneyPlaces] | None = None,
) -> dict[str, OrderRow]:
    """Order id → its row, of every order of some cases; ``places`` tells where their money is, if that is shown."""
    found: dict[str, OrderRow] = {}
    for case_facts in facts:
        if case_facts.orders:
            found |= _of_case(session, case_facts, places(case_facts) if places else None)
    return found


def orders_of_case(
    session: Session, facts: ClockFacts, places: MoneyPlaces
) -> tuple[OrderRow, ...]:
    """The orders of one case that was read whole, each with its clock, in the order of the file; ``places``: where the
    money of the case is."""
    session.require(Permission.READ_CASES)
    found = _of_case(session, facts, places)
    return tuple(found[view.order.id] for view in facts.orders)


def _of_case(
    session: Session, facts: ClockFacts, places: MoneyPlaces | None
) -> dict[str, OrderRow]:
    clocks = clocks_by_order(session.rules, facts.orders)
    orders = [view.order for view in facts.orders]
    spans = {
        bridge.about: bridge
        for bridge in stop_to_freeze_windows(session.rules, orders, facts.steps)
    }
    transfers = by_subject(facts.payments)
    found: dict[str, OrderRow] = {}
    centre = session.profile.as_centre
    for view in facts.orders:
        account = None
        if places is not None and SPECS[view.order.kind].target is OrderTarget.PAYMENT:
            account = places.accounts.get(asked_key(transfers, view.order))
        clock, hops = clocks.get(view.order.id), open_hops(view, facts.orders)
        found[view.order.id] = OrderRow(
            view, facts.accepted_at, facts.state is CaseState.CLOSED, clock,
            article_of(session.rules, clock) if clock is not None else "",
            spans.get(view.order.about), hops, onward_window(session.rules, view, hops),
            own_approval_clock(session.rules, view.order, centre), account or NO_ACCOUNT_MONEY,
        )  # fmt: skip
    return found
