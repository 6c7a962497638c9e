"""What happened in a case and what is still to come, in the order of time: transfers, orders, replies, procedure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.case_file.views import CaseFile
from desktop.domain.evidence.item import Evidence
from desktop.domain.law.deadlines import Deadline

_SITTING: Final = timedelta(minutes=10)
"""Evidence added with smaller pauses than this was added in one go and is told as one event."""

_GOLDEN, _BRIDGE = "golden", "bridge"
_BANDS: Final = {"golden": _GOLDEN, "stop_end": _BRIDGE, "freeze_end": "freeze"}
"""Deadline → the band it spans. 48 小时桥: from the stop's start to its end the freeze has to be there."""


class TimelineLane(StrEnum):
    """转账 / 指令 / 回执 / 程序."""

    MONEY = "money"
    ORDERS = "orders"
    REPLIES = "replies"
    PROCEDURE = "procedure"


class EventKind(StrEnum):
    """What an event is; tells where Enter leads."""

    TRANSFER = "transfer"
    ORDER = "order"
    REPLY = "reply"
    ACCEPTED = "accepted"
    STEP = "step"
    EVIDENCE = "evidence"
    DEADLINE = "deadline"


_LANES: Final = {
    EventKind.TRANSFER: TimelineLane.MONEY,
    EventKind.ORDER: TimelineLane.ORDERS,
    EventKind.REPLY: TimelineLane.REPLIES,
}


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One mark on the axis. ``about``: the id of the transfer, order, step or first item of evidence, or the name of
    the deadline; ``count``: how many items of evidence; ``rule``: where a deadline comes from."""

    kind: EventKind
    about: str
    at: datetime
    count: int = 1
    rule: str = ""

    @property
    def key(self) -> str:
        """By which an event is known again after the case was read anew."""
        return f"{self.kind.value}/{self.about}/{self.rule}"

    @property
    def lane(self) -> TimelineLane:
        """The lane it stands in."""
        return _LANES.get(self.kind, TimelineLane.PROCEDURE)


@dataclass(frozen=True, slots=True)
class Band:
    """A span of time that matters: ``golden``, ``bridge`` (the 48 hours from stop to freeze) or ``freeze``."""

    name: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Timeline:
    """``undated``: transfers whose time is not known and which stand nowhere on the axis."""

    events: tuple[TimelineEvent, ...]
    bands: tuple[Band, ...]
    undated: int = 0


def timeline_of(file: CaseFile, deadlines: Sequence[Deadline]) -> Timeline:
    """Everything of a case that has a time, earliest first."""
    events = sorted(_events(file, deadlines), key=lambda item: (item.at, item.lane, item.key))
    return Timeline(
        tuple(events),
        bands_of(deadlines),
        sum(1 for transfer in file.transfers if transfer.time is None),
    )


def _events(file: CaseFile, deadlines: Sequence[Deadline]) -> Iterator[TimelineEvent]:
    for transfer in file.transfers:
        if transfer.time is not None:
            yield TimelineEvent(EventKind.TRANSFER, transfer.id, transfer.time)
    for view in file.orders:
        order = view.order
        yield TimelineEvent(EventKind.ORDER, order.id, order.issued_at)
        if order.reply is not None:
            yield TimelineEvent(EventKind.REPLY, order.id, order.reply.replied_at)
    yield TimelineEvent(EventKind.ACCEPTED, file.case.id, file.case.accepted_at)
    for step in file.steps:
        if not step.withdrawn:
            yield TimelineEvent(EventKind.STEP, step.id, step.at)
    yield from _sittings(file.evidence)
    marks = map(_end, (item for item in deadlines if item.name != _GOLDEN))
    yield from {
        mark.key: mark for mark in marks
    }.values()  # two stops of one second end as one mark


def _end(deadline: Deadline) -> TimelineEvent:
    rule = f"{deadline.rule}@{deadline.at.timestamp():.0f}"
    return TimelineEvent(EventKind.DEADLINE, deadline.name, deadline.at, rule=rule)


def _sittings(evidence: Iterable[Evidence]) -> Iterator[TimelineEvent]:
    """A phone's five thousand pictures are one event, not five thousand."""
    some: list[Evidence] = []
    for item in sorted(evidence, key=lambda item: (item.added_at, item.id)):
        if some and item.added_at - some[-1].added_at > _SITTING:
            yield _sitting(some)
            some = []
        some.append(item)
    if some:
        yield _sitting(some)


def _sitting(some: list[Evidence]) -> TimelineEvent:
    return TimelineEvent(EventKind.EVIDENCE, some[0].id, some[0].added_at, len(some))


def bands_of(deadlines: Iterable[Deadline]) -> tuple[Band, ...]:
    """The spans behind the events; those of one name that overlap are one, as a second stop holds the first on."""
    spans: dict[str, list[tuple[datetime, datetime]]] = {}
    for item in deadlines:
        name = _BANDS.get(item.name)
        if name is not None and item.at > item.started_at:
            spans.setdefault(name, []).append((item.started_at, item.at))
    return tuple(
        Band(name, start, end) for name in sorted(spans) for start, end in _joined(spans[name])
    )


def _joined(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
