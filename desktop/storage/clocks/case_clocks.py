"""The clocks of every case as rows: those that want somebody at an instant, the most pressing of them, and alarms.

A clock is told of ``until`` an instant that was reckoned with it: a chance until it is over, or was missed for an hour
while its money may still move; the end of a stop in a closed case for a day longer; anything else for good. ``due`` is
when it wants its next alarm, by what was raised before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.engine import Connection

from desktop.domain.case_file.orders.order_clocks import ONWARD
from desktop.domain.ids import CaseId
from desktop.domain.law.alarms import AlarmStage, RunningClock
from desktop.domain.law.deadlines import AtZero, Deadline
from desktop.domain.law.urgency import MISSED_FOR
from desktop.services.ports.database.clock_rows import ClockEnds, ClocksOver, ReckonedClock
from desktop.storage.clocks.row_counts import RowCounts, change_counts, taken
from desktop.storage.columns import bounded, columns_of
from desktop.storage.database.statements import add, run, run_among
from desktop.storage.reckoned_tables import case_clock
from desktop.storage.reckoning.bases import is_over
from desktop.storage.reckoning.milliseconds import (
    FAR,
    instant,
    instants,
    milliseconds,
    or_far,
    or_long_ago,
)

_COLUMNS: Final = columns_of(case_clock)
_COUNTED: Final = ("chance", "at", "until")
_PLACES: Final = tuple(_COLUMNS.index(name) for name in _COUNTED)
_OF_CASES: Final = "DELETE FROM case_clock WHERE basis = ? AND case_id AMONG ?"
_RAISED: Final = "SELECT clock, stage FROM alarm WHERE clock AMONG ?"
_SHOWN: Final = (
    "SELECT k.case_id, k.name, k.at, k.rule, k.started, k.subject, k.certain, k.idle, k.article, k.less_fen, "
    "c.number, c.victim FROM {clocks} k JOIN case_card c ON c.case_id = k.case_id "
)
_READ: Final = _SHOWN.format(clocks="case_clock")
_BY_END: Final = "ORDER BY k.at, c.accepted_at, k.case_id, k.position"
_LIVE: Final = f"{_READ} WHERE k.basis = ? AND k.until > ? {_BY_END}"
_ENDING_OF: Final = (
    "SELECT case_id, name, at, rule, started, subject, certain, idle, article, less_fen, position "
    "FROM case_clock WHERE basis = ? AND chance = {chance} AND at > ? AND at <= ? AND until + 0 > ?"
)
_ENDING: Final = (
    _SHOWN.format(clocks=f"({_ENDING_OF.format(chance=1)} UNION ALL {_ENDING_OF.format(chance=0)})")
    + _BY_END
)
_NAMED: Final = (
    f"{_READ} WHERE k.basis = ? AND k.chance = 0 AND k.at > ? AND k.at <= ? AND k.until + 0 > ? AND k.name = ? "
    f"{_BY_END} LIMIT ?"
)
_OVER: Final = (
    f"{_READ} WHERE k.basis = ? AND k.chance = 0 AND k.at <= ? AND k.until + 0 > ? ORDER BY k.at"
)
_NEWEST_OVER: Final = f"{_OVER} DESC LIMIT ?"
_OLDEST_OVER: Final = f"{_OVER} LIMIT 1"
_OF_CARDS: Final = (
    f"{_READ} WHERE k.basis = ? AND {{which}} AND k.case_id AMONG ? ORDER BY k.position"
)
_FIRST: Final = (
    "SELECT k.case_id, k.name, k.at, k.rule, k.started, k.subject, k.certain, k.idle, k.article, k.less_fen, "
    "c.number, c.victim FROM (SELECT basis, case_id, min(position) AS position FROM case_clock WHERE basis = ? "
    "AND chance + 0 = 0 AND until + 0 > ? AND name NOT IN ('stop_end', 'masked', 'entry') AND case_id AMONG ? "
    "GROUP BY basis, case_id) f CROSS JOIN case_clock k JOIN case_card c ON c.case_id = k.case_id "
    "WHERE k.basis = f.basis AND k.case_id = f.case_id AND k.position = f.position"
)
"""Not the clock a card counts to; the one that is a task too; and the one a case not yet in the official register shows
by itself. Of a chance, which nobody is late with, no card tells."""
_ONWARD: Final = _OF_CARDS.format(which=f"k.until + 0 > ? AND k.name = '{ONWARD}'")
"""Found by the cases, not by the time: an index of all clocks is longer."""
_DUE: Final = (
    f"{_READ} LEFT JOIN alarm a ON a.clock = k.key WHERE k.basis = ? AND k.due <= ? AND k.until + 0 > ? "
    "AND coalesce(a.stage, 0) < CASE WHEN k.at <= ? THEN 2 ELSE 1 END ORDER BY k.due DESC, k.key LIMIT ?"
)
"""By other rules, too, an alarm may have been raised."""
_IS_DUE: Final = "SELECT 1 FROM case_clock WHERE basis = ? AND due <= ? AND until + 0 > ? LIMIT 1"
"""Few are due, and nearly all are told of for good: ``until`` would lead past all of them."""
_PRESSING: Final = (
    text(
        f"{_READ} WHERE k.basis = :basis AND k.chance = 1 AND k.at > :now ORDER BY k.at, k.less_fen, k.key LIMIT :most"
    ),
    text(
        f"{_READ} WHERE k.basis = :basis AND k.chance IN (0, 1) AND k.at > :missed AND k.at <= :now "
        "AND k.until + 0 > :now ORDER BY k.less_fen, k.at DESC, k.key LIMIT :most"
    ),
    text(
        f"{_READ} WHERE k.basis = :basis AND k.chance = 0 AND k.at > :now AND k.until + 0 > :now "
        "ORDER BY k.at, k.less_fen, k.key LIMIT :most"
    ),
    text(
        f"{_READ} WHERE k.basis = :basis AND k.chance = 0 AND k.at <= :missed AND k.until + 0 > :now "
        "ORDER BY k.at DESC, k.less_fen, k.key LIMIT :most"
    ),
)
"""The groups of what is pressing, the most urgent first. By their ends: nearly all are told of for good, so ``until``
must not lead to them."""
_DUTIES: Final = "duties"
"""Duties that are told of for good, by the span of days in which they end."""
_SPAN_BITS: Final = 30
"""Of milliseconds: twelve days."""
_PAST: Final = (
    "SELECT coalesce(sum(amount), 0) FROM row_count WHERE basis = ? AND counted = ? AND one < ?"
)
_LATE: Final = text(
    "SELECT (SELECT count(*) FROM case_clock WHERE basis = :basis AND chance = 0 AND at >= :first AND at <= :end "  # noqa: S608 - own names
    f"AND until + 0 = {FAR}) "
    "+ (SELECT count(*) FROM case_clock WHERE basis = :basis AND chance + 0 = 0 AND at + 0 <= :end AND until > :now "
    f"AND until < {FAR})"
)
"""Of the span that ``end`` lies in, and of the few that are told of for a time."""
_COMING: Final = (
    "SELECT at FROM case_clock WHERE basis = ? AND chance = 0 AND at > ? AND at <= ? AND until > at "
    "ORDER BY at"
)
"""What is told of no more when it ends makes nobody late."""
_CHANGES: Final = (
    "SELECT min(at) FROM case_clock WHERE basis = ? AND chance = 0 AND at > ? AND until > at",
    "SELECT min(at) FROM case_clock WHERE basis = ? AND chance = 1 AND at > ?",
    "SELECT min(until) FROM case_clock WHERE basis = ? AND until > ?",
    "SELECT min(announced) FROM case_clock WHERE basis = ? AND announced > ?",
)
_RAISE: Final = (
    "INSERT INTO alarm (clock, stage, raised_at) SELECT key, max(CASE WHEN at <= ? THEN 2 ELSE 1 END), ? "
    "FROM case_clock WHERE basis = ? AND due <= ? AND until + 0 > ? GROUP BY key ON CONFLICT (clock) "
    "DO UPDATE SET stage = excluded.stage, raised_at = excluded.raised_at WHERE excluded.stage > alarm.stage"
)
"""Two reports may tell of one clock, and a server takes each alarm once in a statement."""
_MOVE_ON: Final = (
    "UPDATE case_clock SET due = CASE WHEN at <= ? THEN ? ELSE at END "
    "WHERE basis = ? AND due <= ? AND until + 0 > ?"
)


def keep_clocks(
    connection: Connection,
    basis: int,
    cases: Collection[str],
    clocks: Iterable[ReckonedClock],
    now: datetime,
) -> None:
    """Put ``clocks`` in the place of all that is kept of these cases, but those that are long over."""
    lasting = [item for item in clocks if not is_over(item.until, now)]
    raised = {
        row[0]: int(row[1])
        for row in run_among(connection, _RAISED, [item.clock.key for item in lasting])
    }
    rows = [(basis, *_row(item, raised.get(item.clock.key, 0))) for item in lasting]
    gone = taken(connection, _OF_CASES, cases, basis, _COUNTED)
    add(connection, case_clock.name, _COLUMNS, rows)
    came = ([row[place] for place in _PLACES] for row in rows)
    change_counts(connection, basis, _counts(gone), _counts(came))


def _counts(rows: Iterable[Sequence[int]]) -> RowCounts:
    return Counter(
        (_DUTIES, _span(at), "") for chance, at, until in rows if not chance and until == FAR
    )


def _span(at: int) -> str:
    """The span that an instant lies in; as texts in the order of time."""
    return f"{(at >> _SPAN_BITS) + (1 << 23):08}"


def _late(connection: Connection, basis: int, end: int, now: int) -> int:
    """How many duties ended up to ``end`` and are still told of at ``now``."""
    past = int(run(connection, _PAST, (basis, _DUTIES, _span(end))).scalar_one())
    named = {"basis": basis, "first": end >> _SPAN_BITS << _SPAN_BITS, "end": end, "now": now}
    return past + int(connection.execute(_LATE, named).scalar_one())


def _row(item: ReckonedClock, raised: int) -> tuple[Any, ...]:
    clock, deadline = item.clock, item.clock.deadline
    at, chance = milliseconds(deadline.at), deadline.at_zero is AtZero.CHANCE
    announced = FAR if chance else or_far(item.announced)
    dues: Mapping[int, int] = {0: min(announced, at), AlarmStage.AHEAD: at}
    return (
        clock.case, item.position, deadline.name, deadline.subject, deadline.rule, clock.article,
        int(deadline.certain), at, milliseconds(deadline.started_at), -bounded(clock.amount_fen), clock.key,
        int(chance), or_far(item.until),
        FAR if chance else dues.get(raised, FAR), -FAR if announced == FAR else announced,
        or_far(deadline.idle_from),
    )  # fmt: skip


def live_clocks(connection: Connection, basis: int, now: datetime) -> tuple[RunningClock, ...]:
    """All that want somebody at ``now``, the first to end in front."""
    return tuple(map(_clock, run(connection, _LIVE, (basis, milliseconds(now)))))


def clocks_ending(
    connection: Connection, basis: int, now: datetime, until: datetime, left: datetime | None
) -> tuple[RunningClock, ...]:
    """See :meth:`desktop.services.ports.database.clock_rows.ClockQueries.clocks_ending`."""
    at, end = milliseconds(now), milliseconds(until)
    given = (basis, milliseconds(now - MISSED_FOR), end, at, basis, or_long_ago(left), end, at)
    return tuple(map(_clock, run(connection, _ENDING, given)))


def clocks_named(
    connection: Connection, basis: int, name: str, now: datetime, until: datetime, most: int
) -> tuple[RunningClock, ...]:
    """See :meth:`desktop.services.ports.database.clock_rows.ClockQueries.clocks_named`."""
    at = milliseconds(now)
    given = (basis, at, milliseconds(until), at, name, most)
    return tuple(map(_clock, run(connection, _NAMED, given)))


def clocks_over(
    connection: Connection, basis: int, now: datetime, until: datetime, most: int
) -> ClocksOver:
    """See :meth:`desktop.services.ports.database.clock_rows.ClockQueries.clocks_over`."""
    given = (basis, milliseconds(until), milliseconds(now))
    newest = tuple(map(_clock, run(connection, _NEWEST_OVER, (*given, most))))
    oldest = run(connection, _OLDEST_OVER, given).first()
    count = _late(connection, basis, milliseconds(until), milliseconds(now))
    return ClocksOver(count, newest, _clock(oldest) if oldest is not None else None)


def first_clocks(
    connection: Connection, basis: int, cases: Collection[str], now: datetime
) -> tuple[RunningClock, ...]:
    """Of each of these cases the first clock that no card tells of otherwise."""
    named = (basis, milliseconds(now))
    return tuple(map(_clock, run_among(connection, _FIRST, cases, named)))


def onward_clocks(
    connection: Connection, basis: int, cases: Collection[str], now: datetime
) -> tuple[RunningClock, ...]:
    """The golden windows of where the money of these cases went on, the first to end in front."""
    named = (basis, milliseconds(now))
    return tuple(map(_clock, run_among(connection, _ONWARD, cases, named)))


def pressing_clocks(
    connection: Connection, basis: int, now: datetime, most: int
) -> tuple[RunningClock, ...]:
    """The most urgent of them."""
    found: list[RunningClock] = []
    for question in _PRESSING:
        if len(found) < most:
            named = {**instants(now), "basis": basis, "most": most - len(found)}
            found += map(_clock, connection.execute(question, named))
    return tuple(found)


def due_alarms(
    connection: Connection, basis: int, now: datetime, most: int
) -> tuple[RunningClock, ...]:
    """Clocks whose alarm nobody has raised yet, the newest at most."""
    at = milliseconds(now)
    return tuple(map(_clock, run(connection, _DUE, (basis, at, at, at, most))))


def is_alarm_due(connection: Connection, basis: int, now: datetime) -> bool:
    """Whether :func:`raise_alarms` has anything to do."""
    at = milliseconds(now)
    return run(connection, _IS_DUE, (basis, at, at)).first() is not None


def raise_alarms(connection: Connection, basis: int, now: datetime, raised_at: str) -> None:
    """Every alarm that is due is raised from now on."""
    at = milliseconds(now)
    run(connection, _RAISE, (at, raised_at, basis, at, at))
    run(connection, _MOVE_ON, (at, FAR, basis, at, at))


def clock_ends(connection: Connection, basis: int, now: datetime, until: datetime) -> ClockEnds:
    """What ran out and wants something done, and what runs out next."""
    at = milliseconds(now)
    late = _late(connection, basis, at, at)
    coming = run(connection, _COMING, (basis, at, milliseconds(until))).scalars()
    changes = [run(connection, question, (basis, at)).scalar() for question in _CHANGES]
    following = [int(end) for end in changes if end is not None and end < FAR]
    return ClockEnds(
        late,
        tuple(instant(end) for end in coming),
        instant(min(following)) if following else None,
    )


def _clock(row: Sequence[Any]) -> RunningClock:
    case, name, at, rule, started, subject, certain, idle, article, less, number, victim = row
    idle_from = instant(idle) if idle < FAR else None
    deadline = Deadline(
        name, instant(at), rule, instant(started), subject, bool(certain), idle_from
    )
    return RunningClock(deadline, CaseId(case), number, victim, article, -less)
