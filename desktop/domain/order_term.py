"""How long what was ordered holds, by the rule pack."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop.domain.local_time import CHINA
from desktop.domain.order import Order, OrderKind
from desktop.domain.order_kinds import FREEZES, SPECS, STOPS
from desktop.domain.order_money import Freeze, MoneyTerms, Property
from desktop.domain.rules import RulePack


def measure_end(rules: RulePack, order: Order, starts: datetime) -> datetime | None:
    """When the measure lapses if nobody says otherwise, by the rules in force on the day it starts.

    None for kinds that hold nothing for a time.
    """
    if order.kind in STOPS:
        return starts + rules.duration("stop.validity", starts.astimezone(CHINA).date())
    terms = order.terms if isinstance(order.terms, MoneyTerms) else MoneyTerms()
    if order.kind in FREEZES:
        return _freeze_end(rules, order.kind, terms.freeze, starts)
    return terms.expires_at if SPECS[order.kind].holds else None


def _freeze_end(rules: RulePack, kind: OrderKind, freeze: Freeze, starts: datetime) -> datetime:
    """程序规定 Art. 243–245: six months for deposits, longer for securities and for major cases."""
    major = "_major" if freeze.major and freeze.property is Property.DEPOSIT else ""
    extension = "_extension" if kind is OrderKind.EXTEND_FREEZE else ""
    local = starts.astimezone(CHINA)
    rule = f"freeze.{freeze.property.value}{major}{extension}"
    return rules.end(rule, local, local.date()).astimezone(UTC)
