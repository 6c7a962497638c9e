"""Orders read back from their journal fields; what an older program did not write is read as nothing."""

from __future__ import annotations

from desktop.domain.ids import OrderId
from desktop.domain.orders.approval import Approval, Withdrawal
from desktop.domain.orders.confirmation import confirmations_of
from desktop.domain.orders.dispatch import Dispatch
from desktop.domain.orders.order import (
    FAMILIES,
    ORDER_FIELDS,
    REPLY_FIELDS,
    Order,
    OrderReply,
    Terms,
)
from desktop.domain.orders.reply import AccountFacts, LineFacts, NextHop
from desktop.domain.records.fields import Fields, text
from desktop.domain.records.record_fields import read_flat, read_rows


def reply_from_fields(fields: Fields) -> OrderReply | None:
    """The reply on ``order/<id>``, if one came."""
    if not text(fields, "reply.result") or not text(fields, "reply.replied_at"):
        return None
    return REPLY_FIELDS.from_fields(
        fields,
        account=read_flat(AccountFacts, fields, "reply.account"),
        line=read_flat(LineFacts, fields, "reply.line"),
        hops=read_rows(NextHop, fields.get("reply.hops")),
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
