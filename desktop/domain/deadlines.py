"""Legal and practical clocks as absolute instants, from the rule pack; "left" is always computed from now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.local_time import CHINA
from desktop.domain.order import Order, OrderKind, ReplyResult
from desktop.domain.rules import RulePack
from desktop.domain.transfer import Arrival, Transfer


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock. ``name`` is a catalogue key under ``deadlines``, ``rule`` the id of the rule it comes from."""

    name: str
    at: datetime
    rule: str
    started_at: datetime


_STOPS = frozenset({OrderKind.STOP, OrderKind.SECOND_STOP})


def _clock(rules: RulePack, name: str, rule: str, start: datetime) -> Deadline:
    return Deadline(name, start + rules.duration(rule, _day(start)), rule, start)


def _day(instant: datetime) -> date:
    return instant.astimezone(CHINA).date()


def golden(rules: RulePack, transfer_time: datetime) -> Deadline:
    """黄金30分钟: from the transfer; afterwards the chance of a stop falls quickly."""
    return _clock(rules, "golden", "golden.window", transfer_time)


def revocable(rules: RulePack, transfer: Transfer) -> Deadline | None:
    """Until when the payer's bank can still cancel a transfer that was not real-time (银发〔2016〕261号)."""
    if transfer.time is None:
        return None
    if transfer.arrival is Arrival.TWO_HOURS:
        return _clock(rules, "revoke", "revoke.two_hours", transfer.time)
    if transfer.arrival is Arrival.NEXT_DAY:
        return _clock(rules, "revoke", "revoke.next_day", transfer.time)
    return None


def masked_reminder(rules: RulePack, transfer: Transfer, accepted_at: datetime) -> Deadline | None:
    """By when to ask again for the whole number of a payee whose account is masked and no order number stops."""
    if "*" not in transfer.payee.number or transfer.order_number:
        return None
    return _clock(rules, "masked", "task.masked_number", accepted_at)


def stop_end(order: Order) -> Deadline | None:
    """When a stop lapses: the bank's own end time from its reply."""
    reply = order.reply
    if order.kind not in _STOPS or reply is None or reply.result is ReplyResult.FAILED:
        return None
    if not (reply.starts_at and reply.ends_at):
        return None
    return Deadline("stop_end", reply.ends_at, "stop.validity", reply.starts_at)


def file_and_freeze(rules: RulePack, order: Order) -> Deadline | None:
    """By when the case must be filed and the freeze sent: the stop's end less a margin."""
    end = stop_end(order)
    if end is None:
        return None
    margin = rules.duration("freeze.margin", _day(end.started_at))
    return Deadline("file_and_freeze", end.at - margin, "freeze.margin", end.started_at)


def entry_duty(rules: RulePack, accepted_at: datetime) -> Deadline:
    """接警录入: the first-tier account must be in the platform within this time of acceptance."""
    return _clock(rules, "entry", "entry.duty", accepted_at)


def filing_decision(rules: RulePack, accepted_at: datetime) -> Deadline:
    """立案审查: the ordinary term for deciding whether to file."""
    return _clock(rules, "filing", "filing.ordinary", accepted_at)
