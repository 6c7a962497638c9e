"""Spans of time of the rule pack that the centre's screens need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.law.deadlines import legal_day
from desktop.domain.law.rules import RulePack
from desktop.ui.shared.orders.order_clock import ClockLimits, limits_on


@dataclass(frozen=True, slots=True)
class DispatchLimits:
    """``clocks``: when they turn red or amber; ``rules``: how long a measure holds."""

    clocks: ClockLimits
    rules: RulePack


def dispatch_limits(rules: RulePack, now: datetime) -> DispatchLimits:
    """The spans in force at ``now``."""
    return DispatchLimits(limits_on(rules, legal_day(now)), rules)
