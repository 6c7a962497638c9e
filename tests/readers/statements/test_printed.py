"""Statements printed into a text: columns that only spaces part."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import UserInputError
from desktop.domain.statements.statement import Statement
from desktop.readers.statements.open_statement import open_statement

_NAMES = ("交易日期", "摘要", "借方金额", "贷方金额", "余额", "对方户名", "对方账号")
_MONEY = {2, 3, 4}


def _read(text: str, encoding: str = "gb18030") -> Statement:
    return open_statement(io.BytesIO(text.encode(encoding))).whole()


def _codes(statement: Statement) -> set[str]:
    return {finding.code for finding in statement.findings}


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _printed(rows: Sequence[Sequence[str]], gap: int) -> str:
    """Sums to the right of their columns, all else to the left, as printers set them."""
    table = [_NAMES, *rows]
    widths = [max(_wide(row[at]) for row in table) for at in range(len(_NAMES))]
    lines = []
    for row in table:
        cells = []
        for at, (text, width) in enumerate(zip(row, widths, strict=True)):
            pad = " " * (width - _wide(text))
            cells.append(pad + text if at in _MONEY else text + pad)
        lines.append((" " * gap).join(cells).rstrip())
    return "\n".join(("某某农村商业银行 分户账", "-" * 90, lines[0], "-" * 90, *lines[1:], ""))


_SUMS = st.integers(1, 10**9).map(lambda fen: f"{fen // 100:,}.{fen % 100:02}")
_LATIN = st.sampled_from(["ATM", "LIM WEI", "Sunrise Asia Ltd"])
_CHINESE = st.sampled_from(["张三", "转账", "工资", "某某科技有限公司", "王*强"])


@st.composite
def _row(draw: st.DrawFn) -> tuple[str, ...]:
    outgoing = draw(st.booleans())
    sum_ = draw(_SUMS)
    other = draw(st.booleans())
    return (
        f"2026-{draw(st.integers(1, 12)):02}-{draw(st.integers(1, 28)):02}",
        draw(st.one_of(_CHINESE, _LATIN)),
        sum_ if outgoing else "",
        "" if outgoing else sum_,
        draw(_SUMS),
        draw(st.one_of(_CHINESE, _LATIN)) if other else "",
        f"6222{draw(st.integers(10**11, 10**15 - 1))}" if other else "",
    )


@given(st.lists(_row(), min_size=1, max_size=20), st.integers(2, 6))
def test_every_cell_is_read_from_its_column(rows: list[tuple[str, ...]], gap: int) -> None:
    read = _read(_printed(rows, gap))
    assert "displaced" not in _codes(read)
    assert [
        (
            f"{row.time:%Y-%m-%d}",
            row.summary,
            row.direction.value,
            row.amount_fen,
            row.counterparty,
            row.account,
        )
        for row in read.rows
    ] == [
        (
            day,
            summary,
            "out" if out else "in",
            int((out or in_).replace(",", "").replace(".", "")),
            name,
            account,
        )
        for day, summary, out, in_, _, name, account in rows
    ]


_TABLE = """交易日期    摘要      借方金额      贷方金额        余额  对方户名            备注
2026-03-01  转账        100.00                    900.00  北京某某某某科技有  货款
                                                          限公司
2026-03-02  转账                      50.00       950.00  张三                还钱
                                                                     第 1 页
\f交易日期    摘要      借方金额      贷方金额        余额  对方户名            备注
2026-03-04  转账        100.00                    900.00  阿卜杜拉·买买提江·某某某某某  货款
2026-03-05  转账                     100.00      1000.00  王五                奖金
合计                    200.00       200.00
"""


def test_a_name_that_goes_on_in_the_next_line_is_joined_and_a_number_of_a_page_is_not() -> None:
    names = [row.counterparty for row in _read(_TABLE).rows]
    assert names == ["北京某某某某科技有限公司", "张三", "王五"]


def test_a_row_whose_cells_were_pushed_aside_is_left_out_and_counted() -> None:
    read = _read(_TABLE)
    (finding,) = [finding for finding in read.findings if finding.code == "displaced"]
    assert finding.params == {"n": 1, "rows": "7"}
    assert [row.row for row in read.rows] == [2, 4, 8]


def test_english_days_of_a_printed_statement_are_read() -> None:
    read = _read(
        "Date         Description       Debit    Credit   Balance CNY\n"
        "01 Mar 2026  ATM               100.00               900.00\n"
        "2 Sept 2026  TRANSFER LIM WEI             50.00     950.00\n"
    )
    assert [(f"{row.time:%m-%d}", row.direction.value, row.summary) for row in read.rows] == [
        ("03-01", "out", "ATM"),
        ("09-02", "in", "TRANSFER LIM WEI"),
    ]


def test_a_frame_of_lines_parts_the_columns() -> None:
    read = _read(
        "┌──────┬──┬────┬────┐\n"
        "│交易日期    │收支│金额    │对方户名│\n"
        "├──────┼──┼────┼────┤\n"
        "│2026.03.03  │支  │ 20867.00│梁洋    │\n"
        "│2026.03.04  │收  │   867.00│        │\n"
    )
    assert [(row.direction.value, row.amount_fen, row.counterparty) for row in read.rows] == [
        ("out", 2_086_700, "梁洋"),
        ("in", 86_700, ""),
    ]


def test_a_period_without_rows_is_told_as_one() -> None:
    with pytest.raises(UserInputError) as caught:
        _read(
            "查询期间：2026年06月01日至2026年06月30日\n交易日期    摘要    金额    余额\n本期无交易明细\n"
        )
    assert caught.value.code == "statement.empty_period"


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_cells_with_spaces_do_not_make_a_printed_table(mark: str) -> None:
    lines = [
        ["交易时间", "交易对方", "金额 (元)", "收/支"],
        ["2026-11-24 10:12:35", "LIM  WEI", "5.00", "支出"],
    ]
    read = _read("\n".join(mark.join(line) for line in lines))
    assert [(row.counterparty, row.amount_fen) for row in read.rows] == [("LIM  WEI", 500)]
