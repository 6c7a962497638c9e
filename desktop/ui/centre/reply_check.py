"""Whether a typed reply to a stop order can be right, field by field. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.amounts import parse_yuan
from desktop.domain.errors import UserInputError
from desktop.domain.order import OrderReply, ReplyResult
from desktop.ui.shared.amounts import yuan


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


@dataclass(frozen=True, slots=True)
class Fault:
    """``field``: amount, balance, starts, ends, organisation or remark. ``key``: catalogue words. ``blocks``: the
    reply cannot be recorded like this; else it is only to be looked at."""

    field: str
    key: str
    params: tuple[tuple[str, str], ...] = ()
    blocks: bool = True


def check_reply(text: ReplyText, asked_fen: int) -> tuple[Fault, ...]:
    """Everything that is wrong or odd, in the order of the fields."""
    faults = [*_amount_faults(text, asked_fen), *_balance_faults(text)]
    if text.result is not ReplyResult.FAILED:
        faults += _period_faults(text)
    if not text.organisation:
        faults.append(Fault("organisation", "centre.reply.no_organisation"))
    if text.result is ReplyResult.FAILED and not text.remark:
        faults.append(Fault("remark", "centre.reply.no_reason"))
    return tuple(faults)


def made_reply(text: ReplyText, now: datetime) -> OrderReply:
    """The reply in fen and instants; only for a text without blocking faults."""
    failed = text.result is ReplyResult.FAILED
    return OrderReply(
        result=text.result,
        amount_fen=0 if failed else parse_yuan(text.amount),
        balance_fen=parse_yuan(text.balance) if text.balance else 0,
        starts_at=None if failed else text.starts_at,
        ends_at=None if failed else text.ends_at,
        organisation=text.organisation,
        operator=text.operator,
        remark=text.remark,
        replied_at=now,
    )


def _amount_faults(text: ReplyText, asked_fen: int) -> list[Fault]:
    if text.result is ReplyResult.FAILED:
        return []
    try:
        fen = parse_yuan(text.amount)
    except UserInputError as error:
        return [Fault("amount", f"errors.{error.code}.what")]
    asked = (("asked", yuan(asked_fen)), ("over", yuan(fen - asked_fen)))
    if fen > asked_fen:
        return [Fault("amount", "centre.reply.too_much", asked)]
    if fen == 0:
        return [Fault("amount", "centre.reply.nothing_stopped")]
    if text.result is ReplyResult.DONE and fen < asked_fen:
        return [Fault("amount", "centre.reply.only_a_part", asked)]
    if text.result is ReplyResult.PARTIAL and fen == asked_fen:
        return [Fault("amount", "centre.reply.all_of_it", asked)]
    return []


def _balance_faults(text: ReplyText) -> list[Fault]:
    if not text.balance:
        return []
    try:
        fen = parse_yuan(text.balance)
    except UserInputError as error:
        return [Fault("balance", f"errors.{error.code}.what")]
    if text.result is ReplyResult.FAILED:
        return []
    try:
        stopped = parse_yuan(text.amount)
    except UserInputError:
        return []
    if fen < stopped:
        return [Fault("balance", "centre.reply.balance_below", blocks=False)]
    return []


def _period_faults(text: ReplyText) -> list[Fault]:
    if text.starts_at is None:
        return [Fault("starts", "centre.reply.no_time")]
    if text.ends_at is None:
        return [Fault("ends", "centre.reply.no_time")]
    if text.ends_at <= text.starts_at:
        return [Fault("ends", "centre.reply.ends_before")]
    return []
