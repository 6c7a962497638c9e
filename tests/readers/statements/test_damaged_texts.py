"""Text files that were cut, spoiled, or badly quoted; numbers that spreadsheets had in hand."""

from __future__ import annotations

import io

import pytest

from desktop.domain.statements.statement import Statement
from desktop.readers.statements.open_statement import open_statement
from tests.support.every_row import every_row
from tests.support.strict import all_of

HEADER = "交易时间,收支,金额,对方户名,对方账号\n"
ROW = "2026-11-24 10:12:35,支出,98000.00,王五,6217004230001234569\n"


def read(data: str | bytes) -> Statement:
    return open_statement(io.BytesIO(data.encode() if isinstance(data, str) else data)).whole()


def codes(found: Statement) -> set[str]:
    return {item.code for item in found.findings} - {"unknown_layout"}


def test_a_quotation_mark_without_its_fellow_swallows_no_payments() -> None:
    lone = ROW.replace("王五", '"王五')
    found = read(HEADER + ROW + lone + ROW + ROW + lone + ROW)
    assert [(row.row, row.amount_fen, row.counterparty) for row in found.rows] == [
        (number, 9_800_000, "王五") for number in range(2, 8)
    ]
    assert {item.code: item.params for item in found.findings}["quotes"] == {"n": 1, "rows": "3"}
    to_the_end = read(HEADER + ROW + "卡号：6217004230001234569\n" + lone + ROW + "共9笔记录\n")
    assert [row.row for row in to_the_end.rows] == [2, 4, 5]
    assert codes(to_the_end) == {"quotes", "count_all"}


def test_what_cannot_be_taken_apart_for_sure_is_reported() -> None:
    lone, grouped = ROW.replace("王五", '"王五'), ROW.replace("98000.00", '"98,000.00"')
    found = read(HEADER + ROW + lone + grouped + ROW)
    assert "quotes" in codes(found)
    assert all_of(row.amount_fen == 9_800_000 for row in found.rows)


def test_a_remark_of_several_lines_is_a_remark() -> None:
    found = read(HEADER + ROW + ROW.replace("王五", '"王五\n多谢, 再会"') + ROW)
    assert [row.row for row in found.rows] == [2, 3, 4]
    assert codes(found) == set()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_spoiled_octets_are_reported_and_spoil_nothing_else(encoding: str) -> None:
    whole = (HEADER + ROW * 3).encode(encoding)
    spoiled = whole.replace("五".encode(encoding), b"\xff\xff", 1)
    found = read(spoiled)
    assert [row.amount_fen for row in found.rows] == [9_800_000] * 3
    assert "garbled" in codes(found)
    assert "garbled" not in codes(read(whole))


def test_a_text_that_breaks_off_within_a_sign_is_read_as_far_as_it_goes() -> None:
    found = read((HEADER + ROW + "2026-11-24 10:12:36,支出,5.00,王五").encode()[:-1])
    assert [row.amount_fen for row in found.rows] == [9_800_000, 500]
    assert "garbled" in codes(found)


@pytest.mark.parametrize("mark", ["'", "`"])
def test_a_sign_that_kept_a_number_whole_is_no_part_of_it(mark: str) -> None:
    (row,) = read(HEADER + ROW.replace(",6217", f",{mark}6217")).rows
    assert row.account == "6217004230001234569"
    cells = ",".join(f"`{cell}" for cell in ROW.strip().split(","))
    (row,) = read(",".join(f"`{cell}" for cell in HEADER.strip().split(",")) + f"\n{cells}\n").rows
    assert (row.amount_fen, row.account) == (9_800_000, "6217004230001234569")


def test_an_account_that_ends_in_noughts_from_the_sixteenth_digit_on_is_reported() -> None:
    rows = read(HEADER + ROW.replace("1234569", "1230000") + ROW * 2).rows
    assert [row.problems for row in rows] == [("statement.cell.damaged",), (), ()]
    (row,) = read(HEADER + ROW.replace("6217004230001234569", "6217004230001000")).rows
    assert row.problems == ()


TOTALS = {
    "支出：2笔，共计196000.00元": set(),
    "支出合计：2笔，共计196000.00元": set(),
    "支出合计：2笔，共计5.00元": {"sum_out"},
    "借方发生额合计：196000.00": set(),
    "借方发生额合计：5.00": {"sum_out"},
    "总支出：19.6万元": set(),
    "支出总金额：5.00元": {"sum_out"},
    "共2笔记录": set(),
    "共3笔记录": {"count_all"},
    "不计收支：1笔 5.00元": {"count_neutral"},
    "中性交易：0笔 7.00元": set(),
}


@every_row("line", TOTALS)
def test_the_sums_a_statement_tells_are_held_against_its_rows(line: str) -> None:
    assert codes(read(f"{line}\n{HEADER}{ROW * 2}")) == TOTALS[line]
