"""Entries, fields and masks in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.cases.sent_despite import SentDespite
from desktop.domain.orders.approval import Approval, Level, Withdrawal
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.money import (
    AccountType,
    Addressing,
    ApplicationType,
    Freeze,
    FreezeType,
    MoneyTerms,
    Property,
    Query,
    QueryContent,
    Urgency,
)
from desktop.domain.orders.number import CallDirection, LineKind, NumberKind, NumberTerms
from desktop.domain.orders.order import OrderKind
from desktop.domain.orders.reply import NO_ACCOUNT_FACTS
from desktop.domain.records.record_fields import flat
from desktop.journal import kinds
from desktop.ui.case.texts.field_texts import HIDDEN, FieldTexts
from desktop.ui.case.texts.history_texts import HistoryTexts
from desktop.ui.shared.kit.kit import Kit
from tests.domain.orders.samples import NOON, order
from tests.support.texts import zh
from tests.ui.case import samples

_SUBJECTS = frozenset(
    ("report", "case", "transfer", "identifier", "evidence", "order", "document", "slip", "data")
)
_OF_A_CASE = [
    value
    for name, value in vars(kinds).items()
    if name.isupper()
    and isinstance(value, str)
    and value.split(".")[0] in _SUBJECTS
    and value != kinds.CASE_OPENED
]  # fmt: skip

FULL_MONEY = MoneyTerms(
    ApplicationType.AFTER, "62", "x", Urgency.NORMAL, True, Addressing.POS_SERIAL, "1", "2", AccountType.CORPORATE,
    "resident_id", "3", NOON, NOON, "4", Freeze(FreezeType.FULL, 1, Property.EQUITY, True, False, "5", True),
    Query(NOON, NOON, QueryContent.WITH_MEASURES, NOON),
)  # fmt: skip
FULL_NUMBER = NumberTerms(
    "mobile",
    "1",
    "2",
    LineKind.REAL,
    NumberKind.MOBILE,
    ("leading_zeros",),
    CallDirection.MESSAGE,
    NOON,
    NOON,
    1,
    2,
    "3",
    True,
    "4",
    "5",
    ("6",),
    Urgency.NORMAL,
    "7",
    True,
)
FULL_EVIDENCE = EvidenceTerms("1", "2", "3", NOON, False, "4")
GIVEN = Approval("张局长", "1", NOON, "620199", "2")
BACK = Withdrawal("误发", NOON, "620134")


def _words(kit: Kit) -> HistoryTexts:
    return HistoryTexts(kit, FieldTexts(kit, {"task_rebate": "刷单返利"}.__getitem__))


def _row(kind: str, *fields: tuple[str, str]) -> HistoryRow:
    return HistoryRow(samples.NOW, "620134", kind, "case/1", fields, "A", 1)


@pytest.mark.parametrize("kind", _OF_A_CASE)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_kind_of_entry_about_a_case_has_its_sentence(
    kit: Kit, kind: str, language: str
) -> None:
    kit.texts.set_language(language)
    sentence = _words(kit).sentence(_row(kind))
    assert sentence
    assert kind not in sentence


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_field_of_the_facts_has_its_name(kit: Kit, language: str) -> None:
    kit.texts.set_language(language)
    sheet = samples.sheet()
    fields = set(sheet.file.case.to_fields()) | set(samples.REPLY.to_fields())
    fields |= set(samples.TRANSFERS[0].to_fields("c")) | set(samples.leads()[0].to_fields("c"))
    fields |= set(samples.evidence(1)[0].to_fields("c")) | set(
        samples.ORDERS[0].order.to_fields("c")
    )
    texts = FieldTexts(kit, str)
    unnamed = {name for name in fields if texts.name(name) == name} - {"SM3"}
    assert unnamed <= {"case", "transfer", "answers", "certainty"}


def test_a_place_of_a_paper_has_its_name_and_one_of_a_newer_program_its_key(kit: Kit) -> None:
    texts = FieldTexts(kit, str)
    texts.learn(samples.FORMS)
    place = "query_way"
    assert zh(f"form_words.place.{place}") in texts.name(f"text.{place}")
    assert "of_tomorrow" in texts.name("text.of_tomorrow")


def test_the_entry_of_an_order_says_what_it_asks_and_why_it_was_sent(kit: Kit) -> None:
    sheet, words = samples.sheet(), _words(kit)
    view = sheet.file.orders[0]
    reason = SentDespite(view.order.id, ("time_past_clock",), "本机慢，手机 13800138000")
    orders = (replace(view, despite=reason, way="coin"),)
    words.learn(replace(sheet, file=replace(sheet.file, orders=orders)))
    issued = replace(_row("order.issued", ("kind", "revoke")), subject=f"order/{view.order.id}")
    assert words.sentence(issued) == "发起暂停提现"
    for revealed in (False, True):
        shown = dict(words.details(issued, revealed=revealed))[zh("ordering.despite")]
        assert "本机慢" in shown
        assert ("13800138000" in shown) is revealed


def test_sentences_say_what_was_set(kit: Kit) -> None:
    words = _words(kit)
    told = [words.sentence(row) for row in samples.history()]
    assert told[2] == "发起紧急止付 15,000"
    assert told[3] == "移到“止付中”"
    assert told[5] == "记录线索：手机号"
    assert told[8] == "修改被害人电话"
    assert told[9] == "收到反馈：部分办成 61,320 农业银行兰州分行"
    assert told[13] == "其他记录（weather.observed）"


def test_a_damaged_item_is_not_called_sound(kit: Kit) -> None:
    words = _words(kit)
    sound = words.sentence(_row("evidence.verified", ("ok", "true")))
    assert sound != words.sentence(_row("evidence.verified", ("ok", "false")))


def test_a_measure_that_stands_again_is_not_shown_as_ended(kit: Kit) -> None:
    words = _words(kit)
    ended = words.sentence(_row("order.released", ("released_at", "2026-11-24T02:12:35.000Z")))
    stands = words.sentence(_row("order.released", ("case", "1"), ("released_at", "")))
    assert "未解除" in stands
    assert "未解除" not in ended


def test_values_are_read_as_what_they_are(kit: Kit) -> None:
    texts = FieldTexts(kit, {"task_rebate": "刷单返利"}.__getitem__)

    def value(field: str, text: str) -> str:
        return texts.value(field, text, revealed=False)

    assert value("amount_fen", "9800050") == "¥ 98,000.50"
    assert value("issued_at", "2026-11-24T02:12:35.000Z") == "2026-11-24 10:12:35"
    assert value("channel", "wechat") == zh("case.channel.wechat")
    assert value("channel", "pigeon") == "pigeon"
    assert value("type", "task_rebate") == "刷单返利"
    assert value("victim.phone", "13893345678") == "138****5678"
    assert value("payee.account", "6230520010037788994") == "6230…8994"
    assert value("sky", "clear") == "clear"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_field_of_an_order_of_any_kind_has_its_name(kit: Kit, language: str) -> None:
    """In the history's details; what only ties records together is not shown there."""
    kit.texts.set_language(language)
    texts = FieldTexts(kit, str)
    for terms in (FULL_MONEY, FULL_NUMBER, FULL_EVIDENCE):
        made = order(OrderKind.FREEZE, terms=terms, addressee="x", level=Level.CITY)
        fields = {**made.to_fields("c"), **flat(GIVEN, "approval"), **flat(BACK, "withdrawal")}
        fields |= flat(replace(NO_ACCOUNT_FACTS, holder="陈某某", holder_id="1"), "reply.account")
        unnamed = {name for name in fields if name not in HIDDEN and texts.name(name) == name}
        assert unnamed <= {"certainty"}
    assert texts.value("terms.victim_number", "13919364417", revealed=False) != "13919364417"


def test_a_fact_of_a_party_is_named_by_whose_it_is(kit: Kit) -> None:
    """Masked as on its card; codes in words; what a newer program wrote as it is."""
    texts = FieldTexts(kit, str)
    texts.records = {"p1": "王芳"}
    fields = {name: f"answer.party.p1.{name}" for name in ("phone", "role", "id_kind", "colour")}
    assert texts.name(fields["phone"]) == "当事人王芳：电话"
    assert texts.name(fields["colour"]) == "当事人王芳：colour"
    assert texts.name("answer.party.p2.name") == "当事人：姓名（名称）"
    assert texts.value(fields["phone"], "13893100027", revealed=False) == "138****0027"
    assert texts.value(fields["phone"], "13893100027", revealed=True) == "13893100027"
    role = texts.value(fields["role"], "agent guardian ambassador", revealed=False)
    assert role == "代理人、监护人、ambassador"
    assert texts.value(fields["id_kind"], "uscc", revealed=False) == zh("intake.kind.uscc")
    assert texts.value(fields["colour"], "电话13893100027", revealed=False) == "电话138****0027"
    assert texts.name("answer.reporter") == zh("party.reporter")
    assert texts.value("answer.reporter", "p1", revealed=False) == "王芳"
    assert texts.value("answer.reporter", "self", revealed=False) == zh("party.self")
    assert texts.value("answer.case.source", "police_110", revealed=False) == zh(
        "party.source_is.police_110"
    )


@pytest.mark.parametrize(
    "field", ["victim.name", "answer.party.p1.name", "answer.party.p1.new_fen"]
)
@pytest.mark.parametrize(
    "text", ["9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00.000000Z", "²", "--5", "9" * 5000]
)
def test_what_looks_like_a_time_or_a_sum_is_shown_as_it_is(kit: Kit, field: str, text: str) -> None:
    assert FieldTexts(kit, str).value(field, text, revealed=True) == text
