"""Every clock of the station that asks something of somebody, and the alarms that are due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.case_file.clocks import ClockFacts, case_clocks, is_live, is_missed
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.alarms import Alarm, RunningClock, alarm_spans, due_alarms, next_alarm
from desktop.domain.law.deadlines import AtZero, article_of
from desktop.domain.law.rules import RulePack
from desktop.domain.progress import SILENT, Progress
from desktop.domain.time.clock import to_wire
from desktop.services.session import Session

_AT_ONCE: Final = 20
"""Cases between two questions whether to go on."""


@dataclass(frozen=True, slots=True)
class ClockWatch:
    """``new``: alarms raised just now, and never again. ``clocks``: as :func:`running_clocks` has them.
    ``next_at``: when to look again; None while nothing runs."""

    new: tuple[Alarm, ...]
    clocks: tuple[RunningClock, ...]
    next_at: datetime | None


class KnownClocks:
    """The clocks of every case, reckoned again only for those whose facts have changed."""

    def __init__(self) -> None:
        self._rules: RulePack | None = None
        self._reckoned = 0
        self._known: dict[CaseId, tuple[ClockFacts, tuple[RunningClock, ...]]] = {}

    def of(
        self, rules: RulePack, facts: ClockFacts, progress: Progress = SILENT
    ) -> tuple[RunningClock, ...]:
        """Those of one case, past and running; ``progress`` is asked where many had to be reckoned."""
        if rules is not self._rules:
            self._rules, self._known = rules, {}
        known = self._known.get(facts.case)
        if known is None or known[0] is not facts:
            if self._reckoned % _AT_ONCE == 0:
                progress.check()
            self._reckoned += 1
            known = self._known[facts.case] = (facts, tuple(_clocks(rules, facts)))
        return known[1]


def running_clocks(
    session: Session, progress: Progress = SILENT, known: KnownClocks | None = None
) -> tuple[RunningClock, ...]:
    """Clocks that run or are overdue, of every case, the first to end in front, the oldest case first where several
    end together. Of chances gone by, those are among them that were missed within the hour. Who asks again and again
    brings the clocks it ``known`` before."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        facts = reader.clock_facts(progress)
    return _live(session, facts, known or KnownClocks(), progress)


def watch_clocks(
    session: Session, progress: Progress = SILENT, known: KnownClocks | None = None
) -> ClockWatch:
    """Raise what is due. What was raised is remembered in the same transaction, so that no other look, no restart
    and no clock set back raises it again. Who looks again and again brings the clocks it ``known`` before."""
    session.require(Permission.READ_CASES)
    now = session.clock.now()
    spans = alarm_spans(session.rules, now)
    with session.store.read() as reader:
        clocks = _live(session, reader.clock_facts(progress), known or KnownClocks(), progress, now)
        raised = reader.raised_alarms()
    new: tuple[Alarm, ...] = ()
    if due_alarms(clocks, spans, now, raised):
        with session.store.write() as transaction:
            new = due_alarms(clocks, spans, now, transaction.raised_alarms())
            stages = {alarm.clock.key: int(alarm.stage) for alarm in new}
            transaction.keep_alarms(stages, to_wire(now))
    return ClockWatch(new, clocks, next_alarm(clocks, spans, now))


def _live(
    session: Session,
    facts: Sequence[ClockFacts],
    known: KnownClocks,
    progress: Progress,
    now: datetime | None = None,
) -> tuple[RunningClock, ...]:
    now = now or session.clock.now()
    found: list[RunningClock] = []
    for case_facts in facts:
        found += (
            clock
            for clock in known.of(session.rules, case_facts, progress)
            if is_live(clock.deadline, case_facts.state, now)
            or is_missed(clock.deadline, case_facts, now)
        )
    return tuple(sorted(found, key=_end))


def _end(item: RunningClock) -> float:
    """A plain number: twenty thousand of them are sorted in one go, and nothing else runs meanwhile."""
    return item.deadline.at.timestamp()


def _clocks(rules: RulePack, facts: ClockFacts) -> Iterator[RunningClock]:
    amounts = {f"order/{view.order.id}": view.order.amount_fen for view in facts.orders}
    amounts |= {f"transfer/{item.id}": item.gross_fen for item in facts.payments}
    for clock in case_clocks(rules, facts):
        yield RunningClock(
            clock, facts.case, facts.number, facts.victim, article_of(rules, clock),
            amounts.get(clock.subject, facts.lost_fen),
        )  # fmt: skip


def overdue(clocks: tuple[RunningClock, ...], now: datetime) -> int:
    """How many clocks have run out and still want something done."""
    return sum(
        1
        for clock in clocks
        if clock.deadline.at <= now and clock.deadline.at_zero is not AtZero.CHANCE
    )
