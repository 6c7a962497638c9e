"""Which tier of the law an amount reaches: guidance with its article and day, never a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.law.rules import LegalRule, RuleLookupError, RulePack, Unit


class Tier(StrEnum):
    """数额较大, 数额巨大, 数额特别巨大; below all of them the public order law."""

    ADMINISTRATIVE = "administrative"
    LARGE = "large"
    HUGE = "huge"
    ESPECIALLY_HUGE = "especially_huge"


@dataclass(frozen=True, slots=True)
class TierLine:
    """``rule`` is the threshold reached, or below all of them the fine of the public order law; ``next_rule`` the
    threshold above, None at the top. ``near``: the amount is so close below it that grave circumstances may lift it;
    so the law of telecom fraud has it, for 数额巨大 and 数额特别巨大 alone.
    """

    tier: Tier
    amount_fen: int
    rule: LegalRule
    next_rule: LegalRule | None = None
    near: bool = False


_STEPS: Final = (Tier.LARGE, Tier.HUGE, Tier.ESPECIALLY_HUGE)
FRAUD: Final = "fraud"
"""Telecom and online fraud: one threshold for the whole country."""
_OFFENCES: Final = {"extortion": "extortion", "theft": "theft"}
"""Branch of the law → the beginning of its rules; everything else is counted as telecom fraud."""


def offence_of(flags: tuple[str, ...], prefix: str) -> str:
    """The offence whose thresholds count, by the branches an officer marked; ``prefix`` begins their flags."""
    found = (_OFFENCES[name] for name in _OFFENCES if prefix + name in flags)
    return next(found, FRAUD)


def tier_line(
    rules: RulePack, amount_fen: int, on: date, *, offence: str = FRAUD, province: str = ""
) -> TierLine | None:
    """The tier of an amount on a day; None for nothing, or where no rule speaks of the offence.

    ``province``: the first two digits of the unit's code, whose own thresholds go before the country's.
    """
    steps = [found for tier in _STEPS if (found := _rule(rules, offence, tier, on, province))]
    if amount_fen <= 0 or len(steps) != len(_STEPS):
        return None
    reached = [place for place, rule in enumerate(steps) if amount_fen >= rule.value]
    if reached:
        tier, rule = _STEPS[reached[-1]], steps[reached[-1]]
    else:
        tier, rule = Tier.ADMINISTRATIVE, rules.rule("public_order.fine", on)
    above = steps[len(reached)] if len(reached) < len(steps) else None
    near = False
    if reached and above is not None and offence == FRAUD:
        near = amount_fen * 100 >= above.value * rules.value("fraud.near", on, Unit.PERCENT)
    return TierLine(tier, amount_fen, rule, above, near)


def _rule(rules: RulePack, offence: str, tier: Tier, on: date, province: str) -> LegalRule | None:
    """A province's own threshold, else the country's, else the lowest a province may set."""
    own = f"{offence}.{tier}_{province}" if province else ""
    for name in (own, f"{offence}.{tier}", f"{offence}.{tier}_low"):
        try:
            return rules.rule(name, on)
        except RuleLookupError:
            continue
    return None
