"""Orders to banks, payment institutions and carriers, and what came back.

The content of a stop order maps one to one to the platform's message 100101 and its reply to 100102, so that a
later gateway carries it without loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.clock import from_wire, to_wire
from desktop.domain.fields import Fields, number, text
from desktop.domain.ids import OrderId, TransferId
from desktop.domain.transfer import Account, Channel, account_fields, account_from_fields


class OrderKind(StrEnum):
    """Every kind the desk will ever send; the names are those of the command line."""

    REVOKE = "revoke"
    STOP = "stop"
    SECOND_STOP = "second_stop"
    LIFT = "lift"
    FREEZE = "freeze"
    EXTEND_FREEZE = "extend_freeze"
    UNFREEZE = "unfreeze"
    QUERY_DETAILS = "query_details"
    QUERY_HOLDER = "query_holder"
    QUERY_ACCOUNTS = "query_accounts"
    WATCH = "watch"
    SHUTDOWN = "shutdown"
    INTERCEPT = "intercept"
    BLOCK = "block"
    TRACE = "trace"
    EVIDENCE_REQUEST = "evidence_request"


class OrderState(StrEnum):
    """How far an order got, as far as this installation can prove it."""

    ISSUED = "issued"
    CARRIED = "carried"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class ReplyResult(StrEnum):
    """What the institution did."""

    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class OrderReply:
    """Reply to a stop order, the fields of message 100102. Amounts in fen."""

    result: ReplyResult
    amount_fen: int
    balance_fen: int
    starts_at: datetime | None
    ends_at: datetime | None
    organisation: str
    operator: str
    remark: str
    replied_at: datetime

    def to_fields(self) -> Fields:
        """Fields the centre sets on ``order/<id>``."""
        return {
            "reply.result": self.result.value,
            "reply.amount_fen": self.amount_fen,
            "reply.balance_fen": self.balance_fen,
            "reply.starts_at": to_wire(self.starts_at) if self.starts_at else "",
            "reply.ends_at": to_wire(self.ends_at) if self.ends_at else "",
            "reply.organisation": self.organisation,
            "reply.operator": self.operator,
            "reply.remark": self.remark,
            "reply.replied_at": to_wire(self.replied_at),
        }


@dataclass(frozen=True, slots=True)
class Order:
    """The facts of subject ``order/<id>``. What was ordered never changes after it was issued."""

    id: OrderId
    number: str
    kind: OrderKind
    transfer: TransferId
    payer: Account
    payee: Account
    amount_fen: int
    transfer_time: datetime | None
    channel: Channel | None
    order_number: str
    serial: str
    reason: str
    issued_at: datetime
    issued_by: str
    operator_name: str
    unit_code: str
    unit_name: str
    second_officer: str = ""
    reply: OrderReply | None = None

    def to_fields(self, case: str) -> Fields:
        """Journal fields of subject ``order/<id>`` at issue; the reply is the centre's to set."""
        return {
            "case": case,
            "number": self.number,
            "kind": self.kind.value,
            "transfer": self.transfer,
            "amount_fen": self.amount_fen,
            "transfer_time": to_wire(self.transfer_time) if self.transfer_time else "",
            "channel": self.channel.value if self.channel else "",
            "order_number": self.order_number,
            "serial": self.serial,
            "reason": self.reason,
            "issued_at": to_wire(self.issued_at),
            "issued_by": self.issued_by,
            "operator_name": self.operator_name,
            "unit_code": self.unit_code,
            "unit_name": self.unit_name,
            "second_officer": self.second_officer,
            **account_fields("payer", self.payer),
            **account_fields("payee", self.payee),
        }


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
    )


def order_from_fields(order_id: str, fields: Fields) -> Order:
    """The order behind ``order/<id>``."""
    channel = text(fields, "channel")
    return Order(
        id=OrderId(order_id),
        number=text(fields, "number"),
        kind=OrderKind(text(fields, "kind")),
        transfer=TransferId(text(fields, "transfer")),
        payer=account_from_fields(fields, "payer"),
        payee=account_from_fields(fields, "payee"),
        amount_fen=number(fields, "amount_fen"),
        transfer_time=_instant(fields, "transfer_time"),
        channel=Channel(channel) if channel else None,
        order_number=text(fields, "order_number"),
        serial=text(fields, "serial"),
        reason=text(fields, "reason"),
        issued_at=from_wire(text(fields, "issued_at")),
        issued_by=text(fields, "issued_by"),
        operator_name=text(fields, "operator_name"),
        unit_code=text(fields, "unit_code"),
        unit_name=text(fields, "unit_name"),
        second_officer=text(fields, "second_officer"),
        reply=reply_from_fields(fields),
    )
