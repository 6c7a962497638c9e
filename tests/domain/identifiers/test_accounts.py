"""Accounts, clearing codes, order numbers and organisations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import CheckVerdict, check
from desktop.domain.identifiers.documents.uscc import organisation_check_digit, uscc_check_digit
from desktop.domain.identifiers.money.accounts import bank_code_digit
from desktop.domain.reference.directories import NoDirectories
from tests.domain.identifiers.conftest import TODAY, Checking
from tests.support.every_row import every_row

HEAD_OFFICES = (
    "102100099996",
    "103100000026",
    "104100000004",
    "105100000017",
    "301290000007",
    "302100011000",
    "303100000006",
    "304100040000",
    "305100000013",
    "306581000003",
    "307584007998",
    "308584000013",
    "309391000011",
    "310290000013",
    "403100000004",
)


@every_row("code", HEAD_OFFICES)
def test_codes_of_head_offices(checking: Checking, code: str) -> None:
    found = checking("bank_code", code)
    assert found.verdict is CheckVerdict.VALID
    assert found.facts["bank_class"] == code[:3]


@given(st.text("0123456789", min_size=11, max_size=11), st.integers(0, 11), st.integers(1, 9))
def test_a_wrong_digit_in_a_code_is_caught(body: str, place: int, shift: int) -> None:
    code = body + bank_code_digit(body)
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    assert check("bank_code", code, NoDirectories(), TODAY).verdict is CheckVerdict.VALID
    found = check("bank_code", wrong, NoDirectories(), TODAY)
    assert (found.verdict, found.problems) == (CheckVerdict.WARN, ("checksum",))


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("313821001016", "甘肃省"),
        ("308584000013", "广东省"),
        ("104100000004", "北京市"),
        ("301651000014", None),
    ],
)
def test_a_code_tells_its_province(checking: Checking, code: str, place: str | None) -> None:
    assert checking("bank_code", code).facts.get("place") == place


@pytest.mark.parametrize(
    ("code", "problem"),
    [("", "empty"), ("10210009999", "length"), ("10210009999A", "characters")],
)
def test_impossible_codes(checking: Checking, code: str, problem: str) -> None:
    found = checking("bank_code", code)
    assert (found.verdict, found.problems) == (CheckVerdict.INVALID, (problem,))


@pytest.mark.parametrize(
    ("typed", "normal", "problem"),
    [
        ("2703 0011 0920 0012 345", "2703001109200012345", ""),
        ("62001-40000-10123-a", "620014000010123A", ""),
        ("1234567", "1234567", "length"),
        ("ABCDEFGHIJ", "ABCDEFGHIJ", "form_unknown"),
        ("旧折12345678", "旧折12345678", "characters"),
    ],
)
def test_accounts_are_only_doubted(
    checking: Checking, typed: str, normal: str, problem: str
) -> None:
    found = checking("bank_account", typed)
    assert found.normal == normal
    assert found.problems == ((problem,) if problem else ())
    assert found.verdict is (CheckVerdict.WARN if problem else CheckVerdict.VALID)


@pytest.mark.parametrize("typed", ["1234", "9" * 31])
def test_no_account_is_so_short_or_so_long(checking: Checking, typed: str) -> None:
    found = checking("bank_account", typed)
    assert (found.verdict, found.problems) == (CheckVerdict.INVALID, ("length",))


def test_an_account_that_is_a_card_says_so(checking: Checking) -> None:
    facts = checking("bank_account", "6222020000000000000").facts
    assert (facts["form"], facts["bank"]) == ("card", "中国工商银行")


@every_row(
    ("number", "wallet", "day", "problem"),
    [
        ("4200001234202611241234567890", "wechat", "2026-11-24", ""),
        ("1000050001202611240123456789012345", None, None, ""),
        ("2026112422001412341234567890", "alipay", "2026-11-24", ""),
        ("20261124200040011100340012345678", "alipay", "2026-11-24", ""),
        ("2026123122001412341234567890", "alipay", "2026-12-31", "date_future"),
        ("2026139922001412341234567890", None, None, ""),
        ("AB12CD34EF56AB12", None, None, ""),
        ("123456", None, None, "length"),
        ("4200001234202611241234567890！", None, None, "characters"),
    ],
)
def test_order_numbers(
    checking: Checking, number: str, wallet: str | None, day: str | None, problem: str
) -> None:
    found = checking("order_number", number)
    assert (found.facts.get("wallet"), found.facts.get("date")) == (wallet, day)
    assert found.problems == ((problem,) if problem else ())
    assert found.verdict is not CheckVerdict.INVALID


@pytest.mark.parametrize("code", ["91110000600037341L", "91350100M000100Y43"])
def test_published_organisations(checking: Checking, code: str) -> None:
    found = checking("uscc", code.lower())
    assert (found.verdict, found.normal) == (CheckVerdict.VALID, code)
    assert found.facts["department"] == "9"


def test_the_example_of_gb_11714() -> None:
    assert organisation_check_digit("D2143569") == "X"


ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 30))
def test_a_wrong_character_in_an_organisation_is_caught(body: str, place: int, shift: int) -> None:
    code = body + uscc_check_digit(body)
    wrong = ALPHABET[(ALPHABET.index(code[place]) + shift) % 31]
    damaged = code[:place] + wrong + code[place + 1 :]
    assert "checksum" not in check("uscc", code, NoDirectories(), TODAY).problems
    assert "checksum" in check("uscc", damaged, NoDirectories(), TODAY).problems


@pytest.mark.parametrize(
    ("code", "problem"),
    [("9111000060003734", "length"), ("91110000600037341I", "characters"), ("", "empty")],
)
def test_impossible_organisations(checking: Checking, code: str, problem: str) -> None:
    found = checking("uscc", code)
    assert (found.verdict, found.problems) == (CheckVerdict.INVALID, (problem,))


@pytest.mark.parametrize(
    ("number", "document"),
    [
        ("E12345678", "chinese"),
        ("EA1234567", "chinese"),
        ("H12345678", "hong_kong_macau_permit"),
        ("C12345678", "two_way_permit"),
        ("12345678", "taiwan_permit"),
        ("AB123456", "foreign"),
    ],
)
def test_documents(checking: Checking, number: str, document: str) -> None:
    found = checking("passport", number)
    assert (found.verdict, found.facts["document"]) == (CheckVerdict.VALID, document)


def test_an_odd_document_is_kept(checking: Checking) -> None:
    assert checking("passport", "ABC-1234-5678-90").verdict is CheckVerdict.WARN


@pytest.mark.parametrize(("typed", "problem"), [("旧E12345678", "characters"), ("E1", "length")])
def test_what_no_document_can_show(checking: Checking, typed: str, problem: str) -> None:
    found = checking("passport", typed)
    assert (found.verdict, found.problems) == (CheckVerdict.INVALID, (problem,))
