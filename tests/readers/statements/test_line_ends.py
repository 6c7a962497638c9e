"""However lines end, and wherever a piece of the file does, the same rows come out."""

from __future__ import annotations

import csv
import io

import pytest

from desktop.readers import encodings
from desktop.readers.statements.columns.vocabulary import vocabulary
from desktop.readers.statements.open_statement import open_statement
from desktop.readers.statements.text_grid import text_grid

_CELLS = [
    ["交易时间", "金额(元)", "备注"],
    ["2026-11-24 10:12:35", "98000.00", "两行\r\n备注"],
    ["2026-11-24 10:13:35", "5.00", "一行\n备注"],
    ["2026-11-24 10:14:35", "6.00", ""],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("piece", [1, 7, 1 << 20])
def test_rows_are_the_same_however_lines_end(
    encoding: str, end: str, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encodings, "_CHUNK", piece)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(_CELLS)
    grid = text_grid(io.BytesIO(out.getvalue().encode(encoding)), vocabulary())
    assert list(grid.rows()) == _CELLS


def test_a_lone_return_among_other_line_ends_ends_a_line() -> None:
    data = b"a,b,c\r\n1,2,3\r4,5,6\r\n"
    assert list(text_grid(io.BytesIO(data), vocabulary()).rows())[1:] == [
        ["1", "2", "3"],
        ["4", "5", "6"],
    ]


def test_signs_that_do_not_fit_the_encoding_are_reported() -> None:
    rows = "交易时间,交易对方,收/支,金额(元)\r\n2026-11-24 10:12:35,王五,支出,98000.00\r\n"
    whole = rows.encode("utf-8-sig")
    for data, garbled in (
        (whole, False),
        (whole.replace("王五".encode(), "王五".encode("gbk")), True),
    ):
        codes = {finding.code for finding in open_statement(io.BytesIO(data)).whole().findings}
        assert ("garbled" in codes) is garbled
