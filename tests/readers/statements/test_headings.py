"""Columns known by what their names mean, in whatever order, language or number of rows they stand."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.statements.statement import MoneyDirection, Statement, StatementColumn
from desktop.readers.statements.columns.vocabulary import vocabulary
from desktop.readers.statements.open_statement import open_statement
from tests.support.every_row import every_row
from tests.support.sweep import examples

CARD = "6217001234005678907"
NAMES = {
    "2026-11-24 10:12:35": ["交易时间", "业务发生时间", "入账时间（北京时间）", "交易时间 Trans Time", "支付时刻"],
    "98,000.00": ["支出金额（-元）", "借方发生额(支取)", "Debit 借方", "转出金额(元)", "付方金额"],
    "5,000.00": ["账户余额（元）", "交易后余额", "余额 Balance", "卡余额"],
    "王五": ["对方户名", "收/付方名称", "对方客户名称", "Counterparty 对方", "对手方账户名称"],
    CARD: ["对方帐号", "交易对手账(卡)号", "往来方银行卡号", "对方卡号（账号）", "收/付款方账号"],
    "建行城关支行": ["对方账户开户行", "对手方开户机构名称", "交易对方行名"],
    "转账": ["业务摘要", "摘要 Abstract", "款项用途"],
}  # fmt: skip


def read(*lines: str) -> Statement:
    return open_statement(io.BytesIO("\n".join(lines).encode())).whole()


@settings(max_examples=examples(60))
@given(st.data())
def test_a_row_says_the_same_under_all_names_and_in_all_orders(data: st.DataObject) -> None:
    named = data.draw(st.permutations(sorted(NAMES)))
    header = [data.draw(st.sampled_from(NAMES[cell])) for cell in named]
    above = data.draw(st.lists(st.sampled_from(["账户明细", "", "户名\t李明"]), max_size=3))
    (row,) = read(*above, "\t".join(header), "\t".join(named)).rows
    assert (row.amount_fen, row.direction) == (9_800_000, MoneyDirection.OUT)
    assert (row.balance_fen, row.bank, row.summary) == (500_000, "建行城关支行", "转账")
    assert row.other_side == ("王五", CARD)
    assert row.time is not None
    assert f"{row.time:%Y-%m-%d %H:%M:%S}" == "2026-11-24 10:12:35"


@every_row(
    "name",
    ["对方IP", "对方行号", "本方账号", "账户名称", "客户名称", "客户类型", "交易户名", "起息日", "Value Date",
     "退款金额", "手续费",     "对方证件号码", "MAC地址", "开户日期", "对方户名（本人）", "交易金额（支/收）"],
)  # fmt: skip
def test_names_that_only_look_like_it_say_nothing(name: str) -> None:
    assert vocabulary().roles([name]) == {}


def test_the_names_of_two_rows_are_one_header() -> None:
    upper = "序号,交易时间,,交易金额（元）,,账户余额,对方,,"
    lower = ",日期,时间,借方,贷方,,账号,户名,行名"
    paid = f"1,2026.11.24,10:12,98000.00,,5000.00,{CARD},王五,建行城关支行"
    found = read("个人账户对账单", upper, lower, paid, "本页合计,,,98000.00,0.00,,,,")
    (row,) = found.rows
    assert (row.row, row.amount_fen, row.direction) == (4, 9_800_000, MoneyDirection.OUT)
    assert (row.other_side, row.bank) == (("王五", CARD), "建行城关支行")
    assert (row.balance_fen, row.time_text) == (500_000, "2026.11.24 10:12")


def test_a_first_row_without_a_digit_is_no_second_row_of_names() -> None:
    found = read(
        "交易时间,支出,余额,对方", "以下,为,本期,明细", "2026-11-24 10:12:35,5.00,1.00,王五"
    )
    assert found.head.header_row == 1
    assert [row.counterparty for row in found.rows] == ["王五"]


@pytest.mark.parametrize(
    ("name", "written", "fen"),
    [("金额(分)", "9800000", 9_800_000), ("金额（万元）", "9.8", 9_800_000), ("金额（元）", "98000", 9_800_000),
     ("金额（单位：万元）", "9.8", 9_800_000), ("金额(万)", "9.8", 9_800_000),
     ("金额（人民币元）", "98000", 9_800_000)],
)  # fmt: skip
def test_the_unit_in_a_name_is_reckoned_with(name: str, written: str, fen: int) -> None:
    (row,) = read(f"交易时间,收/支,{name},对方", f"2026-11-24 12.53.10,支出,{written},王五").rows
    assert (row.amount_fen, row.problems) == (fen, ())


def test_dollars_named_above_a_column_are_no_yuan() -> None:
    header = "Booking Date,Description 摘要,Debit 借方 (USD),Credit 贷方 (USD),Counterparty 对方"
    (row,) = read(header, '2026-11-24,OUTWARD TT,"98,000.00",,OAKMERE LTD').rows
    assert (row.amount_fen, row.currency, row.direction) == (None, "USD", MoneyDirection.OUT)


@pytest.mark.parametrize(
    "name", ["金额 Amount USD", "金额（单位：美元）", "支出(日元)", "Debit (SGD) 借方"]
)
def test_no_money_of_another_country_becomes_yuan(name: str) -> None:
    (row,) = read(f"交易时间,{name},对方", "2026-11-24 12:53:10,-980.00,王五").rows
    assert (row.amount_fen, row.currency != "CNY") == (None, True)


def test_sums_of_two_units_never_stand_for_one_another() -> None:
    header = "交易日期,金额（美元）,交易金额（元）,余额（万元）,对方户名"
    first, second = read(header, "2026-11-24,,-5.00,1.00,王五", "2026-11-25,,-6.00,1.00,王五").rows
    assert [(row.amount_fen, row.balance_fen) for row in (first, second)] == [
        (500, None),
        (600, None),
    ]


@pytest.mark.parametrize("name", ["金额（亿元）", "发生额(百元)", "金额（角）"])
def test_a_unit_nobody_knows_leaves_the_sum_unread(name: str) -> None:
    assert vocabulary().roles([name]) == {}


def test_every_composed_name_means_what_its_list_says() -> None:
    """A name in two lists would be read by whichever stands first."""
    words = vocabulary()
    assert words.roles(["对方户名", "对方账号", "对方开户行"]).keys() == {
        StatementColumn.COUNTERPARTY,
        StatementColumn.ACCOUNT,
        StatementColumn.BANK,
    }
    for name, (column, _) in words.names.items():
        assert words.roles([name]).keys() == {column}


def test_whom_a_bank_was_asked_about_is_never_the_other_side() -> None:
    """交易方 is the other side alone, and the holder beside 对手 or 对方."""
    header = "交易时间,交易方户名,交易方账号,收付标志,交易金额,对手户名,交易对手账号"
    fee = f"2026-11-24 10:12:35,李明,{CARD},付,5.00,,"
    (row,) = read(header, fee).rows
    assert row.other_side == ("", "")
    (row,) = read("交易时间,交易方户名,收付标志,交易金额", "2026-11-24 10:12:35,王五,付,5.00").rows
    assert row.other_side == ("王五", "")


def test_traditional_signs_name_the_same_columns() -> None:
    (row,) = read(
        "交易日期,交易時間,存入,轉出,結餘,交易對手名稱,交易對手賬號,貨幣",
        f"2026-11-24,10:12:35,,8.00,5.00,陳大文,{CARD},HKD",
    ).rows
    assert (row.direction, row.other_side) == (MoneyDirection.OUT, ("陳大文", CARD))
    assert (row.currency, row.amount_text) == ("HKD", "8.00")


@every_row(
    ("name", "column"),
    [
        ("对方快钱账户", StatementColumn.ACCOUNT),
        ("对方微信昵称", StatementColumn.COUNTERPARTY),
        ("微信支付订单号", StatementColumn.REFERENCE),
        ("支付宝余额", StatementColumn.BALANCE),
        ("注释", StatementColumn.SUMMARY),
        ("响应信息", StatementColumn.STATUS),
        ("微信号", None),
        ("微信支付", None),
    ],
)
def test_the_name_of_a_payment_firm_in_a_heading_changes_nothing(
    name: str, column: StatementColumn | None
) -> None:
    found = vocabulary().meaning(name)
    assert (found[0] if found else None) is column
