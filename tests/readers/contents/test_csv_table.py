"""Bills are shown as tables, every cell as it was written."""

from __future__ import annotations

import pytest

from desktop.readers.contents.csv_table import MAX_ROWS, read_csv


def test_numbers_stay_text_and_prose_before_the_table_is_kept() -> None:
    table = read_csv(
        "支付宝交易记录\n起始日期：2026-11-01\n"
        '交易号,对方,金额\n00012345678901234567890,陈*某,98000.00\n1E+15,"a,b",0\n'
    )
    assert table is not None
    assert table.columns == 3
    assert table.rows[0] == ("支付宝交易记录", "", "")
    assert table.rows[3] == ("00012345678901234567890", "陈*某", "98000.00")
    assert table.rows[4] == ("1E+15", "a,b", "0")


@pytest.mark.parametrize("mark", ["\t", ";", "|"])
def test_other_delimiters(mark: str) -> None:
    table = read_csv(f"a{mark}b\n1,5{mark}2\n3{mark}4\n")
    assert table is not None
    assert table.rows[1] == ("1,5", "2")


def test_huge_tables_are_cut_and_say_so() -> None:
    table = read_csv("a,b\n" * (MAX_ROWS + 5))
    assert table is not None
    assert len(table.rows) == MAX_ROWS
    assert table.cut


@pytest.mark.parametrize("text", ["", "one column\nonly\n", "\n\n\n"])
def test_what_has_no_columns_is_no_table(text: str) -> None:
    assert read_csv(text) is None


def test_a_field_beyond_the_readers_limit_is_no_table() -> None:
    assert read_csv('"' + "x" * 200_000 + '",b\n') is None
