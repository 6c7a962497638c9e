"""What an order says is in the journal, and reads back the same; orders of the first version read on."""

from __future__ import annotations

import json

from hypothesis import given

from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import Order, OrderKind, OrderReply, order_from_fields
from desktop.domain.records.fields import Fields
from desktop.domain.records.record_fields import flat
from desktop.domain.time.clock import to_wire
from desktop.journal.canonical import canonical
from tests.domain.orders.samples import NOON, order, orders

FIRST_VERSION: Fields = {
    "case": "c1", "number": "1124-A-0001-Z1", "kind": "stop", "transfer": "t1", "amount_fen": 9_800_000,
    "transfer_time": "2026-11-24T02:12:35.000Z", "channel": "mobile_bank", "order_number": "",
    "serial": "26112400128841",
    "reason": "点赞返利", "issued_at": "2026-11-24T02:31:07.000Z", "issued_by": "620134", "operator_name": "王建国",
    "unit_code": "620102540000", "unit_name": "张掖路派出所", "second_officer": "",
    "payer.name": "李秀兰", "payer.account": "6217004230001234569", "payer.bank": "中国建设银行",
    "payee.name": "陈某某", "payee.account": "6230520010037788996", "payee.bank": "中国农业银行",
    "reply.result": "partial", "reply.amount_fen": 6_132_000, "reply.balance_fen": 6_132_000,
    "reply.starts_at": "2026-11-24T02:41:00.000Z", "reply.ends_at": "2026-11-26T02:41:00.000Z",
    "reply.organisation": "中国农业银行", "reply.operator": "", "reply.remark": "",
    "reply.replied_at": "2026-11-24T02:45:00.000Z",
}  # fmt: skip


def through_the_journal(made: Order) -> Order:
    """Issued, approved, answered, withdrawn: every field that is ever set."""
    fields = dict(made.to_fields("c1"))
    fields |= flat(made.approval, "approval") | flat(made.withdrawal, "withdrawal")
    ended = to_wire(made.released_at) if made.released_at else ""
    fields |= {"official": made.official, "released_at": ended}
    if made.reply is not None:
        fields |= made.reply.to_fields()
    return order_from_fields(made.id, json.loads(canonical(fields)))


@given(orders)
def test_an_order_reads_back_as_it_was(made: Order) -> None:
    assert through_the_journal(made) == made


def test_an_order_of_the_first_version_reads_on_and_says_nothing_new() -> None:
    made = order_from_fields("o1", FIRST_VERSION)
    assert made.kind is OrderKind.STOP
    assert made.about == "transfer/t1"
    assert (made.terms, made.follows, made.official) == (None, "", "")
    assert isinstance(made.reply, OrderReply)
    written = {**made.to_fields("c1"), **made.reply.to_fields()}
    assert written == FIRST_VERSION, "its digest stays what it was"


def test_codes_of_a_newer_program_are_read_as_nothing() -> None:
    fields = {**order(OrderKind.STOP).to_fields("c1"), "terms": "money", "terms.urgency": "09",
              "terms.freeze.type": 7, "terms.application": [], "terms.query.from_at": ""}  # fmt: skip
    made = order_from_fields("o1", fields)
    assert made.terms is not None
    assert made.issued_at == NOON


def test_of_a_list_only_texts_are_read() -> None:
    several: Fields = {"terms.anomalies": ["imitates_official", 7], "terms.evidence": "one"}
    fields = {**order(OrderKind.SHUTDOWN).to_fields("c1"), "terms": "number", **several}
    made = order_from_fields("o1", fields)
    assert isinstance(made.terms, NumberTerms)
    assert (made.terms.anomalies, made.terms.evidence) == (("imitates_official",), ())
