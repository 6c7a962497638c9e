"""Every clock of the station that asks something of somebody, and the alarms that are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.alarms import Alarm, RunningClock, alarm_spans, due_alarms, next_alarm
from desktop.domain.case_clocks import ClockFacts, case_clocks, is_live
from desktop.domain.clock import to_wire
from desktop.domain.deadlines import AtZero, article_of
from desktop.domain.officer import Permission
from desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class ClockWatch:
    """``new``: alarms raised just now, and never again. ``clocks``: every live clock, the first to end in front.
    ``next_at``: when to look again; None while nothing runs."""

    new: tuple[Alarm, ...]
    clocks: tuple[RunningClock, ...]
    next_at: datetime | None


def running_clocks(desk: Desk) -> tuple[RunningClock, ...]:
    """Clocks that run or are overdue, of every case, the first to end in front. Chances gone by are left out."""
    desk.require(Permission.READ_CASES)
    with desk.store.read() as reader:
        facts = reader.clock_facts()
    return _live(desk, facts, desk.clock.now())


def watch_clocks(desk: Desk) -> ClockWatch:
    """Raise what is due. What was raised is remembered in the same transaction, so that no other look, no restart
    and no clock set back raises it again."""
    desk.require(Permission.READ_CASES)
    now = desk.clock.now()
    spans = alarm_spans(desk.rules, now)
    with desk.store.read() as reader:
        clocks = _live(desk, reader.clock_facts(), now)
        known = reader.raised_alarms()
    new: tuple[Alarm, ...] = ()
    if due_alarms(clocks, spans, now, known):
        with desk.store.write() as transaction:
            new = due_alarms(clocks, spans, now, transaction.raised_alarms())
            stages = {alarm.clock.key: int(alarm.stage) for alarm in new}
            transaction.keep_alarms(stages, to_wire(now))
    return ClockWatch(new, clocks, next_alarm(clocks, spans, now))


def _live(desk: Desk, facts: tuple[ClockFacts, ...], now: datetime) -> tuple[RunningClock, ...]:
    found = [
        RunningClock(clock, told.case, told.number, told.victim, article_of(desk.rules, clock))
        for told in facts
        for clock in case_clocks(desk.rules, told)
        if is_live(clock, told.state, now)
    ]
    return tuple(sorted(found, key=lambda item: (item.deadline.at, item.key)))


def overdue(clocks: tuple[RunningClock, ...], now: datetime) -> int:
    """How many clocks have run out and still want something done."""
    return sum(
        1
        for clock in clocks
        if clock.deadline.at <= now and clock.deadline.at_zero is not AtZero.CHANCE
    )
