"""Statements that name payer and payee: which of them is the other side, from line to line."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.statements.statement import MoneyDirection, Statement
from desktop.readers.statements.open_statement import open_statement
from tests.support.sweep import examples

OWN = ("彭筠", "6222021234567890123", "工行城关支行")
OTHERS = [(f"某{n}", f"62170012345678901{n:02}", f"建行第{n}支行") for n in range(20)]
NAMES = {
    "付款人": ["付款方名称", "付款方帐号[ Debit Account No. ]", "付款方开户行名"],
    "收款人": ["收款方名称", "收款方帐号[ Payee's Account ]", "收款方开户行名"],
}


def read(*lines: str) -> Statement:
    return open_statement(io.BytesIO("\n".join(lines).encode())).whole()


@settings(max_examples=examples(40))
@given(st.lists(st.booleans(), min_size=2, max_size=20), st.permutations(range(9)), st.booleans())
def test_the_other_side_is_whoever_is_not_the_holder(
    ways: list[bool], order: list[int], signed: bool
) -> None:
    columns = ["到账时间", "金额", *NAMES["付款人"], *NAMES["收款人"], "用途"]
    lines = [",".join(columns[at] for at in order)]
    for number, out in enumerate(ways):
        payer, payee = (OWN, OTHERS[number]) if out else (OTHERS[number], OWN)
        yuan = "-5.00" if out and signed else "5.00"
        cells = [f"2026-11-24 10:00:{number:02}", yuan, *payer, *payee, "货款"]
        lines.append(",".join(cells[at] for at in order))
    rows = read(*lines).rows
    assert [(row.direction, *row.other_side, row.bank) for row in rows] == [
        (MoneyDirection.OUT if out else MoneyDirection.IN, *OTHERS[number])
        for number, out in enumerate(ways)
    ]
    assert {(row.amount_fen, row.summary, row.problems) for row in rows} == {(500, "货款", ())}


@pytest.mark.parametrize(
    "pairs",
    [[(OWN, OTHERS[0])], [(OWN, OTHERS[0])] * 3, [(OTHERS[0], OTHERS[1]), (OTHERS[2], OTHERS[3])]],
)
def test_nobody_is_the_holder_where_nothing_tells_whose_it_is(
    pairs: list[tuple[tuple[str, str, str], tuple[str, str, str]]],
) -> None:
    lines = [
        f"2026-11-24 10:00:00,5.00,{payer[0]},{payer[1]},{payee[0]},{payee[1]},货款"
        for payer, payee in pairs
    ]
    header = "到账时间,金额,付款方名称,付款方账号,收款方名称,收款方账号,用途"
    rows = read(header, *lines).rows
    assert {row.direction for row in rows} == {MoneyDirection.NEUTRAL}
    assert {row.other_side for row in rows} == {("", "")}
    known = read(f"户名：{OWN[0]}  账号：{OWN[1]}", header, *lines).rows
    sure = {row.direction for row in known}
    assert sure == {MoneyDirection.OUT if pairs[0][0] is OWN else MoneyDirection.NEUTRAL}


def test_between_two_accounts_of_the_holder_and_beside_him_no_other_side_is_named() -> None:
    header = "到账时间,金额,付款方名称,付款方账号,收款方名称,收款方账号,用途"
    usual = [
        f"2026-11-24 10:00:0{n},5.00,{OWN[0]},{OWN[1]},{OTHERS[n][0]},{OTHERS[n][1]},货款"
        for n in range(9)
    ]
    foreign = "2026-11-24 10:01:00,7.00,甲,6217001234567890999,乙,6217001234567890888,货款"
    fee = f"2026-11-24 10:02:00,1.00,{OWN[0]},{OWN[1]},,,手续费"
    *_, odd, paid = read(header, *usual, foreign, fee).rows
    assert (odd.direction, odd.other_side) == (MoneyDirection.NEUTRAL, ("", ""))
    assert odd.problems == ("statement.cell.direction",)
    assert (paid.direction, paid.other_side) == (MoneyDirection.OUT, ("", ""))


_SHOP = "某某烟酒店"


def _of_shop(cards: list[str], kinds: list[str], column: str = "卡号") -> Statement:
    lines = [
        f"2026-11-24 10:00:{at:02},{_SHOP},{card},招商银行,5.00,{kind},成功"
        for at, (card, kind) in enumerate(zip(cards, kinds, strict=True))
    ]
    return read(f"交易时间,商户名称,{column},发卡行,交易金额,交易类型,交易状态", *lines)


def test_cards_in_a_shop_s_own_statement_are_its_customers() -> None:
    cards = [f"6222{at}0*****123{at}" for at in range(6)]
    rows = _of_shop(cards, ["消费"] * 4 + ["退货", "消费撤销"]).rows
    assert [row.other_side for row in rows] == [("", card) for card in cards]
    assert {row.bank for row in rows} == {"招商银行"}
    assert [row.direction for row in rows] == [MoneyDirection.IN] * 4 + [MoneyDirection.OUT] * 2


@pytest.mark.parametrize(
    ("cards", "column"),
    [
        ([f"622200001111222{at % 2}" for at in range(6)], "卡号"),
        ([f"622200001111222{at}" for at in range(6)], "对方账号"),
    ],
)
def test_a_customer_s_statement_of_one_shop_keeps_its_name(cards: list[str], column: str) -> None:
    rows = _of_shop(cards, ["消费"] * 6, column).rows
    assert {row.counterparty for row in rows} == {_SHOP}
    assert {row.account for row in rows} == ({""} if column == "卡号" else {*cards})
