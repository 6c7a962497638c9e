"""Spans of time of the rule pack that the centre's screens need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.rules import RulePack


@dataclass(frozen=True, slots=True)
class DispatchLimits:
    """``golden``: in which a stop mostly succeeds; ``red``, ``amber``: clocks; ``rules``: how long a measure holds."""

    golden: timedelta
    red: timedelta
    amber: timedelta
    rules: RulePack


def dispatch_limits(rules: RulePack, now: datetime) -> DispatchLimits:
    """The spans in force at ``now``."""
    day = now.date()
    return DispatchLimits(
        golden=rules.duration("golden.window", day),
        red=rules.duration("clock.red", day),
        amber=rules.duration("clock.amber", day),
        rules=rules,
    )
