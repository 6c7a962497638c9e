"""Numbers of the form are stored without what people write around them, and with all that says something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.form_facts import clean_account, parties_of, transfer_of, victim_of
from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.people.party import PartyText
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.ids import CaseId, PartyId
from tests.domain.identifiers.test_every_kind import TEXTS

CASE = CaseId("1")
NOW = datetime(2026, 12, 1, tzinfo=UTC)
WORDS = {
    "phone": ("手机：", "手机号码 ", "联系电话:", "座机：", "Tel: ", "'", "“", ""),
    "id_number": ("身份证号：", "身份证", "证件号码 ", "ID: ", "'", ""),
    "account": ("卡号：", "银行卡号 ", "账号:", "收款账号：", "'", ""),
    "order_number": ("订单号：", "交易单号 ", "'", ""),
}
FOREIGN = {
    "phone": "QQ：", "id_number": "护照：", "account": "微信：", "order_number": "卡号：",
}  # fmt: skip
NUMBER = "6222020000000000000"


def stored(field: str, typed: str) -> set[str]:
    """What the form keeps of ``typed``, at each of its places for ``field``."""
    if field == "account":
        paid = payment(TransferText("1", payee_account=typed, payer_account=typed))
        return {paid.payee.number, paid.payer.number}
    if field == "order_number":
        paid = payment(TransferText("1", order_number=typed, serial=typed))
        return {paid.order_number, paid.serial}
    party = replace(PartyText(PartyId("1")), **{field: typed})  # type: ignore[arg-type]  # texts all
    victim = replace(VictimText(), **{field: typed})
    form = IntakeForm(CASE, victim=victim, parties=(party,))
    return {getattr(victim_of(form), field), *(getattr(who, field) for who in parties_of(form))}


def payment(typed: TransferText) -> Transfer:
    """What the form keeps of it."""
    return transfer_of(IntakeForm(CASE, transfers=(typed,)), 0, NOW)


@given(st.sampled_from(sorted(WORDS)), st.data(), st.sampled_from(["", "。", ".", "，"]))
def test_its_own_words_are_not_stored(field: str, data: st.DataObject, after: str) -> None:
    before = data.draw(st.sampled_from(WORDS[field]))
    assert stored(field, f"{before}{NUMBER}{after}") == {NUMBER}


@given(st.sampled_from(sorted(FOREIGN)))
def test_words_that_say_something_else_are_stored(field: str) -> None:
    for kept in stored(field, FOREIGN[field] + NUMBER):
        assert FOREIGN[field].strip("：") in kept
        assert NUMBER in kept


@given(TEXTS, st.sampled_from(sorted(WORDS)))
def test_what_is_stored_is_stored_as_it_is(text: str, field: str) -> None:
    for word in WORDS[field]:
        for once in stored(field, word + text):
            assert stored(field, once) <= {once}


def test_a_masked_account_loses_its_words() -> None:
    assert clean_account("卡号：6222 02** **** 1234。") == "622202******1234"
    assert clean_account("账号尾号1234") == "*1234"
    typed = TransferText("1", payee_account="卡号：6222 02** **** 1234")
    assert payment(typed).payee_masked == "6222 02** **** 1234"
