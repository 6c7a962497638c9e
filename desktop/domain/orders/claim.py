"""Who has an order, a case or a dispatch batch in hand, where several people of a centre work on the same lists.

A claim is working material of the centre's database and no fact: it says who is at it, forbids nobody to record what a
bank answered, and never travels. It is heard of while the program of whoever holds it runs. One that is not heard of
any more is *stale*; nothing is released by itself, since whoever sat there may hold the telephone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.time.clock import to_wire

HEARD_EVERY: Final = timedelta(seconds=15)
"""How often a program says that whoever is signed in is still there."""
STALE_AFTER: Final = 3 * HEARD_EVERY
"""Without a word for so long the claim is stale."""


class ClaimState(StrEnum):
    """What a claim is to whoever looks at it."""

    MINE = "mine"
    LIVE = "live"
    STALE = "stale"


class WorkKind(StrEnum):
    """What a claim is about, by what stands before its first ``/``; an order stands by its id alone."""

    ORDER = ""
    CASE = "case"
    """A case, or a call that is no case yet."""
    BATCH = "pack"
    SEAT = "seat"
    """That somebody is signed in is a claim on the own seat."""


@dataclass(frozen=True, slots=True)
class WorkClaim:
    """``about``: the id of an order, or a key of a case, a batch or a seat. ``since``: wire time. ``silent``: for how
    long nothing was heard of whoever holds it. ``former``: from whom it was taken or by whom it was handed over, "" for
    nobody; ``reason``: why, "" where none was asked for."""

    about: str
    officer: str
    name: str
    since: str
    silent: timedelta
    former: str = ""
    reason: str = ""

    @property
    def is_seat(self) -> bool:
        """Whether it only says that somebody is signed in."""
        return kind_of_work(self.about) is WorkKind.SEAT

    def state(self, officer: str) -> ClaimState:
        """What it is to this officer."""
        if self.officer == officer:
            return ClaimState.MINE
        return ClaimState.STALE if self.silent >= STALE_AFTER else ClaimState.LIVE

    def needs_reason(self, officer: str) -> bool:
        """Whether this officer may take it over with a reason alone."""
        return self.state(officer) is ClaimState.LIVE


def kind_of_work(about: str) -> WorkKind:
    """What a claim on ``about`` is a claim on."""
    kind, slash, _ = about.partition("/")
    known = {one.value for one in WorkKind}
    return WorkKind(kind) if slash and kind in known else WorkKind.ORDER


def seat_of(officer: str) -> str:
    """What a claim of somebody on the own seat is about."""
    return f"{WorkKind.SEAT}/{officer}"


def work_of_case(case: str) -> str:
    """What a claim on a case is about, or on a call."""
    return f"{WorkKind.CASE}/{case}"


def work_of_batch(number: str, made_at: datetime) -> str:
    """What a claim on a dispatch batch is about; numbers come again with the next year."""
    return f"{WorkKind.BATCH}/{to_wire(made_at)}/{number}"


def batch_number_in(about: str) -> str:
    """The number of the batch that a claim is about."""
    return about.partition("/")[2].partition("/")[2]
