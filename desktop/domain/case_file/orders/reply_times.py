"""How fast institutions answer what the centre sent them: by receiver, from sending to answer, and who lets wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch
from desktop.domain.orders.order import WAITING

FEWEST: Final = 3
"""Fewer answers than these have no median: one quick clerk would speak for a bank."""


@dataclass(frozen=True, slots=True)
class ReplyTimes:
    """Of one receiver. ``answered``: how many orders it answered; ``took``: the median time to it, None for fewer than
    :data:`FEWEST`; ``open``: how many wait; ``slowest``: for how long the oldest of them, None for none; ``late``:
    whether one should have been answered by now."""

    receiver: str
    answered: int
    took: timedelta | None
    open: int
    slowest: timedelta | None
    late: bool


@dataclass(slots=True)
class _Times:
    took: list[timedelta] = field(default_factory=list)
    waits: list[timedelta] = field(default_factory=list)
    late: bool = False


def reply_times(
    batches: Iterable[DispatchBatch], since: datetime, now: datetime
) -> tuple[ReplyTimes, ...]:
    """Of every receiver of these batches: what was answered of those made after ``since``, and all that waits; who is
    late first, then who lets wait longest, then by name."""
    found: dict[str, _Times] = {}
    for batch in batches:
        times = found.setdefault(batch.receiver, _Times())
        for view in batch.orders:
            reply = view.order.reply
            if view.state in WAITING:
                times.waits.append(now - batch.made_at)
                times.late = times.late or batch.due_at <= now
            elif reply is not None and batch.made_at >= since:
                times.took.append(max(reply.replied_at - batch.made_at, timedelta()))
    listed = (_of(name, times) for name, times in found.items() if times.took or times.waits)
    return tuple(sorted(listed, key=_place))


def _of(name: str, times: _Times) -> ReplyTimes:
    seconds = [one.total_seconds() for one in times.took]
    middle = timedelta(seconds=median(seconds)) if len(seconds) >= FEWEST else None
    slowest = max(times.waits, default=None)
    return ReplyTimes(name, len(seconds), middle, len(times.waits), slowest, times.late)


def _place(times: ReplyTimes) -> tuple[bool, timedelta, str]:
    return not times.late, -(times.slowest or timedelta()), times.receiver
