"""Whether a typed reply to an order can be right, field by field. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.cases.form_facts import clean_account
from desktop.domain.errors import UserInputError
from desktop.domain.money.amounts import parse_yuan
from desktop.domain.orders.kinds import FREEZES, SPECS, STOPS
from desktop.domain.orders.money import FreezeType, MoneyTerms
from desktop.domain.orders.order import Order, OrderKind, OrderReply, ReplyResult
from desktop.domain.orders.reply import (
    NO_ACCOUNT_FACTS,
    NO_LINE_FACTS,
    AccountFacts,
    LineFacts,
    NextHop,
)
from desktop.ui.shared.text.amounts import yuan

SUMS: Final = frozenset({*STOPS, *FREEZES, OrderKind.REVOKE})
"""Kinds whose reply says how much was held."""


@dataclass(frozen=True, slots=True)
class HopText:
    """A next payment as typed; ``time`` is None while it cannot be read."""

    name: str
    account: str
    bank: str
    amount: str
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReplyText:
    """What stands in the fields. Amounts as typed; times are None while they cannot be read."""

    result: ReplyResult
    amount: str
    balance: str
    starts_at: datetime | None
    ends_at: datetime | None
    organisation: str
    operator: str
    remark: str
    account: AccountFacts = NO_ACCOUNT_FACTS
    line: LineFacts = NO_LINE_FACTS
    hops: tuple[HopText, ...] = ()
    failure: str = ""


FAILURES: Final = ("200001", "200002", "200003", "200010")
"""Technical causes the platform tells by a code of its own; words in ``order_reply.failure_is``."""


@dataclass(frozen=True, slots=True)
class Fault:
    """``field``: amount, balance, starts, ends, organisation, remark, hops or the name of a fact. ``key``: catalogue
    words. ``blocks``: the reply cannot be recorded like this; else it is only to be looked at."""

    field: str
    key: str
    params: tuple[tuple[str, str], ...] = ()
    blocks: bool = True


def check_reply(text: ReplyText, order: Order) -> tuple[Fault, ...]:
    """Everything that is wrong or odd, in the order of the fields."""
    faults: list[Fault] = []
    if order.kind in SUMS:
        faults += _amount_faults(text, order)
    faults += _balance_faults(text, order)
    if text.result is not ReplyResult.FAILED and SPECS[order.kind].holds:
        faults += _period_faults(text)
    if not text.organisation:
        faults.append(Fault("organisation", "order_reply.no_organisation"))
    if text.result is ReplyResult.FAILED and not (text.remark or text.failure):
        faults.append(Fault("remark", "order_reply.no_reason"))
    faults += [fault for hop in text.hops for fault in _hop_faults(hop)]
    return tuple(faults)


def made_reply(text: ReplyText, order: Order, now: datetime) -> OrderReply:
    """The reply in fen and instants; only for a text without blocking faults."""
    failed = text.result is ReplyResult.FAILED
    summed = order.kind in SUMS and not failed
    holds = SPECS[order.kind].holds and not failed
    balance = parse_yuan(text.balance) if text.balance else None
    return OrderReply(
        result=text.result,
        amount_fen=parse_yuan(text.amount) if summed else 0,
        balance_fen=balance or 0,
        starts_at=text.starts_at if holds else None,
        ends_at=text.ends_at if holds else None,
        organisation=text.organisation,
        operator=text.operator,
        remark=text.remark,
        replied_at=now,
        failure=text.failure if failed else "",
        account=text.account,
        line=text.line,
        hops=tuple(_hop(hop) for hop in text.hops),
        emptied=balance == 0,
    )


def _hop(text: HopText) -> NextHop:
    fen = parse_yuan(text.amount) if text.amount else 0
    return NextHop(text.name, clean_account(text.account), text.bank, fen, text.time)


def _hop_faults(hop: HopText) -> list[Fault]:
    if not hop.account:
        return [Fault("hops", "order_reply.hop_account")]
    if not hop.amount:
        return []
    try:
        parse_yuan(hop.amount)
    except UserInputError as error:
        return [Fault("hops", f"errors.{error.code}.what")]
    return []


def _is_full(order: Order) -> bool:
    """A freeze of the whole account holds whatever is there."""
    terms = order.terms
    return (
        order.kind in FREEZES
        and isinstance(terms, MoneyTerms)
        and terms.freeze.type is FreezeType.FULL
    )


def _amount_faults(text: ReplyText, order: Order) -> list[Fault]:
    if text.result is ReplyResult.FAILED:
        return []
    try:
        fen = parse_yuan(text.amount)
    except UserInputError as error:
        return [Fault("amount", f"errors.{error.code}.what")]
    if fen == 0:
        return [Fault("amount", "order_reply.nothing_stopped")]
    return [] if _is_full(order) else _compared(text.result, fen, order.amount_fen)


def _compared(result: ReplyResult, fen: int, asked_fen: int) -> list[Fault]:
    asked = (("asked", yuan(asked_fen)), ("over", yuan(fen - asked_fen)))
    if fen > asked_fen:
        return [Fault("amount", "order_reply.too_much", asked)]
    if result is ReplyResult.DONE and fen < asked_fen:
        return [Fault("amount", "order_reply.only_a_part", asked)]
    if result is ReplyResult.PARTIAL and fen == asked_fen:
        return [Fault("amount", "order_reply.all_of_it", asked)]
    return []


def _balance_faults(text: ReplyText, order: Order) -> list[Fault]:
    if not text.balance:
        return []
    try:
        fen = parse_yuan(text.balance)
    except UserInputError as error:
        return [Fault("balance", f"errors.{error.code}.what")]
    if text.result is ReplyResult.FAILED or order.kind not in SUMS:
        return []
    try:
        stopped = parse_yuan(text.amount)
    except UserInputError:
        return []
    if fen < stopped:
        return [Fault("balance", "order_reply.balance_below", blocks=False)]
    return []


def _period_faults(text: ReplyText) -> list[Fault]:
    if text.starts_at is None:
        return [Fault("starts", "order_reply.no_time")]
    if text.ends_at is None:
        return [Fault("ends", "order_reply.no_time")]
    if text.ends_at <= text.starts_at:
        return [Fault("ends", "order_reply.ends_before")]
    return []
