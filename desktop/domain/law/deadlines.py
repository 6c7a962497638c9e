"""Legal and practical clocks as absolute instants, from the rule pack; "left" is always computed from now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from desktop.domain.cases.payments.transfer import Arrival, Channel, Transfer
from desktop.domain.cases.payments.way import WayKind
from desktop.domain.law.rules import RuleLookupError, RulePack
from desktop.domain.time.local_time import CHINA


class AtZero(StrEnum):
    """What it means that a clock has run out."""

    CHANCE = "chance"
    """The chance is gone; nobody has missed anything."""
    LAPSE = "lapse"
    """A measure or a right ends by itself: an account opens again, a right of review is lost."""
    DUTY = "duty"
    """Somebody should have acted by now: overdue."""
    CHASE = "chase"
    """Somebody else should have answered by now: ask."""


AT_ZERO: Final = MappingProxyType(
    {
        "golden": AtZero.CHANCE,
        "onward": AtZero.CHANCE,
        "revoke": AtZero.CHANCE,
        "recall": AtZero.CHANCE,
        "entry": AtZero.DUTY,
        "masked": AtZero.CHASE,
        "stop_end": AtZero.LAPSE,
        "file_and_freeze": AtZero.DUTY,
        "filing": AtZero.DUTY,
        "acceptance": AtZero.DUTY,
        "jurisdiction": AtZero.DUTY,
        "non_filing": AtZero.DUTY,
        "review_apply": AtZero.LAPSE,
        "review_answer": AtZero.CHASE,
        "second_apply": AtZero.LAPSE,
        "second_answer": AtZero.CHASE,
        "freeze_end": AtZero.LAPSE,
        "unfreeze": AtZero.DUTY,
        "return_seized": AtZero.DUTY,
        "data_freeze": AtZero.LAPSE,
        "public_order": AtZero.DUTY,
        "bank_return": AtZero.CHASE,
        "reply_by": AtZero.CHASE,
        "shutdown": AtZero.CHASE,
        "approval": AtZero.DUTY,
        "evidence_hold": AtZero.LAPSE,
        "evidence_check": AtZero.DUTY,
        "objection": AtZero.DUTY,
        "objection_release": AtZero.DUTY,
    }
)
"""Every clock there is; the names are catalogue keys under ``deadlines``."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock.

    ``name`` is one of :data:`AT_ZERO`, ``rule`` the id of the rule it comes from, "" where an order itself names the
    time. ``subject``: what it hangs on, such as ``order/<id>``, "" for the case as a whole. ``certain`` is False when
    the end rests on holidays that were not announced yet. ``idle_from``: when there is nothing left to do about it,
    done or not, where that is known ahead.
    """

    name: str
    at: datetime
    rule: str
    started_at: datetime
    subject: str = ""
    certain: bool = True
    idle_from: datetime | None = None

    @property
    def at_zero(self) -> AtZero:
        """What it means when it has run out."""
        return AT_ZERO[self.name]

    def is_gone(self, now: datetime) -> bool:
        """Whether it was a chance that nobody can take any more; nobody has missed anything."""
        return self.at_zero is AtZero.CHANCE and self.at <= now


def counted(rules: RulePack, name: str, rule: str, start: datetime, subject: str = "") -> Deadline:
    """The clock ``name``, begun at ``start``, as long as ``rule`` says on that day."""
    end = term_end(rules, rule, start)
    certain = rules.certain(rule, end.astimezone(CHINA), legal_day(start))
    return Deadline(name, end, rule, start, subject, certain)


def term_end(rules: RulePack, rule: str, start: datetime) -> datetime:
    """The end of a term of any unit that was begun at ``start``, as the rule says on that day."""
    here = start.astimezone(CHINA)
    return rules.end(rule, here, here.date()).astimezone(start.tzinfo)


def term_end_if_ruled(rules: RulePack, rule: str, start: datetime) -> datetime | None:
    """:func:`term_end`; None where a data package of before does not have the rule yet."""
    try:
        return term_end(rules, rule, start)
    except RuleLookupError:
        return None


def article_of(rules: RulePack, deadline: Deadline) -> str:
    """The article a clock comes from; "" where an order itself names the time."""
    if not deadline.rule:
        return ""
    return rules.rule(deadline.rule, legal_day(deadline.started_at)).article


def legal_day(instant: datetime) -> date:
    """The day in China's legal time."""
    return instant.astimezone(CHINA).date()


def golden(rules: RulePack, transfer_time: datetime) -> Deadline:
    """黄金30分钟: from the transfer; afterwards the chance of a stop falls quickly."""
    return counted(rules, "golden", "golden.window", transfer_time)


_RECALLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        WayKind.CROSS_BORDER: "recall.cross_border",
        WayKind.COIN: "recall.coin",
        WayKind.CASH: "recall.cash",
        WayKind.VOUCHER: "recall.voucher",
    }
)
"""PaymentWay → the rule that says how long there is hope."""


def revocable(rules: RulePack, transfer: Transfer) -> Deadline | None:
    """Until when the payer's bank can still cancel a transfer that was not real-time (银发〔2016〕261号); from a cash
    machine to another name the bank waits a day, unless it was said that the money arrived at once. Of another way than
    a bank's: until when whoever holds it may well call it back."""
    if transfer.time is None:
        return None
    subject = f"transfer/{transfer.id}"
    recall = _RECALLS.get(transfer.way.kind)
    if recall is not None:
        return counted(rules, "recall", recall, transfer.time, subject)
    if transfer.arrival is Arrival.TWO_HOURS:
        return counted(rules, "revoke", "revoke.two_hours", transfer.time, subject)
    if transfer.arrival is Arrival.NEXT_DAY:
        return counted(rules, "revoke", "revoke.next_day", transfer.time, subject)
    to_another = transfer.payee.name != transfer.payer.name or not transfer.payee.name
    if transfer.channel is Channel.ATM and transfer.arrival is None and to_another:
        return counted(rules, "revoke", "revoke.atm", transfer.time, subject)
    return None


def masked_reminder(rules: RulePack, transfer: Transfer, accepted_at: datetime) -> Deadline | None:
    """By when to ask again for the whole number of a payee whose account is masked and no order number stops."""
    if "*" not in transfer.payee.number or transfer.order_number:
        return None
    return counted(rules, "masked", "task.masked_number", accepted_at)


def entry_duty(rules: RulePack, accepted_at: datetime) -> Deadline:
    """接警录入: the first-tier account must be in the platform within this time of acceptance."""
    return counted(rules, "entry", "entry.duty", accepted_at)
