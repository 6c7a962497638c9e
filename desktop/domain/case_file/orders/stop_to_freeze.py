"""The 48-hour bridge: a stop holds for two days, and before they are over the case must be filed and the money frozen.

A stop lapses after 48 hours (银发〔2016〕86号 2.1.2); before 立案 police may not freeze (程序规定 Art. 174); the review
that leads to it may take days. Whoever sees the three on one line sees whether they will meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.case_file.orders.order_clocks import stop_end
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.law.deadlines import legal_day
from desktop.domain.law.rules import RulePack
from desktop.domain.orders.kinds import FREEZES, STOPS
from desktop.domain.orders.order import Order, ReplyResult


class WindowStage(StrEnum):
    """How far the bridge reaches."""

    FILING = "filing"
    """The case is not filed yet."""
    FREEZING = "freezing"
    """Filed; the freeze is not in force yet."""
    CLOSED = "closed"
    """The freeze took over from the stop."""
    OPEN = "open"
    """The stop lapsed and nothing had taken over."""


@dataclass(frozen=True, slots=True)
class StopToFreezeWindow:
    """One payment's bridge.

    ``file_by``: by when to file and send the freeze, the margin before ``ends_at``. ``renewed_at``: when a second stop
    began, which moved the end. ``frozen_at``: the bank's start of the freeze.
    """

    about: str
    stopped_at: datetime
    file_by: datetime
    ends_at: datetime
    filed_at: datetime | None = None
    frozen_at: datetime | None = None
    renewed_at: datetime | None = None

    def stage_at(self, now: datetime) -> WindowStage:
        """Where it stands at ``now``."""
        if self.frozen_at is not None:
            return WindowStage.CLOSED
        if now >= self.ends_at:
            return WindowStage.OPEN
        return WindowStage.FILING if self.filed_at is None else WindowStage.FREEZING

    def share(self, instant: datetime) -> float:
        """Where an instant lies between stop and end, 0 to 1."""
        return min(max((instant - self.stopped_at) / (self.ends_at - self.stopped_at), 0.0), 1.0)


def stop_to_freeze_windows(
    rules: RulePack, orders: Sequence[Order], steps: Iterable[ProcedureStep]
) -> tuple[StopToFreezeWindow, ...]:
    """The bridge of every payment that was stopped, the one that ends first in front."""
    filed = [step.at for step in steps if step.kind is StepKind.FILED and not step.withdrawn]
    found = []
    for about in dict.fromkeys(order.about for order in orders if order.kind in STOPS):
        made = _window(rules, [order for order in orders if order.about == about], filed)
        if made is not None:
            found.append(made)
    return tuple(sorted(found, key=lambda item: (item.ends_at, item.about)))


def _window(
    rules: RulePack, orders: Sequence[Order], filed: Sequence[datetime]
) -> StopToFreezeWindow | None:
    stops = [end for end in (stop_end(rules, order) for order in orders) if end is not None]
    if not stops:
        return None
    first = min(stops, key=lambda end: end.started_at)
    last = max(stops, key=lambda end: end.at)
    frozen = [
        order.reply.starts_at or order.reply.replied_at
        for order in orders
        if order.kind in FREEZES
        and order.reply is not None
        and order.reply.result is not ReplyResult.FAILED
    ]
    margin = rules.duration("freeze.margin", legal_day(last.started_at))
    if last.at <= first.started_at:
        return None  # a reply whose end lies before its start bridges nothing
    return StopToFreezeWindow(
        about=orders[0].about,
        stopped_at=first.started_at,
        file_by=max(last.at - margin, first.started_at),
        ends_at=last.at,
        filed_at=min(filed, default=None),
        frozen_at=min(frozen, default=None),
        renewed_at=last.started_at if last is not first else None,
    )
