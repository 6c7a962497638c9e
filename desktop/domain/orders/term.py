"""How long what was ordered holds, by the rule pack."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop.domain.law.deadlines import term_end
from desktop.domain.law.rules import RulePack
from desktop.domain.orders.kinds import FREEZES, SPECS, STOPS
from desktop.domain.orders.money import MoneyTerms, Property
from desktop.domain.orders.order import Order, OrderKind


def measure_end(rules: RulePack, order: Order, starts: datetime) -> datetime | None:
    """When the measure lapses if nobody says otherwise, by the rules in force on the day it starts.

    None for kinds that hold nothing for a time.
    """
    if order.kind in {*STOPS, *FREEZES}:
        return term_end(rules, term_rule(order), starts.astimezone(UTC))
    return _terms(order).expires_at if SPECS[order.kind].holds else None


def usual_period(rules: RulePack, order: Order, now: datetime) -> tuple[datetime, datetime]:
    """From now for as long as what was ordered holds."""
    start = now.replace(microsecond=0)
    return start, measure_end(rules, order, start) or start


def term_rule(order: Order) -> str:
    """The rule for the term of a stop, a freeze or its extension.

    程序规定 Art. 243–245: six months for deposits, longer for securities and for major cases.
    """
    if order.kind in STOPS:
        return "stop.validity"
    freeze = _terms(order).freeze
    major = "_major" if freeze.major and freeze.property is Property.DEPOSIT else ""
    extension = "_extension" if order.kind is OrderKind.EXTEND_FREEZE else ""
    return f"freeze.{freeze.property.value}{major}{extension}"


def _terms(order: Order) -> MoneyTerms:
    return order.terms if isinstance(order.terms, MoneyTerms) else MoneyTerms()
