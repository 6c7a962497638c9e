"""Orders read back from their journal fields; what an older program did not write is read as nothing."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.clock import from_wire
from desktop.domain.fields import Fields, number, text
from desktop.domain.ids import OrderId
from desktop.domain.orders.approval import Approval, Withdrawal
from desktop.domain.orders.confirmation import confirmations_of
from desktop.domain.orders.dispatch import Dispatch
from desktop.domain.orders.order import (
    FAMILIES,
    ORDER_FIELDS,
    Order,
    OrderReply,
    ReplyResult,
    Terms,
)
from desktop.domain.orders.reply import AccountFacts, LineFacts, NextHop
from desktop.domain.record_fields import read_flat, read_rows


def _instant(fields: Fields, name: str) -> datetime | None:
    value = text(fields, name)
    return from_wire(value) if value else None


def reply_from_fields(fields: Fields) -> OrderReply | None:
    """The reply on ``order/<id>``, if one came."""
    result, replied_at = text(fields, "reply.result"), _instant(fields, "reply.replied_at")
    if not result or replied_at is None:
        return None
    return OrderReply(
        result=ReplyResult(result),
        amount_fen=number(fields, "reply.amount_fen"),
        balance_fen=number(fields, "reply.balance_fen"),
        starts_at=_instant(fields, "reply.starts_at"),
        ends_at=_instant(fields, "reply.ends_at"),
        organisation=text(fields, "reply.organisation"),
        operator=text(fields, "reply.operator"),
        remark=text(fields, "reply.remark"),
        replied_at=replied_at,
        failure=text(fields, "reply.failure"),
        account=read_flat(AccountFacts, fields, "reply.account"),
        line=read_flat(LineFacts, fields, "reply.line"),
        hops=read_rows(NextHop, fields.get("reply.hops")),
        emptied=fields.get("reply.emptied") is True,
    )


def terms_from_fields(fields: Fields) -> Terms | None:
    """What the kind says beside the payment; None where nothing is said."""
    family = FAMILIES.get(text(fields, "terms"))
    return read_flat(family, fields, "terms") if family is not None else None


def order_from_fields(order_id: str, fields: Fields) -> Order:
    """The order behind ``order/<id>``."""
    return ORDER_FIELDS.from_fields(
        fields,
        id=OrderId(order_id),
        reply=reply_from_fields(fields),
        terms=terms_from_fields(fields),
        approval=read_flat(Approval, fields, "approval"),
        withdrawal=read_flat(Withdrawal, fields, "withdrawal"),
        dispatch=read_flat(Dispatch, fields, "dispatch"),
        confirmations=confirmations_of(fields),
    )
