"""A file with more than one statement in it: below the first, on another sheet, beside it in an archive."""

from __future__ import annotations

import io
import zipfile

from xlsxwriter import Workbook

from desktop.domain.statements.statement import (
    ColumnChoice,
    MoneyDirection,
    Statement,
    StatementColumn,
)
from desktop.readers.statements.open_statement import open_statement

HEADER = "交易日期,支出,收入,余额,对方户名"
FIRST = "2026-11-24 10:12:35,98000.00,,5000.00,王五"
SECOND = "2026-11-25 10:12:35,5.00,,1.00,李四"


def read(*lines: str, columns: ColumnChoice | None = None) -> Statement:
    return open_statement(io.BytesIO("\n".join(lines).encode()), columns=columns).whole()


def params_by_code(found: Statement) -> dict[str, dict[str, str | int]]:
    return {
        item.code: dict(item.params) for item in found.findings if item.code != "unknown_layout"
    }


def test_rows_below_a_header_with_other_columns_are_not_read_by_the_first() -> None:
    """What came in was read as what went out."""
    other = "交易日期,收入,支出,余额,对方户名"
    found = read(HEADER, FIRST, other, *[SECOND] * 300, HEADER, SECOND)
    assert [(row.row, row.amount_fen, row.direction) for row in found.rows] == [
        (2, 9_800_000, MoneyDirection.OUT),
        (305, 500, MoneyDirection.OUT),
    ]
    assert params_by_code(found) == {"behind": {"n": 300}}


def test_a_header_that_comes_again_on_each_page_is_no_spoiled_row() -> None:
    found = read(HEADER, FIRST, HEADER, SECOND)
    assert [row.row for row in found.rows] == [2, 4]
    assert params_by_code(found) == {}
    places = {StatementColumn.DATE: 0, StatementColumn.OUTGOING: 1, StatementColumn.INCOMING: 2}
    said = read(HEADER, FIRST, HEADER, SECOND, columns=ColumnChoice(1, places))
    assert [row.row for row in said.rows] == [2, 4]


def test_several_accounts_in_one_table_are_reported() -> None:
    own, other = "账号：6222021111111111111", "账号：6222022222222222222"
    same = "卡号：6222****1111"
    found = read(own, HEADER, FIRST, "合计", same, other, HEADER, SECOND)
    assert [row.row for row in found.rows] == [3, 8]
    assert params_by_code(found)["accounts"] == {
        "names": "6222021111111111111、6222022222222222222"
    }
    assert "accounts" not in params_by_code(read(own, HEADER, FIRST, same, HEADER, SECOND))


def workbook(*sheets: list[str]) -> Statement:
    out = io.BytesIO()
    with Workbook(out) as book:
        for number, sheet in enumerate(sheets):
            page = book.add_worksheet(f"第{number}页")
            for at, line in enumerate(sheet):
                page.write_row(at, 0, line.split(","))
    return open_statement(io.BytesIO(out.getvalue())).whole()


def test_other_sheets_with_statements_are_reported() -> None:
    found = workbook(["说明"], [HEADER, FIRST], [HEADER, SECOND], ["备注"], [HEADER, SECOND])
    assert [row.amount_fen for row in found.rows] == [9_800_000]
    assert params_by_code(found) == {"more": {"n": 2}}


def test_sheets_with_the_same_columns_are_read_one_after_another() -> None:
    """As banks write several accounts; the account of the payer is that of the first, which is said."""
    one, two = "账号：6222021111111111111", "账号：6222022222222222222"
    first, second = [one, HEADER, FIRST], [two, HEADER, SECOND, FIRST]
    found = workbook(["说明"], first, ["备注"], second)
    assert [(row.row, row.amount_fen) for row in found.rows] == [
        (3, 9_800_000),
        (6, 500),
        (7, 9_800_000),
    ]
    assert params_by_code(found) == {
        "sheets": {"n": 2, "names": "第1页、第3页"},
        "accounts": {"names": "6222021111111111111、6222022222222222222"},
    }


def test_other_files_of_an_archive_are_reported() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("说明.txt", "请核对")
        archive.writestr("1.csv", f"{HEADER}\n{FIRST}")
        archive.writestr("2.csv", f"{HEADER}\n{SECOND}")
    found = open_statement(io.BytesIO(out.getvalue())).whole()
    assert [row.amount_fen for row in found.rows] == [9_800_000]
    assert params_by_code(found) == {"more": {"n": 1}}


def test_a_sheet_that_may_be_a_copy_is_not_read_a_second_time() -> None:
    own = "账号：6222021111111111111"
    masked = "卡号：6222****1111"
    for sheets in ([[HEADER, FIRST]] * 2, [[own, HEADER, FIRST], [masked, HEADER, FIRST]]):
        found = workbook(*sheets)
        assert [row.amount_fen for row in found.rows] == [9_800_000]
        assert params_by_code(found) == {"more": {"n": 1}}
