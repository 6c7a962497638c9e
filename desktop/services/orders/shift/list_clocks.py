"""Every clock of the station that asks something of somebody, and the alarms that are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from desktop.domain.installation.officer import Permission
from desktop.domain.law.alarms import Alarm, RunningClock, alarm_spans, due_alarms
from desktop.domain.progress import SILENT, Progress
from desktop.services.orders.reckon import reckon
from desktop.services.session import Session

_TOLD: Final = 200
"""Alarms that are told at once; of a longer absence the newest, and all are raised."""
_WATCHED: Final = timedelta(hours=48)
"""How far ahead the ends of clocks are counted one by one."""
_PRESSING: Final = 12


@dataclass(frozen=True, slots=True)
class ClockWatch:
    """``new``: alarms raised just now, and never again. ``pressing``: the most urgent clocks. ``late``: how many ran
    out and want something done, ``ends``: when others run out, in the two days ahead. ``next_at``: when to look again;
    None while nothing runs."""

    new: tuple[Alarm, ...]
    pressing: tuple[RunningClock, ...]
    late: int
    ends: tuple[datetime, ...]
    next_at: datetime | None


def running_clocks(session: Session, progress: Progress = SILENT) -> tuple[RunningClock, ...]:
    """Clocks that run or are overdue, of every case, the first to end in front, the oldest case first where several
    end together. Of chances gone by, those are among them that were missed within the hour."""
    session.require(Permission.READ_CASES)
    basis = reckon(session, progress)
    with session.store.read() as reader:
        return reader.live_clocks(basis, session.clock.now())


def watch_clocks(session: Session, progress: Progress = SILENT) -> ClockWatch:
    """Raise what is due. What was raised is remembered in the same transaction, so that no other look, no restart
    and no clock set back raises it again."""
    session.require(Permission.READ_CASES)
    basis = reckon(session, progress)
    now = session.clock.now()
    with session.store.read() as reader:
        due = reader.is_alarm_due(basis, now)
        ends = reader.clock_ends(basis, now, now + _WATCHED)
        pressing = reader.pressing_clocks(basis, now, _PRESSING)
    new: tuple[Alarm, ...] = ()
    if due:
        with session.store.write() as transaction:
            found = transaction.due_alarms(basis, now, _TOLD)  # another look may have raised them
            transaction.raise_alarms(basis, now)
        new = due_alarms(found, alarm_spans(session.rules, now), now)
    return ClockWatch(new, pressing, ends.late, ends.coming, ends.next_change)
