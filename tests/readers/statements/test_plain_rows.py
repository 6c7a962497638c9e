"""Lines read many at once say what each would say by itself, whatever stands in them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.statements.statement import Statement
from desktop.readers.statements import statement_reader
from desktop.readers.statements.open_statement import open_statement
from desktop.readers.statements.plain_rows import PlainRows

HEADERS = {
    "signed": ["交易日期", "交易金额", "账户余额", "对方户名", "对方账号", "摘要"],
    "worded": ["交易日期", "交易时间", "交易金额", "借贷标志", "账户余额", "币种", "对方户名", "对方账号", "交易状态"],
    "two": ["交易日期", "收入金额", "支出金额", "账户余额", "对方户名", "交易流水号"],
}  # fmt: skip
DAYS = (
    "2026-11-24",
    "2026/11/24",
    "20261124",
    "2026-11-24 10:12:35",
    "2026-W48-2",
    "2026-13-01",
    " 2026-11-24",
    "2026/11-24",
    "-",
)
CELLS = {
    "交易日期": DAYS,
    "交易时间": ("10:12:35", "10:12", "", "24:00:00", "101235.5", "10:12:35"),
    "币种": ("人民币", "CNY", "", "美元", "-"),
    "借贷标志": ("借", "贷", "支出", "", "不详"),
    "交易状态": ("支付成功", "已全额退款", "已退款(￥12.00)", "", "交易关闭"),
    "对方账号": ("6217004230001234569", "6.21700E+18", "", "—", "6217 0042 3000 1234 569"),
}
MONEY = ("98000.00", "-1.05", "0.00", ".50", "1,234.56", "", "12", "-", "--5.00", "９８.００", "1_0.00",
         "99999999999999.00", "USD 3.00", "44.00(已退款5.10)",
         " 98000.00", "-98000.00\t", "5.00-", "1.00\n2.00", "+7.00", "0" * 70 + ".00", "9" * 5000 + ".00")  # fmt: skip


def read(header: list[str], lines: list[list[str]]) -> Statement | str:
    text = io.StringIO()
    csv.writer(text).writerows([header, *lines])
    try:
        return open_statement(io.BytesIO(text.getvalue().encode())).whole()
    except Exception as error:  # noqa: BLE001 - both ways must fail alike
        return repr(error)


def one_by_one(header: list[str], lines: list[list[str]]) -> Statement | str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(statement_reader, "_MISSES", 0)
        return read(header, lines)


def cell(name: str, odd: bool) -> st.SearchStrategy[str]:
    usual = {"交易日期": "2026-11-24", "交易时间": "10:12:35"}.get(name, "")
    if "金额" in name or "余额" in name:
        usual = "98000.00"
    choice = CELLS.get(name, MONEY if "额" in name else ("王某某", "", " 李某 "))
    return st.sampled_from((*choice, usual)) if odd else st.just(usual or choice[0])


@given(st.sampled_from(sorted(HEADERS)), st.data())
def test_as_each_by_itself(kind: str, data: st.DataObject) -> None:
    """Batches of which one line, or one cell, is out of the ordinary above all."""
    header = HEADERS[kind]
    lines = []
    for _ in range(data.draw(st.integers(1, 6))):
        odd = data.draw(st.sets(st.sampled_from(header), max_size=2))
        line = [data.draw(cell(name, name in odd)) for name in header]
        lines.append(line[: data.draw(st.integers(len(line) - 1, len(line)))])
    assert read(header, lines) == one_by_one(header, lines)


@pytest.mark.parametrize("kind", sorted(HEADERS))
def test_an_amount_of_thousands_of_digits_is_none(kind: str) -> None:
    usual = {"交易日期": "2026-11-24", "交易时间": "10:12:35"}
    line = [usual.get(name, "9" * 5000 + ".00" if "额" in name else "") for name in HEADERS[kind]]
    found = read(HEADERS[kind], [line])
    assert isinstance(found, Statement), found
    assert found.rows[0].amount_fen is None
    assert found == one_by_one(HEADERS[kind], [line])


@pytest.mark.parametrize("kind", sorted(HEADERS))
@pytest.mark.parametrize("day", DAYS[:4])
def test_the_usual_forms_are_read_together(
    kind: str, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = HEADERS[kind]
    usual = {"交易日期": day, "交易时间": "" if len(day) > 10 else "10:12:35", "收入金额": "",
             "借贷标志": "借", "币种": "人民币", "交易状态": "支付成功"}  # fmt: skip
    line = [usual.get(name, "98000.00" if "额" in name else "王某某") for name in header]
    lines = [list(line) for _ in range(450)]
    together: list[int] = []
    build = PlainRows.build

    def watched(plain: PlainRows, number: int, some: list[list[str]]) -> object:
        rows = build(plain, number, some)
        together.append(len(rows or ()))
        return rows

    monkeypatch.setattr(PlainRows, "build", watched)
    found = read(header, lines)
    assert 0 not in together
    assert sum(together) == 450
    assert isinstance(found, Statement)
    assert [row.row for row in found.rows] == list(range(2, 452))
    assert found == one_by_one(header, lines)


def test_a_statement_without_plain_lines_is_not_tried_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[int] = []
    build = PlainRows.build

    def watched(plain: PlainRows, number: int, some: list[list[str]]) -> object:
        tried.append(number)
        return build(plain, number, some)

    monkeypatch.setattr(PlainRows, "build", watched)
    lines = [["2026-11-24", "9,800.00", "1.00", "王某某", "1", ""] for _ in range(3000)]
    read(HEADERS["signed"], lines)
    assert len(tried) == 5
