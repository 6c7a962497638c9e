"""The numbers of the search for patterns, from the rules of the day."""

from __future__ import annotations

from datetime import date

from desktop.domain.flow.patterns import PatternLimits
from desktop.domain.law.rules import RulePack, Unit


def pattern_limits(rules: RulePack, on: date) -> PatternLimits:
    """What counts as a fan, as fast and as a cycle on a day."""
    return PatternLimits(
        fan_least=rules.value("tracing.fan_least", on, Unit.ITEMS),
        ordinary_least=rules.value("tracing.ordinary_least", on, Unit.ITEMS),
        fast_seconds=int(rules.duration("tracing.fast_window", on).total_seconds()),
        fast_percent=rules.value("tracing.fast_share", on, Unit.PERCENT),
        cycle_longest=rules.value("tracing.cycle_longest", on, Unit.ITEMS),
        cycle_percent=rules.value("tracing.cycle_share", on, Unit.PERCENT),
        cycle_seconds=int(rules.duration("tracing.cycle_window", on).total_seconds()),
    )
