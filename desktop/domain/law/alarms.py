"""Alarms: once before a clock runs out, once when it has. Pure; what was raised is remembered elsewhere.

Nothing here counts ticks. From the clocks, the instant and what was raised before follows what is raised now, so a
machine that slept over a deadline, was restarted, or whose clock was set forth or back raises each alarm once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from desktop.domain.ids import CaseId
from desktop.domain.law.deadlines import AtZero, Deadline, legal_day
from desktop.domain.law.rules import RulePack
from desktop.domain.law.urgency import Pressing, pressing_of
from desktop.domain.time.clock import to_wire


class AlarmStage(IntEnum):
    """How far a clock is; it only rises."""

    AHEAD = 1
    """Soon over: there is time to act."""
    OVER = 2
    """Run out."""


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A clock that asks something of somebody, with its case's words and the article it comes from; ``amount_fen``: of
    what it hangs on."""

    deadline: Deadline
    case: CaseId
    case_number: str
    victim: str
    article: str = ""
    amount_fen: int = 0

    @property
    def key(self) -> str:
        """The same clock is known again by it; a clock whose end moved is another one."""
        clock = self.deadline
        return f"{self.case}/{clock.name}/{clock.subject}/{to_wire(clock.at)}"

    @property
    def pressing(self) -> Pressing:
        """The clock among what wants somebody."""
        return pressing_of(self.deadline, self.key, self.amount_fen)


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is raised, and how far the clock was."""

    clock: RunningClock
    stage: AlarmStage


@dataclass(frozen=True, slots=True)
class AlarmSpans:
    """How long before its end a clock is announced. Clocks longer than ``long_from`` get ``ahead_long``, those that are
    no longer than ``ahead`` get ``ahead_short``."""

    ahead_short: timedelta
    ahead: timedelta
    ahead_long: timedelta
    long_from: timedelta


def alarm_spans(rules: RulePack, now: datetime) -> AlarmSpans:
    """The spans of the rule pack."""
    day = legal_day(now)
    return AlarmSpans(
        rules.duration("alarm.ahead_short", day),
        rules.duration("alarm.ahead", day),
        rules.duration("alarm.ahead_long", day),
        rules.duration("alarm.long", day),
    )


def announced_at(clock: Deadline, spans: AlarmSpans) -> datetime | None:
    """When the alarm before the end is due; None for a clock too short to be announced."""
    length = clock.at - clock.started_at
    ahead = spans.ahead_long if length > spans.long_from else spans.ahead
    if length <= ahead:
        ahead = spans.ahead_short
    return clock.at - ahead if ahead < length else None


def stage_of(clock: Deadline, spans: AlarmSpans, now: datetime) -> AlarmStage | None:
    """How far a clock is at ``now``; None while nobody need be told. A chance gone by is no alarm."""
    if clock.at_zero is AtZero.CHANCE:
        return None
    if clock.at <= now:
        return AlarmStage.OVER
    announced = announced_at(clock, spans)
    return AlarmStage.AHEAD if announced is not None and announced <= now else None


def due_alarms(
    clocks: Iterable[RunningClock], spans: AlarmSpans, now: datetime
) -> tuple[Alarm, ...]:
    """The alarms of clocks of which one is due, what ran out first in front. Whoever slept over both stages is told the
    last."""
    staged = ((clock, stage_of(clock.deadline, spans, now)) for clock in clocks)
    found = (Alarm(clock, stage) for clock, stage in staged if stage is not None)
    return tuple(sorted(found, key=lambda alarm: (alarm.clock.deadline.at, alarm.clock.key)))
