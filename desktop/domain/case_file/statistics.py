"""What a period brought: reports, losses, what was stopped, frozen and given back, and how quick we were. Pure.

Every number is counted from recorded facts; medians and the time that nine of ten cases kept leave out cases in which
the step never came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.orders.kinds import FREEZES, STOPS
from desktop.domain.orders.order import Order, ReplyResult


class GroupBy(StrEnum):
    """What the rows of a table stand for."""

    TYPE = "type"
    UNIT = "unit"
    DAY = "day"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Pace:
    """``to_order``: from taking the report to the first order; ``to_stop``: from that order to the first stop that was
    carried out, whether or not it was ended since; ``to_freeze``: from that stop to the first freeze. None where the
    step never came."""

    to_order: timedelta | None = None
    to_stop: timedelta | None = None
    to_freeze: timedelta | None = None


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """One case, or the part of it that left by one ``channel``: empty for what nobody said how it left. Sums in fen."""

    case: str
    accepted_at: datetime
    unit: str
    type: str
    channel: str = ""
    loss_fen: int = 0
    stopped_fen: int = 0
    frozen_fen: int = 0
    returned_fen: int = 0
    pace: Pace = Pace()
    alone: int = 0
    unconfirmed: int = 0
    """Orders that one officer alone issued, and of these those that no second confirmed yet."""
    objections: int = 0
    undecided: int = 0
    upheld: int = 0
    """Objections of account holders that were not taken back; of these those nobody decided yet, and those upheld as a
    whole or in part. Of the parts of a case by channel, none: an objection is against measures, not ways."""


@dataclass(frozen=True, slots=True)
class ReckonedFigures:
    """A case as a whole and by the ways its money left, as it is from ``since`` until before ``until``."""

    whole: CaseFigures
    parts: tuple[CaseFigures, ...]
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Several cases together. ``share``: how much of the loss was stopped, 0 to 1; None without a loss. ``pace``: the
    medians; ``slow``: what nine of ten cases did not exceed (90th percentile by nearest rank)."""

    reports: int = 0
    loss_fen: int = 0
    stopped_fen: int = 0
    frozen_fen: int = 0
    returned_fen: int = 0
    pace: Pace = Pace()
    slow: Pace = Pace()
    alone: int = 0
    unconfirmed: int = 0
    objections: int = 0
    undecided: int = 0
    upheld: int = 0

    @property
    def share(self) -> float | None:
        """Of the loss."""
        return self.stopped_fen / self.loss_fen if self.loss_fen else None


def pace_of(orders: Sequence[Order], accepted_at: datetime) -> Pace:
    """The three times of a case."""
    issued = min((order.issued_at for order in orders), default=None)
    stopped = _first(orders, STOPS)
    frozen = _first(orders, FREEZES)
    return Pace(_between(accepted_at, issued), _between(issued, stopped), _between(stopped, frozen))


def _first(orders: Iterable[Order], kinds: Iterable[object]) -> datetime | None:
    wanted = set(kinds)
    began = [
        order.reply.starts_at or order.reply.replied_at
        for order in orders
        if order.kind in wanted
        and order.reply is not None
        and order.reply.result is not ReplyResult.FAILED
    ]
    return min(began, default=None)


def _between(start: datetime | None, end: datetime | None) -> timedelta | None:
    if start is None or end is None:
        return None
    return max(end - start, timedelta(0))
