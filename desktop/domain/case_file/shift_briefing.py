"""What happened at a desk while an officer was away, and what ends in the shift that begins: by case, by urgency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.case_file.task_terms import Responsible
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.case_holder import CaseHolder
from desktop.domain.ids import CaseId
from desktop.domain.law.urgency import Pressing, Urgency


class NewsKind(StrEnum):
    """What there is to know of a case; of what presses alike, in this order."""

    MISSED = "missed"
    """A chance that ended within the hour: the money may still be moving."""
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


_WAITING: Final = frozenset({NewsKind.OFFERED, NewsKind.UNCONFIRMED, NewsKind.CONFLICT})
"""What waits for an officer of this desk though no clock runs."""
_RANKS: Final[Mapping[NewsKind, int]] = {kind: rank for rank, kind in enumerate(NewsKind)}


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
class BriefedCase:
    """What is shown of a case that leads, in few words. Amounts in fen."""

    id: CaseId
    number: str
    victim: str
    visit: str
    loss_fen: int
    accepted_at: datetime
    conflicts: int = 0
    holder: CaseHolder | None = None


@dataclass(frozen=True, slots=True)
class News:
    """One thing to know. ``at``: when its clock ends, with which nobody is late where it is a ``chance``; ``clock``:
    the name of a deadline; ``text``: of a task, or the letter of a desk; ``order``: what was replied to; ``count``:
    how many entries or conflicts it stands for; ``responsible``: who has to see to a task of the centre by now."""

    kind: NewsKind
    at: datetime | None = None
    clock: str = ""
    text: str = ""
    count: int = 1
    order: OrderView | None = None
    chance: bool = False
    responsible: Responsible | None = None


@dataclass(frozen=True, slots=True)
class CaseNews:
    """All there is to know of one case, the most urgent first. Amounts in fen."""

    case: CaseId
    number: str
    victim: str
    visit: str
    loss_fen: int
    accepted_at: datetime
    news: tuple[News, ...]

    @property
    def clock(self) -> News | None:
        """What its most urgent clock runs for."""
        return next((item for item in self.news if item.at is not None), None)

    def pressing(self, item: News) -> Pressing:
        """One thing of it among what wants somebody."""
        return Pressing(
            self.case,
            self.accepted_at,
            chance=item.at if item.chance else None,
            duty=None if item.chance else item.at,
            waits=item.kind in _WAITING,
            amount_fen=self.loss_fen,
        )

    def urgency(self, now: datetime) -> Urgency:
        """The place of the case at ``now``: that of its most urgent thing."""
        return self.pressing(self.news[0]).urgency(now)

    def in_urgency(self, now: datetime) -> CaseNews:
        """The same with what wants somebody first in front."""

        def place(item: News) -> tuple[Urgency, int]:
            return self.pressing(item).urgency(now), _RANKS[item.kind]

        return replace(self, news=tuple(sorted(self.news, key=place)))


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

    def next_change(self, now: datetime) -> datetime | None:
        """When something in it comes into another group of urgency by itself."""
        pressing = (case.pressing(item) for case in self.cases for item in case.news)
        return min((at for item in pressing for at in item.changes() if at > now), default=None)


def cases_in_urgency(cases: Iterable[CaseNews], now: datetime) -> tuple[CaseNews, ...]:
    """As everywhere: what can still be saved first. Each by its most urgent thing."""
    ordered = (case.in_urgency(now) for case in cases)
    return tuple(sorted(ordered, key=lambda case: case.urgency(now)))
