"""Statements that are web pages: cells over several rows and columns."""

from __future__ import annotations

import io

from desktop.domain.statements.statement import MoneyDirection, Statement
from desktop.readers.statements.open_statement import open_statement


def read(*rows: str) -> Statement:
    page = "".join(f"<tr>{row}</tr>" for row in rows)
    return open_statement(
        io.BytesIO(f"<html><meta charset=utf-8><table>{page}</table>".encode())
    ).whole()


def cells(*texts: str) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


def test_a_day_over_several_rows_is_the_day_of_each() -> None:
    """They were skipped, or read one column too far to the left."""
    found = read(
        cells("交易日期", "收入", "支出", "对方户名"),
        "<td rowspan=3>2026-11-24 10:12:35</td>" + cells("", "98,000.00", "陈某"),
        cells("", "20,000.00", "王某"),
        cells("5.00", "", "李某"),
        cells("2026-11-25 10:12:35", "", "7.00", "赵某"),
    )
    told = [
        (f"{row.time:%d}", row.amount_fen, row.direction, row.counterparty) for row in found.rows
    ]
    assert told == [
        ("24", 9_800_000, MoneyDirection.OUT, "陈某"),
        ("24", 2_000_000, MoneyDirection.OUT, "王某"),
        ("24", 500, MoneyDirection.IN, "李某"),
        ("25", 700, MoneyDirection.OUT, "赵某"),
    ]


def test_a_sum_over_several_rows_left_once() -> None:
    spans = "".join(
        f"<td rowspan=2>{text}</td>" for text in ("2026-11-24 10:12:35", "98,000.00元", "", "陈某")
    )
    found = read(
        cells("交易日期", "支出", "收入", "对方户名", "摘要"),
        spans + cells("转账"),
        cells("手机银行"),
        cells("2026-11-25 10:12:35", "7.00", "", "赵某", "转账"),
    )
    assert [row.amount_fen for row in found.rows] == [9_800_000, 700]


def test_a_header_of_two_rows_names_its_finer_half() -> None:
    found = read(
        "<td rowspan=2>交易日期</td><td colspan=2>金额</td><td rowspan=2>对方户名</td>",
        cells("收入", "支出"),
        cells("2026-11-24 10:12:35", "", "98,000.00", "陈某"),
    )
    (row,) = found.rows
    assert (row.amount_fen, row.direction, row.counterparty) == (
        9_800_000,
        MoneyDirection.OUT,
        "陈某",
    )


def test_a_cell_that_hangs_beside_a_short_row_reaches_no_further() -> None:
    found = read(
        cells("交易日期", "支出", "收入", "对方户名"),
        cells("2026-11-24 10:12:35", "98,000.00", "") + "<td rowspan=2>陈某</td>",
        cells("小计"),
        cells("2026-11-25 10:12:35", "7.00", "", "赵某"),
    )
    assert [row.counterparty for row in found.rows] == ["陈某", "赵某"]
