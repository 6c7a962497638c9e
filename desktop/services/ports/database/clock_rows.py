"""What is kept of clocks that were reckoned, and what lists ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from desktop.domain.case_file.views import OrderView
from desktop.domain.ids import CaseId
from desktop.domain.law.alarms import RunningClock
from desktop.domain.orders.flow import OrderFlow
from desktop.services.ports.database.order_lists import OrderFinding


@dataclass(frozen=True, slots=True)
class ReckonedOrder:
    """An order as the list sorts and counts it. ``key``, ``issued_at``, ``waits`` and ``amount_fen``: as they stand in
    its :class:`~desktop.domain.law.urgency.Pressing`.

    ``chance`` or ``duty``: the end of its own clock; ``lapses``: nothing is told of that duty once it is over.
    ``onward``: the end of the golden window of where its money went on. ``took``: from taking the report to the order.
    ``file_by``: by when to file and freeze, told by the first of several orders about the same. ``stopped_at``,
    ``stopped_fen``: when a bank said that it holds how much, or ``called_back`` how much. ``found_by``: by what it is
    chosen in a list.
    """

    order: str
    case: CaseId
    flow: OrderFlow
    key: str
    amount_fen: int
    issued_at: datetime
    waits: bool
    found_by: OrderFinding
    chance: datetime | None = None
    duty: datetime | None = None
    lapses: bool = False
    onward: datetime | None = None
    took: timedelta | None = None
    file_by: datetime | None = None
    unconfirmed: bool = False
    stopped_at: datetime | None = None
    stopped_fen: int = 0
    called_back: bool = False


@dataclass(frozen=True, slots=True)
class ReckonedClock:
    """A clock of a case that leads. ``position``: its place among those of the case; ``until``: up to when it is told
    of, None for good; ``announced``: when an alarm before its end is due."""

    clock: RunningClock
    position: int
    until: datetime | None
    announced: datetime | None


@dataclass(frozen=True, slots=True)
class ClockEnds:
    """``late``: how many clocks ran out and want something done; ``coming``: when the next run out, ascending.
    ``next_change``: when any of that, an alarm or what presses is another by itself."""

    late: int
    coming: tuple[datetime, ...]
    next_change: datetime | None


@dataclass(frozen=True, slots=True)
class OrderCounts:
    """Counted over all orders. ``by_flow``: how many there are.

    ``unreceived``: sent to the centre, which has not said that it has them; ``unsent``: not exported yet;
    ``unconfirmed``: by one officer alone. ``broken``: payments whose stop lapsed, or is about to within the margin,
    before a freeze took over. ``median``: how long the first order of a case took, of those issued lately;
    ``median_of``: of how many of the newest, where there may be more than were looked at.
    ``next_change``: when the list comes into another order by itself."""

    by_flow: Mapping[OrderFlow, int]
    due_soon: int
    unreceived: int
    unsent: int
    unconfirmed: int
    stopped_today_fen: int
    stopped_today: int
    broken: int
    median: timedelta | None
    next_change: datetime | None
    median_of: int | None = None


NOTHING_COUNTED: Final = OrderCounts({}, 0, 0, 0, 0, 0, 0, 0, None, None)


@dataclass(frozen=True, slots=True)
class CountedSpans:
    """Of which times :class:`OrderCounts` counts. ``soon``: until when a clock is due soon; ``today``: a day's first
    instant and the next day's; ``lately``: since when first orders count."""

    now: datetime
    soon: datetime
    today: tuple[datetime, datetime]
    lately: datetime


@dataclass(frozen=True, slots=True)
class ClocksOver:
    """Clocks that ran out and still want something done: how many, the ``newest`` of them, the last to run out in
    front, and the ``oldest``, None where there is none."""

    count: int
    newest: tuple[RunningClock, ...]
    oldest: RunningClock | None


class ClockQueries(Protocol):
    """Lists by the clocks reckoned on a ``basis``. Who asks first sees to it that no case waits to be reckoned."""

    def live_clocks(self, basis: int, now: datetime) -> tuple[RunningClock, ...]:
        """Every clock that wants somebody at ``now``, the first to end in front, then the oldest case."""
        ...

    def clocks_ending(
        self, basis: int, now: datetime, until: datetime, left: datetime | None = None
    ) -> tuple[RunningClock, ...]:
        """Those of :meth:`live_clocks` that end up to ``until``; of duties only what ended or ends after ``left``."""
        ...

    def clocks_named(
        self, basis: int, name: str, now: datetime, until: datetime, most: int
    ) -> tuple[RunningClock, ...]:
        """The duties of this name that end after ``now`` and up to ``until``, the first ``most`` of them."""
        ...

    def clocks_over(self, basis: int, now: datetime, until: datetime, most: int) -> ClocksOver:
        """Of duties what ran out up to ``until`` and is not done at ``now``; ``most`` of them are told one by one."""
        ...

    def unconfirmed_orders(self, basis: int) -> tuple[OrderView, ...]:
        """Orders that one officer alone issued and nobody confirmed, newest first."""
        ...

    def pressing_clocks(self, basis: int, now: datetime, most: int) -> tuple[RunningClock, ...]:
        """The most urgent of them."""
        ...

    def is_alarm_due(self, basis: int, now: datetime) -> bool:
        """Whether alarms are to be raised, or were by other rules and are to be passed over."""
        ...

    def due_alarms(self, basis: int, now: datetime, most: int) -> tuple[RunningClock, ...]:
        """Clocks of which an alarm is due that nobody raised; of very many the newest."""
        ...

    def clock_ends(self, basis: int, now: datetime, until: datetime) -> ClockEnds:
        """What ran out, and what runs out up to ``until``."""
        ...

    def order_counts(self, basis: int, spans: CountedSpans) -> OrderCounts:
        """What is counted over all orders."""
        ...
