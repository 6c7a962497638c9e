"""What a case wants next, the most urgent first. Advice: the officer decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial

from desktop.domain.case_file.merge import ALONE, Merger, as_counted
from desktop.domain.case_file.orders.objection_release import MEASURES, releases_of
from desktop.domain.case_file.orders.order_mismatch import odd_orders
from desktop.domain.case_file.orders.order_rules import counts, open_hops
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.case import Visit
from desktop.domain.cases.holder_objection import HolderObjection
from desktop.domain.orders.kinds import FREEZES, STOPS
from desktop.domain.orders.order import WAITING, OrderKind, OrderState
from desktop.domain.orders.sending.way_orders import is_called_back
from desktop.domain.orders.totals import stop_ends


class NextKind(StrEnum):
    """Kinds of advice, the most urgent first."""

    DECIDE = "decide"
    """Two values of one field stand against each other."""
    ODDS = "odds"
    """Orders that say something else than the case."""
    STOP = "stop"
    """Transfers nobody has stopped."""
    STOP_NEXT = "stop_next"
    """Accounts that the money went on to and nobody has stopped."""
    LATE_TASK = "late_task"
    OBJECTION = "objection"
    """Objections of account holders that wait for a decision, or for the release it asks for."""
    CARRY = "carry"
    """Orders that have not left this desk."""
    FREEZE = "freeze"
    """Stops that end and that no freeze takes over."""
    CHASE = "chase"
    """Orders nobody has answered."""
    CONFIRM = "confirm"
    """Orders one officer issued alone."""
    ASK = "ask"
    """Accounts that held less than was asked for, and nobody asked where the rest went."""
    REGISTER = "register"
    """The report is not in the official register."""
    TELL = "tell"
    """There is no story yet."""
    EVIDENCE = "evidence"
    """Nothing was fixed yet."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do, and of how many things."""

    kind: NextKind
    count: int = 1


def next_steps(file: CaseFile, now: datetime, merger: Merger = ALONE) -> tuple[NextStep, ...]:
    """What a case wants, in the order of urgency; ``merger``: how it stands among the reports of its event."""
    return tuple(NextStep(kind, count) for kind, count in _wanted(file, now, merger) if count)


def _wanted(file: CaseFile, now: datetime, merger: Merger) -> Iterator[tuple[NextKind, int]]:
    states = [view.state for view in file.orders]
    yield NextKind.DECIDE, len(file.conflicts)
    yield NextKind.ODDS, len(odd_orders(file.orders, file.transfers))
    yield NextKind.STOP, _unstopped(file, merger)
    yield NextKind.STOP_NEXT, sum(len(open_hops(view, file.orders)) for view in file.orders)
    yield NextKind.LATE_TASK, sum(1 for task in file.tasks if task.overdue(now))
    yield NextKind.OBJECTION, sum(map(partial(_waits, file, now), file.case.objections))
    yield NextKind.CARRY, states.count(OrderState.ISSUED)
    yield NextKind.FREEZE, _unfrozen(file, now)
    yield (
        NextKind.CHASE,
        sum(1 for state in states if state in WAITING and state is not OrderState.ISSUED),
    )
    yield NextKind.CONFIRM, sum(view.order.unconfirmed for view in file.orders)
    yield NextKind.ASK, _unasked(file)
    report = file.case.visit is Visit.REPORT
    yield NextKind.REGISTER, int(report and not file.case.official.registered)
    yield NextKind.TELL, int(not file.case.narrative and not file.supplements)
    yield NextKind.EVIDENCE, int(report and not file.evidence)


def _waits(file: CaseFile, now: datetime, objection: HolderObjection) -> bool:
    releases = releases_of(objection, file.orders, now)
    return objection.under_review or any(release.open for release in releases)


def _unstopped(file: CaseFile, merger: Merger) -> int:
    """Payments that nobody ordered to be stopped or frozen, or to be called back where that is all that their way
    leaves. A stop of where the money went on is none of the payment itself."""
    called_back = {f"transfer/{item.id}" for item in file.paid if is_called_back(item)}
    orders = [as_counted(view.order, merger.twice) for view in file.orders if counts(view)]
    stopped = {
        order.about
        for order in orders
        if order.kind in MEASURES or (order.kind is OrderKind.REVOKE and order.about in called_back)
    }
    return sum(
        f"transfer/{item.id}" not in stopped and item.id not in merger.twice for item in file.paid
    )


def _unfrozen(file: CaseFile, now: datetime) -> int:
    """Stops that still hold, of which no freeze is recorded or on its way."""
    frozen = {
        view.order.about for view in file.orders if view.order.kind in FREEZES and counts(view)
    }
    ends = stop_ends(view.order for view in file.orders)
    return sum(end > now and about not in frozen for about, end in ends.items())


def _unasked(file: CaseFile) -> int:
    """Payments whose stop or freeze caught less than it was about while nobody was told where the rest is: no next
    account in the reply, and no query of the transactions."""
    asked = {
        view.order.about
        for view in file.orders
        if view.order.kind is OrderKind.QUERY_DETAILS and counts(view)
    }
    short = {
        view.order.about
        for view in file.orders
        if view.order.kind in {*STOPS, *FREEZES} and _caught_less(view)
    }
    return len(short - asked)


def _caught_less(view: OrderView) -> bool:
    reply = view.order.reply
    if reply is None or view.state not in (OrderState.PARTIAL, OrderState.FAILED):
        return False
    return reply.amount_fen < view.order.amount_fen and not reply.hops
