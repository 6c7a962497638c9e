"""Orders to banks, payment institutions and carriers, and what came back.

The content of a stop order maps one to one to the platform's message 100101 and its reply to 100102, so that a
later gateway carries it without loss. What other kinds say beside it stands in their terms.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.cases.payments.transfer import ENDS, Account, Channel
from desktop.domain.ids import OrderId, TransferId
from desktop.domain.orders.approval import (
    NOT_APPROVED,
    NOT_WITHDRAWN,
    Approval,
    Level,
    Withdrawal,
)
from desktop.domain.orders.confirmation import Confirmation, confirmations_of
from desktop.domain.orders.dispatch import NOT_DISPATCHED, Dispatch
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.money import MoneyTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.reply import (
    NO_ACCOUNT_FACTS,
    NO_LINE_FACTS,
    AccountFacts,
    LineFacts,
    NextHop,
)
from desktop.domain.records.field_table import FieldRow, FieldTable
from desktop.domain.records.field_types import (
    FEN,
    FLAG,
    LONG_TEXT,
    MAYBE_FEN,
    MAYBE_TIME,
    TIME,
    loosely,
    one_of,
    optional,
)
from desktop.domain.records.fields import Fields, Json, text
from desktop.domain.records.record_fields import flat, read_flat, read_rows, rows


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
    """How far an order got, as far as this installation can prove it.

    ``PROPOSED`` waits for an approval, ``REFUSED`` was denied it. ``RELEASED``: a measure that was ended by a later
    order, or a watch that was called off.
    """

    PROPOSED = "proposed"
    ISSUED = "issued"
    CARRIED = "carried"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    RELEASED = "released"


UNHEARD: Final = frozenset({OrderState.ISSUED, OrderState.CARRIED})
"""States in which nothing proves that the centre knows of the order."""
WAITING: Final = frozenset({OrderState.ISSUED, OrderState.CARRIED, OrderState.ACKNOWLEDGED})
"""States in which nobody has answered yet."""
RAN: Final = frozenset({OrderState.DONE, OrderState.PARTIAL})
"""States of an order that was carried out, wholly or in part."""

Terms = MoneyTerms | NumberTerms | EvidenceTerms
FAMILIES: Final[dict[str, type[MoneyTerms | NumberTerms | EvidenceTerms]]] = {
    "money": MoneyTerms,
    "number": NumberTerms,
    "evidence": EvidenceTerms,
}
"""The field ``terms`` → the record its fields make."""


class ReplyResult(StrEnum):
    """What the institution did."""

    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class OrderReply:
    """Reply to an order, the fields of message 100102 and its like. Amounts in fen.

    ``emptied``: it told a balance of nought, which ``balance_fen`` cannot tell from one that was not told.
    ``failure``: the technical cause, apart from the business reason in ``remark``. ``hops``: where the money went on.
    """

    result: ReplyResult
    amount_fen: int
    balance_fen: int
    starts_at: datetime | None
    ends_at: datetime | None
    organisation: str
    operator: str
    remark: str
    replied_at: datetime
    failure: str = ""
    account: AccountFacts = NO_ACCOUNT_FACTS
    line: LineFacts = NO_LINE_FACTS
    hops: tuple[NextHop, ...] = ()
    emptied: bool = False

    @property
    def known_balance(self) -> int | None:
        """Fen that were on the account; None where it was not told."""
        return self.balance_fen if self.balance_fen or self.emptied else None

    def says_the_same(self, other: OrderReply) -> bool:
        """Whether both tell the same, whenever they were told."""
        return replace(self, replied_at=other.replied_at) == other

    def to_fields(self) -> Fields:
        """Fields that whoever was told the reply sets on ``order/<id>``."""
        return {
            **REPLY_FIELDS.to_fields(self),
            **flat(self.account, "reply.account"),
            **flat(self.line, "reply.line"),
            **({"reply.hops": rows(self.hops)} if self.hops else {}),
        }


_SAID_FEN: Final = replace(MAYBE_FEN, read=FEN.read)
REPLY_FIELDS: Final = FieldTable(
    OrderReply,
    (
        FieldRow("reply.result", one_of(ReplyResult), "result", codes="case.result"),
        FieldRow("reply.amount_fen", _SAID_FEN, "amount_fen"),
        FieldRow("reply.balance_fen", _SAID_FEN, "balance_fen"),
        FieldRow("reply.starts_at", MAYBE_TIME, "starts_at"),
        FieldRow("reply.ends_at", MAYBE_TIME, "ends_at"),
        FieldRow("reply.organisation", attribute="organisation"),
        FieldRow("reply.operator", attribute="operator"),
        FieldRow("reply.remark", LONG_TEXT, "remark"),
        FieldRow("reply.failure", attribute="failure", named="ordering.field.failure", sparse=True),
        FieldRow(
            "reply.emptied",
            replace(optional(FLAG), read=FLAG.read),
            "emptied",
            sparse=True,
            hidden=True,
        ),
        FieldRow("reply.replied_at", TIME, "replied_at"),
    ),
)


@dataclass(frozen=True, slots=True)
class Order:
    """The facts of subject ``order/<id>``. What was ordered never changes after it was issued.

    ``terms``: what its kind says beside the payment; None in old orders. ``target``: what it is about.
    ``follows``: the order it continues or ends.
    ``addressee``: who is to act, where that is not the payee's bank. ``official``: 业务申请编号, the platform's own
    number, typed here later. ``level``: whose approval it needs.
    """

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
    terms: Terms | None = None
    target: str = ""
    follows: str = ""
    addressee: str = ""
    level: Level = Level.NONE
    approval: Approval = NOT_APPROVED
    withdrawal: Withdrawal = NOT_WITHDRAWN
    released_at: datetime | None = None
    official: str = ""
    dispatch: Dispatch = NOT_DISPATCHED
    alone: bool = False
    """Whether one officer issued it and no other took part. Orders from before this was told apart are not."""
    confirmations: tuple[Confirmation, ...] = ()

    @property
    def confirmation(self) -> Confirmation | None:
        """The first by another officer than the one who issued it."""
        return next((one for one in self.confirmations if one.officer != self.issued_by), None)

    @property
    def unconfirmed(self) -> bool:
        """Whether a second officer still has to confirm it; one that was taken back needs none."""
        return self.alone and self.confirmation is None and self.withdrawal.at is None

    @property
    def about(self) -> str:
        """What the order is about; orders of the first version are about their transfer."""
        return self.target or f"transfer/{self.transfer}"

    @property
    def sent_at(self) -> datetime:
        """When it went out: one that needs an approval waits for that."""
        return max(filter(None, (self.issued_at, self.approval.at)))

    @property
    def in_force(self) -> bool:
        """Carried out and not ended. A bank that acted on an order taken back holds the money all the same."""
        done = self.reply is not None and self.reply.result is not ReplyResult.FAILED
        return done and self.released_at is None

    def to_fields(self, case: str) -> Fields:
        """Journal fields of subject ``order/<id>`` at issue; the reply is the centre's to set."""
        found: dict[str, Json] = {"case": case, **ORDER_FIELDS.to_fields(self)}
        if self.terms is not None:
            found["terms"] = next(
                name for name, family in FAMILIES.items() if isinstance(self.terms, family)
            )
            found |= flat(self.terms, "terms")
        if self.approval.given:
            found |= flat(self.approval, "approval")
        return found


_LEVEL: Final = loosely(Level, Level.NONE)
ORDER_FIELDS: Final = FieldTable(
    Order,
    (
        FieldRow("number", searched=True),
        FieldRow("kind", one_of(OrderKind), codes="orders.kind"),
        FieldRow("transfer", hidden=True),
        FieldRow("amount_fen", FEN),
        FieldRow("transfer_time", MAYBE_TIME),
        FieldRow("channel", optional(one_of(Channel)), codes="case.channel"),
        FieldRow("order_number"),
        FieldRow("serial"),
        FieldRow("reason", LONG_TEXT),
        FieldRow("issued_at", TIME),
        FieldRow("issued_by"),
        FieldRow("operator_name"),
        FieldRow("unit_code"),
        FieldRow("unit_name"),
        FieldRow("second_officer", named="ordering.second"),
        *ENDS,
        FieldRow("target", sparse=True, hidden=True),
        FieldRow("follows", sparse=True, hidden=True),
        FieldRow("addressee", named="ordering.addressee", sparse=True),
        FieldRow("level", replace(_LEVEL, write=lambda level: "" if level is Level.NONE else level.value),
                 named="ordering.field.level", sparse=True),
        FieldRow("alone", FLAG, sparse=True, hidden=True),
        FieldRow("released_at", MAYBE_TIME, named="ordering.field.released_at", later=True),
        FieldRow("official", named="ordering.number.label", later=True),
    ),
)  # fmt: skip


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
    """The order behind ``order/<id>``; what an older program did not write is read as nothing."""
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


def target_value(order: Order) -> str:
    """The account, order number, telephone number or address; whole, so mask it where it is not being worked on."""
    if isinstance(order.terms, NumberTerms):
        return order.terms.raw
    if isinstance(order.terms, EvidenceTerms):
        return order.terms.about
    return order.payee.number or order.order_number


def compared(value: str) -> str:
    """What an order is about as tables are compared with it: half width, without spaces or the apostrophe of a
    spreadsheet."""
    return "".join(unicodedata.normalize("NFKC", value).split()).removeprefix("'")


def receiver(order: Order) -> str:
    """Who is to act: the addressee, else the payee's bank."""
    return order.addressee or order.payee.bank


def asked_of(terms: Terms | None, addressee: str) -> str:
    """The same of an order about no account, by its terms and addressee: who holds the evidence, or the carrier."""
    held = terms.holder if isinstance(terms, EvidenceTerms) else ""
    return held or addressee
