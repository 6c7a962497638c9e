"""What a statement says above its columns: whose it is, in what it counts."""

from __future__ import annotations

import io

import pytest

from desktop.domain.statements.statement import Statement
from desktop.readers.statements.open_statement import open_statement

HEADER = "交易时间,支出,收入,对方户名"
ROW = "2026-11-24 10:12:35,98000.00,,王五"


def read(*lines: str) -> Statement:
    return open_statement(io.BytesIO("\n".join(lines).encode())).whole()


@pytest.mark.parametrize(
    ("line", "account"),
    [
        ("账号：6222 0211 1122 2333 444,币种：人民币", "6222021111222333444"),
        ("卡号: 6222 **** **** 1234", "6222********1234"),
        ("账号：6222021111222333444 2026-11-01 至 2026-11-30", "6222021111222333444"),
        ("账号：1001 2026-11-01 至 2026-11-30", "1001"),
        ("支付宝账户：zhang@example.com", "zhang@example.com"),
    ],
)
def test_the_account_is_read_in_full(line: str, account: str) -> None:
    """The first four digits alone stood as the account a stop was asked for."""
    assert read(line, HEADER, ROW).head.account == account


def test_the_owner_is_no_half_of_a_word() -> None:
    assert read("开户名称：王某", HEADER, ROW).head.owner == "王某"


def test_the_other_side_that_a_statement_was_asked_for_is_not_its_owner() -> None:
    head = read("对方户名：李四 对方账号：6217004230001234569", HEADER, ROW).head
    assert (head.owner, head.account) == ("", "")
    both = read("对方账号：全部 户名：王某 账号：6222021111222333444", HEADER, ROW).head
    assert (both.owner, both.account) == ("王某", "6222021111222333444")


@pytest.mark.parametrize(
    ("above", "header", "fen"),
    [
        ("", HEADER, 9_800_000),
        ("", "交易时间,交易金额(分),借贷标志", 98_000),
        ("金额单位：人民币分", HEADER, 98_000),
        ("单位：万元", HEADER, 98_000_000_000),
        ("工作单位：分行", HEADER, 9_800_000),
    ],
)
def test_sums_count_in_what_the_statement_says(above: str, header: str, fen: int) -> None:
    (row,) = read(above, header, ROW.replace(",,", ",借,")).rows
    assert row.amount_fen == fen


def test_ten_thousands_have_more_than_two_decimals() -> None:
    (row,) = read("单位：万元", HEADER, ROW.replace("98000.00", "9.812345")).rows
    assert row.amount_fen == 9_812_345


def test_an_account_in_dollars_has_no_yuan() -> None:
    (row,) = read("账号：6222021111222333444 币种：美元", HEADER, ROW).rows
    assert (row.amount_fen, row.currency) == (None, "美元")
    for above in ("币种：人民币", "币种：全部"):
        assert read(above, HEADER, ROW).rows[0].amount_fen == 9_800_000


@pytest.mark.parametrize(
    ("named", "fen"),
    [
        ("人民币(CNY)", 100),
        ("CNY-人民币", 100),
        ("01", 100),
        ("RMB人民币", 100),
        ("美元", None),
        ("CNYT", None),
    ],
)
def test_yuan_has_many_names(named: str, fen: int | None) -> None:
    (row,) = read("交易时间,支出,币种,对方户名", f"2026-11-24 10:12:35,1.00,{named},王五").rows
    assert row.amount_fen == fen


CHASE = (
    "Details,Posting Date,Description,Amount,Type,Balance\n"
    "DEBIT,05/04/2026,Zelle payment to Kevin,-2942.85,X,1205.19\n"
)
OTHER_WORDS = (
    "Posted,Memo,Value,Running total\n"
    "2026-05-01,Kevin,-10.00,990.00\n2026-05-02,Mei,5.00,995.00\n2026-05-03,Ann,-7.00,988.00\n"
)
MAINLAND = "交易时间,收入,支出,余额,对方户名\n2026-11-24 10:12:35,,34.00,66.00,香港王五\n"
HONG_KONG = (
    "交易日期,交易內容,存入,支出,結餘\n"
    "2026/03/04,轉賬,,6647.69,476160.93\n2026/03/05,存款,10.00,,476170.93\n"
)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        (CHASE, "?"),
        (f"Account in CNY\n{CHASE}", "CNY"),
        (f"Currency: USD\n{CHASE}", "USD"),
        (f"工资卡流水\n{CHASE}", "CNY"),
        (OTHER_WORDS, "?"),
        (f"美元账户流水\n{MAINLAND}", "美元"),
        (f"账户类型 港币储蓄\n{MAINLAND}", "港币"),
        (f"中国银行（香港）有限公司\n{MAINLAND}", "?"),
        (f"台湾银行 交易明细\n{MAINLAND}", "?"),
        (f"香港上海汇丰银行 人民币账户\n{MAINLAND}", "CNY"),
        (f"汇丰银行（中国）有限公司\n{MAINLAND}", "CNY"),
        (HONG_KONG, "?"),
        (f"往來賬戶結單\n貨幣 Currency 港元 HKD\n{HONG_KONG}", "港元"),
        (f"貨幣：人民幣\n{HONG_KONG}", "CNY"),
    ],
)
def test_a_statement_from_abroad_is_not_in_yuan_unless_it_says_so(text: str, currency: str) -> None:
    """Dollars that stand as yuan are stopped as yuan."""
    rows = open_statement(io.BytesIO(text.encode())).whole().rows
    assert {row.currency for row in rows} == {currency}
    assert [row.amount_fen is not None for row in rows] == [currency == "CNY"] * len(rows)
