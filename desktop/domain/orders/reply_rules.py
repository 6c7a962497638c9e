"""What a reply to an order can say: no more than was asked, a period that lasts, and never an earlier end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from desktop.domain.errors import UserInputError
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.orders.money import FreezeType, MoneyTerms
from desktop.domain.orders.order import Order, OrderReply, ReplyResult


def require_reply(order: Order, answer: OrderReply, followed: Order | None) -> None:
    """Refuse what cannot be. ``followed``: the order that ``order`` continues, whose measure it prolongs.

    Raises:
        UserInputError: ``reply.too_much``, ``reply.period``, ``reply.shorter``.
    """
    limited = _is_limited(order)
    if answer.amount_fen < 0 or (limited and answer.amount_fen > order.amount_fen):
        raise UserInputError("reply.too_much")
    if answer.result is ReplyResult.FAILED or not SPECS[order.kind].holds:
        return
    if not (answer.starts_at and answer.ends_at) or answer.ends_at <= answer.starts_at:
        raise UserInputError("reply.period")
    earlier = followed.reply if followed is not None else None
    if earlier is not None and earlier.ends_at and answer.ends_at < earlier.ends_at:
        raise UserInputError("reply.shorter")


_SLACK: Final = timedelta(hours=1)
"""By how much the clocks of a bank and of this device may differ."""
_FAR: Final = 2
"""So many times as long as the law lets it last, and an end is a slip of the pen."""


def require_likely_period(answer: OrderReply, legal_end: datetime | None) -> None:
    """Refuse a wrong year: a measure that begins after it was told of, or ends far beyond the law, would keep every
    alarm silent while the money goes. ``legal_end``: when the law ends it, from the start that was told.

    Raises:
        UserInputError: ``reply.future``, ``reply.too_long``.
    """
    starts, ends = answer.starts_at, answer.ends_at
    if starts is None or legal_end is None:
        return
    if starts > answer.replied_at + _SLACK:
        raise UserInputError("reply.future")
    if ends is not None and ends - starts > _FAR * (legal_end - starts):
        raise UserInputError("reply.too_long")


def _is_limited(order: Order) -> bool:
    """Whether no more than the asked sum can have been held; a full freeze holds whatever is there."""
    if SPECS[order.kind].target is not OrderTarget.PAYMENT:
        return True
    return not isinstance(order.terms, MoneyTerms) or order.terms.freeze.type is FreezeType.LIMITED
