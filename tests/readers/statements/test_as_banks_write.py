"""What a row says of the other side, of its time, and of a period without payments, as banks write them."""

from __future__ import annotations

import io

import pytest

from desktop.domain.errors import UserInputError
from desktop.domain.statements.statement import Statement
from desktop.readers.statements.open_statement import open_statement
from tests.support.every_row import every_row

CARD = "6217001234005678907"


def read(text: str) -> Statement:
    return open_statement(io.BytesIO(text.encode())).whole()


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (
            "招商银行交易记录\n交易日期,交易时间,收入,支出,余额,交易类型,交易备注",
            f'20261124,10:12:35,,"98,000.00",12.00,转账汇款,张三 {CARD}',
        ),
        (
            "记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要",
            f'2026-11-24,CNY,"-98,000.00",12.00,转账汇款,张三 {CARD},转账',
        ),
        ("交易时间,支出,对方户名,对方账号", f"2026-11-24 10:12:35,98000.00,张三,{CARD}"),
    ],
)
def test_name_and_account_of_the_other_side_are_told_apart(head: str, line: str) -> None:
    (row,) = read(f"{head}\n{line}\n").rows
    assert (row.other_side, row.amount_fen) == (("张三", CARD), 9_800_000)


@every_row(
    ("written", "account"),
    [
        ("6217 0012 3400 5678 907", CARD),
        ("2433 0013 3", "243300133"),
        ("6217 **** **** 8907", "6217 **** **** 8907"),
        ("LIM 62170012", "LIM 62170012"),
        ("123 45", "123 45"),
    ],
)
def test_groups_of_digits_are_one_account(written: str, account: str) -> None:
    (row,) = read(f"交易时间,支出,对方账号\n2026-11-24 10:12:35,98000.00,{written}\n").rows
    assert row.account == account


def test_a_remark_is_no_name_where_another_column_names_the_other_side() -> None:
    (row,) = read("交易日期,支出,对方户名,交易备注\n2026-11-24,50.00,,手续费\n").rows
    assert row.other_side == ("", "")


@pytest.mark.parametrize(
    ("written", "known"),
    [
        (CARD, CARD),
        ("6217001234005670000", "62170012340056*****"),
        ("621700123400568000", "62170012340056****"),
        ("6217001234000000000", "621700123**********"),
        ("6.217E+18", ""),
    ],
)
def test_of_a_rounded_account_only_what_is_known_is_believed(written: str, known: str) -> None:
    (row,) = read(
        f"交易时间,支出,对方户名,对方账号\n2026-11-24 10:12:35,98000.00,张三,{written}\n"
    ).rows
    assert (row.account, row.other_side) == (written, ("张三", known))
    assert bool(row.problems) is (written != known)


def test_a_row_says_whether_its_day_alone_is_known() -> None:
    rows = read(
        "交易日期,交易时间,支出,对方户名\n2026-11-24,,5.00,王五\n2026-11-24,10:12:35,5.00,王五\n"
    ).rows
    assert [row.day_alone for row in rows] == [True, False]


def test_a_period_without_payments_is_told() -> None:
    with pytest.raises(UserInputError) as refused:
        read(
            "微信支付账单明细\n起始时间：[2026-11-01 00:00:00] 终止时间：[2026-11-24 23:59:59]\n共0笔记录\n"
            "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n"
        )
    assert refused.value.code == "statement.empty_period"
    assert "2026-11-24" in str(refused.value.params["period"])


@every_row(
    ("cell", "name", "account"),
    [
        (f"{CARD}/张三", "张三", CARD),
        (f"张三/{CARD}", "张三", CARD),
        (f"张三（{CARD}）", "张三", CARD),
        (f"{CARD}(张三)", "张三", CARD),
        (f"{CARD} 张三", "张三", CARD),
        (f"账号:{CARD} 户名:张三", "张三", CARD),
        (f"户名：张三，账号：{CARD}", "张三", CARD),
        ("215500690/京东支付-五金店", "京东支付-五金店", "215500690"),
        ("/财付通-停车场", "财付通-停车场", ""),
        ("6217****8907/张三", "张三", "6217****8907"),
        ("6.21700E+18/张三", "张三", ""),
        ("6217001234005670000/张三", "张三", "62170012340056*****"),
        ("张三（abc***@163.com）", "张三", "abc***@163.com"),
        ("系统", "", ""),
        ("张三(138****0000)", "张三(138****0000)", ""),
        ("甲/乙联合公司", "甲/乙联合公司", ""),
        ("微信支付(尾号4417)", "微信支付(尾号4417)", ""),
        ("7-11便利店", "7-11便利店", ""),
    ],
)
@every_row("column", ["对方账号与户名", "对方账号"])
def test_name_and_account_in_one_cell_are_parted(
    cell: str, name: str, account: str, column: str
) -> None:
    """Whichever column holds both; a cell of accounts that has not both stays as it is."""
    (row,) = read(f'交易时间,支出,{column}\n2026-11-24 10:12:35,98000.00,"{cell}"\n').rows
    if column == "对方账号" and not (name and account) and cell[0] != "/" and "E+" not in cell:
        assert row.other_side == ("", cell)
    else:
        assert row.other_side == (name, account)
