"""All clocks of a case, from its recorded facts alone: transfers, orders and replies, procedural steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from desktop.domain.case_file.orders.objection_release import objection_clocks
from desktop.domain.case_file.orders.order_clocks import order_clocks
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.cases.holder_objection import HolderObjection
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.step import ProcedureStep
from desktop.domain.cases.tasks.task import TaskSource
from desktop.domain.ids import CaseId, TransferId
from desktop.domain.law.deadlines import (
    AtZero,
    Deadline,
    entry_duty,
    golden,
    legal_day,
    masked_reminder,
    revocable,
)
from desktop.domain.law.rules import RulePack
from desktop.domain.law.step_clocks import acceptance_review, filing_decision, step_clocks
from desktop.domain.law.urgency import MISSED_FOR
from desktop.domain.orders.kinds import FREEZES, STOPS
from desktop.domain.orders.later_approval import own_approval_clock
from desktop.domain.orders.order import RAN, WAITING, OrderKind

_TOLD_OF_CLOSED: Final = timedelta(days=1)
"""[own] For how long it is told of a closed case that a stop lapsed; of every other until something holds the money."""
_TO_BE_DECIDED: Final = frozenset({Visit.REPORT, Visit.TIP})
"""Who only asked, or was warned, accuses nobody."""
_OPEN: Final = frozenset({CaseState.NEW, CaseState.STOPPING})
"""States in which money may still be moving."""
_OUTLIVE: Final = frozenset(
    {
        "stop_end", "freeze_end", "data_freeze", "unfreeze", "return_seized", "bank_return", "review_apply",
        "review_answer", "second_apply", "second_answer", "non_filing", "evidence_hold", "objection",
        "objection_release",
    }
)  # fmt: skip
"""Clocks that run on after a case is closed."""


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What the clocks of a case are counted from, and where its money is. ``registered``: the official register knows
    the report; ``transfers``: those whose money may still move, ``payments``: all of them; ``asked``: subjects an
    officer took a task on for. ``lost_fen``: what the victim paid in all, ``returned_fen``: what came back of no single
    payment, in fen. ``twice``: payments that an earlier one of the merged reports tells → as which."""

    case: CaseId
    number: str
    victim: str
    visit: Visit
    state: CaseState
    accepted_at: datetime
    registered: bool
    transfers: tuple[Transfer, ...] = ()
    orders: tuple[OrderView, ...] = ()
    steps: tuple[ProcedureStep, ...] = ()
    asked: frozenset[str] = frozenset()
    lost_fen: int = 0
    twice: Mapping[TransferId, TransferId] = field(default_factory=dict)
    payments: tuple[Transfer, ...] = ()
    returned_fen: int = 0
    objections: tuple[HolderObjection, ...] = ()


def facts_of(
    file: CaseFile, twice: Mapping[TransferId, TransferId] = MappingProxyType({})
) -> ClockFacts:
    """The clock facts of a case that was read whole; ``twice`` as its merger has it."""
    case = file.case
    asked = frozenset(task.about for task in file.tasks if task.source == TaskSource.MASKED_NUMBER)
    return ClockFacts(
        case.id, case.number, case.victim.name, case.visit, case.state, case.accepted_at,
        case.official.registered, file.transfers, file.orders, file.steps, asked,
        sum(transfer.gross_fen for transfer in file.transfers), twice, file.transfers, case.returned_fen,
        case.objections,
    )  # fmt: skip


def case_clocks(rules: RulePack, facts: ClockFacts, *, centre: str = "") -> tuple[Deadline, ...]:
    """The clocks of a case, earliest end first. One that ended by an act is gone; one that ran out stays, as past
    where it was a chance and as overdue where it was a duty. ``centre``: the unit, where these are its clocks."""
    if facts.state is CaseState.CLOSED and not (facts.steps or facts.orders):
        return ()
    found = [*_report_clocks(rules, facts), *_transfer_clocks(rules, facts)]
    found += [*_masked(rules, facts), *step_clocks(rules, facts.steps)]
    found += order_clocks(rules, facts.orders, facts.steps)
    approvals = (own_approval_clock(rules, view.order, centre) for view in facts.orders)
    found += filter(None, approvals)
    found += objection_clocks(rules, facts.objections, facts.orders)
    if facts.state is CaseState.CLOSED:
        found = [clock for clock in found if clock.name in _OUTLIVE]
    return tuple(sorted(found, key=lambda clock: (clock.at, clock.name, clock.subject)))


def is_live(clock: Deadline, state: CaseState, now: datetime) -> bool:
    """Whether the clock asks something of somebody: it runs, or it ran out and is overdue."""
    if clock.idle_from is not None and clock.idle_from <= now:
        return False
    if clock.at > now:
        return True
    if clock.at_zero is AtZero.CHANCE:
        return False
    closed = clock.name == "stop_end" and state is CaseState.CLOSED
    return not closed or clock.at > now - _TOLD_OF_CLOSED


def live_until(clock: Deadline, facts: ClockFacts) -> datetime | None:
    """Up to when a clock is told of; None for good. A chance is so for an hour after it was missed, while its money may
    still be moving: banks often still find it."""
    if clock.at_zero is AtZero.CHANCE:
        return clock.at + MISSED_FOR if may_still_move(facts) else clock.at
    if clock.name == "stop_end" and facts.state is CaseState.CLOSED:
        return clock.at + _TOLD_OF_CLOSED
    return clock.idle_from


def may_still_move(facts: ClockFacts) -> bool:
    """Whether some of the money may still be moving: nothing holds it, or somebody has yet to answer."""
    orders = facts.orders
    held = any(v.order.kind in {*STOPS, *FREEZES} and v.order.in_force for v in orders)
    awaited = any(view.state in WAITING for view in orders)
    return facts.state in _OPEN and (awaited or not held)


def _report_clocks(rules: RulePack, facts: ClockFacts) -> Iterator[Deadline]:
    accepted = facts.accepted_at
    if facts.visit is Visit.REPORT:
        small = 0 < facts.lost_fen < rules.fen("fraud.large", legal_day(accepted))
        if not facts.registered:
            yield entry_duty(rules, accepted)
        review = acceptance_review(rules, accepted, facts.steps, small=small)
        if review is not None:
            yield review
    if facts.visit in _TO_BE_DECIDED:
        filing = filing_decision(rules, accepted, facts.steps)
        if filing is not None:
            yield filing


def _transfer_clocks(rules: RulePack, facts: ClockFacts) -> Iterator[Deadline]:
    left = [transfer for transfer in facts.transfers if not transfer.attempted]
    times = [transfer.time for transfer in left if transfer.time]
    if times:
        yield golden(rules, max(times))
    first_of = {f"transfer/{again}": f"transfer/{of}" for again, of in facts.twice.items()}
    called_back = {
        first_of.get(view.order.about, view.order.about)
        for view in facts.orders
        if view.order.kind is OrderKind.REVOKE and view.state in RAN
    }
    for transfer in left:
        if transfer.id in facts.twice:
            continue
        clock = revocable(rules, transfer)
        if clock is not None and clock.subject not in called_back:
            yield clock


def _masked(rules: RulePack, facts: ClockFacts) -> Iterator[Deadline]:
    """One reminder however many numbers are masked; none for those somebody is already after."""
    for transfer in facts.transfers:
        if transfer.attempted or f"transfer/{transfer.id}" in facts.asked:
            continue
        clock = masked_reminder(rules, transfer, facts.accepted_at)
        if clock is not None:
            yield clock
            return
