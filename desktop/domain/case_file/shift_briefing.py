"""What happened at a desk while an officer was away, and what ends in the shift that begins: by case, by urgency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.case_file.views import OrderView
from desktop.domain.ids import CaseId


class NewsKind(StrEnum):
    """What there is to know of a case, the most urgent first."""

    OVERDUE = "overdue"
    """A clock or promise that ran out meanwhile."""
    DUE = "due"
    """One that ends in this shift."""
    OFFERED = "offered"
    """Another desk offers the case."""
    UNCONFIRMED = "unconfirmed"
    """A colleague alone issued orders that wait for another officer's confirmation."""
    CONFLICT = "conflict"
    """Two desks said different things of it."""
    REPLIED = "replied"
    SERIES = "series"
    """The centre says that it belongs to others."""
    REGISTERED = "registered"
    ORDERED = "ordered"
    WORKED = "worked"
    """Anything else that was recorded about it."""


_RANKS: Mapping[NewsKind, int] = {kind: rank for rank, kind in enumerate(NewsKind)}


@dataclass(frozen=True, slots=True)
class Shift:
    """An officer's shift at a desk, as places of the desk's own stream: it began at ``came``, and ``left`` is the last
    thing the officer did before; 0 and None for who is here for the first time."""

    came: int
    came_at: datetime | None = None
    left: int = 0
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReceivedEntry:
    """An entry that came to this desk. ``case``: the one its subject belongs to, or that leads it; "" for none."""

    kind: str
    subject: str
    officer: str
    case: str
    own: bool
    """Written at this desk."""


@dataclass(frozen=True, slots=True)
class News:
    """One thing to know. ``clock``: name of a deadline; ``text``: of a task, or the letter of a desk; ``order``: what
    was replied to; ``count``: how many entries or conflicts it stands for."""

    kind: NewsKind
    at: datetime | None = None
    clock: str = ""
    text: str = ""
    count: int = 1
    order: OrderView | None = None


@dataclass(frozen=True, slots=True)
class CaseNews:
    """All there is to know of one case, the most urgent first. Amounts in fen."""

    case: CaseId
    number: str
    victim: str
    visit: str
    loss_fen: int
    news: tuple[News, ...]

    @property
    def ends_at(self) -> datetime | None:
        """When its first clock ended or will end."""
        return min((item.at for item in self.news if item.at is not None), default=None)


@dataclass(frozen=True, slots=True)
class ShiftBriefing:
    """``left_at``: when the officer was last here, None for the first time; ``until``: the end of the shift that is
    looked at. ``bundles`` taken in and ``refused``."""

    left_at: datetime | None
    until: datetime
    cases: tuple[CaseNews, ...]
    bundles: int = 0
    refused: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.cases or self.bundles or self.refused)

    def count(self, kind: NewsKind) -> int:
        """How many things of one kind there are."""
        return sum(item.count for case in self.cases for item in case.news if item.kind is kind)


def in_urgency(news: Iterable[News]) -> tuple[News, ...]:
    """What wants something done first in front, then by time."""
    return tuple(sorted(news, key=lambda item: (_RANKS[item.kind], _instant(item.at))))


def cases_in_urgency(cases: Iterable[CaseNews]) -> tuple[CaseNews, ...]:
    """By the most urgent thing of each, then by its time, the newest number in front."""
    newest = sorted(cases, key=lambda case: case.number, reverse=True)
    return tuple(
        sorted(newest, key=lambda case: (_RANKS[case.news[0].kind], _instant(case.ends_at)))
    )


def _instant(at: datetime | None) -> float:
    return at.timestamp() if at is not None else float("inf")
