"""The clocks of a desk as the domain has them, case by case: what is kept as rows must come to the same."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.case_file.clocks import ClockFacts, case_clocks, is_live, may_still_move
from desktop.domain.law.alarms import RunningClock
from desktop.domain.law.deadlines import AtZero, Deadline, article_of
from desktop.domain.law.urgency import MISSED_FOR
from desktop.services.session import Session


def wants_somebody(clock: Deadline, facts: ClockFacts, now: datetime) -> bool:
    """It runs, is overdue, or is a chance that was missed within the hour while its money may still be moving."""
    missed = clock.at_zero is AtZero.CHANCE and now - MISSED_FOR < clock.at <= now
    return is_live(clock, facts.state, now) or (missed and may_still_move(facts))


def clocks_by_case(session: Session, now: datetime) -> tuple[RunningClock, ...]:
    """Of every case, the first to end in front, the oldest case first where several end together."""
    with session.store.read() as reader:
        every = reader.clock_facts()
    found = []
    for facts in every:
        amounts = {f"order/{view.order.id}": view.order.amount_fen for view in facts.orders}
        amounts |= {f"transfer/{item.id}": item.gross_fen for item in facts.payments}
        found += [
            RunningClock(
                clock, facts.case, facts.number, facts.victim, article_of(session.rules, clock),
                amounts.get(clock.subject, facts.lost_fen),
            )
            for clock in case_clocks(session.rules, facts)
            if wants_somebody(clock, facts, now)
        ]  # fmt: skip
    return tuple(sorted(found, key=lambda item: item.deadline.at.timestamp()))
