"""Spans of time of the rule pack that the centre's screens need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.rules import RulePack


@dataclass(frozen=True, slots=True)
class DispatchLimits:
    """``golden``: in which a stop mostly succeeds. ``stop``: how long a stop holds. ``red``, ``amber``: clocks."""

    golden: timedelta
    stop: timedelta
    red: timedelta
    amber: timedelta


def dispatch_limits(rules: RulePack, now: datetime) -> DispatchLimits:
    """The spans in force at ``now``."""
    day = now.date()
    return DispatchLimits(
        golden=rules.duration("golden.window", day),
        stop=rules.duration("stop.validity", day),
        red=rules.duration("clock.red", day),
        amber=rules.duration("clock.amber", day),
    )
