"""Every sample gives the rows of its ledger, which another program made from the same file."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest

from desktop.domain.statements.statement import (
    ColumnChoice,
    Effect,
    MoneyDirection,
    Statement,
    StatementColumn,
    StatementRow,
)
from desktop.readers.statements.open_statement import open_statement

HERE = Path(__file__).parent
SAMPLES = HERE / "samples"
HEADERLESS = {
    "td": ColumnChoice(
        0,
        {
            StatementColumn.DATE: 0,
            StatementColumn.SUMMARY: 1,
            StatementColumn.OUTGOING: 2,
            StatementColumn.INCOMING: 3,
            StatementColumn.BALANCE: 4,
        },
    )
}
LEFT_OUT = {
    "alipay": 3,  # closed and refunded ones
    "boc-credit": 7,  # the ledger's rules drop some payees in these
    "boc-debit": 9,
    "citic-credit": 1,
    "cmb-credit": 1,
    "hsbchk-debit": 1,
    "htsec": 2,
    "hxsec": 1,
    "icbc-credit": 5,
    "icbc-debit-v1": 4,
    "icbc-debit-v2": 4,
    "jd": 4,
    "mt": 11,
}
"""Rows that the other program leaves out on purpose (``ignore`` in its configuration, or money that came back)."""
LAYOUTS = {
    "abc_debit": "abc_list", "alipay": "alipay", "bmo-credit": "bmo_credit", "bmo-debit": "bmo_debit",
    "boc-credit": "boc_credit", "boc-debit": "boc_debit", "bocom_credit": "bocom_credit",
    "bocom_debit": "bocom_debit", "ccb": "ccb", "cgb_credit": "cgb_credit", "citic-credit": "citic_credit",
    "cmb-credit": "cmb_credit", "cmb-debit": "cmb_statement", "hsbchk-credit": "hsbc_credit",
    "hsbchk-debit": "hsbc_debit", "htsec": "htsec", "huobi": "huobi", "hxsec": "hxsec", "icbc-credit": "icbc",
    "icbc-debit-v1": "icbc", "icbc-debit-v2": "icbc", "jd": "jd", "mt": "meituan", "oklink": "oklink",
    "spdb_debit": "spdb", "td": "", "wechat": "wechat",
}  # fmt: skip
_TITLE = re.compile(r"(\d{4}-\d\d-\d\d) [*!]")
_POSTING = re.compile(r"^\t\S+ (-?\d+(?:\.\d+)?) \S+")
_FEES = 2
_POSTED_LATER = timedelta(days=3)


def statement(path: Path) -> Statement:
    with path.open("rb") as source:
        return open_statement(source, columns=HEADERLESS.get(path.stem)).whole()


def ledger(name: str) -> list[tuple[date, frozenset[Decimal]]]:
    """Day and amounts of each transaction."""
    found: list[tuple[date, set[Decimal]]] = []
    for line in (SAMPLES / f"{name}.beancount").read_text("utf-8").splitlines():
        if title := _TITLE.match(line):
            found.append((date.fromisoformat(title[1]), set()))
        elif found and (posting := _POSTING.match(line)):
            found[-1][1].add(abs(Decimal(posting[1])))
    return [(day, frozenset(amounts)) for day, amounts in found]


def amount(row: StatementRow) -> Decimal:
    number = re.sub(r"\(.*\)|[^\d.E-]|^-", "", row.amount_text)
    return Decimal(number)


def possible(amounts: frozenset[Decimal]) -> set[Decimal]:
    """An amount, or one with fees that the ledger tells apart."""
    several = [legs for count in range(2, _FEES + 3) for legs in combinations(amounts, count)]
    sums = {sum(legs, Decimal()) for legs in several}
    fees = {abs(one - other) for one, other in combinations(amounts, 2)}
    return (set(amounts) or {Decimal()}) | sums | fees


def same(row: StatementRow, day: date, amounts: set[Decimal]) -> bool:
    assert row.time is not None
    near = timedelta() <= day - row.time.date() <= _POSTED_LATER
    return near and any(abs(amount(row) - known) < Decimal("0.000001") for known in amounts)


@pytest.mark.parametrize(
    "path",
    sorted(p for p in SAMPLES.iterdir() if p.suffix in {".csv", ".xls", ".xlsx"}),
    ids=lambda p: p.name,
)
def test_a_sample_gives_the_rows_of_its_ledger(path: Path) -> None:
    found = statement(path)
    rows = list(found.rows)
    for day, amounts in ledger(path.stem):
        wanted = possible(amounts)
        match = next((row for row in rows if same(row, day, wanted)), None)
        assert match is not None, (day, amounts)
        rows.remove(match)
    assert found.head.layout == LAYOUTS[path.stem]
    assert len(rows) == LEFT_OUT.get(path.stem, 0), [(row.row, row.summary) for row in rows]


@pytest.mark.parametrize("path", sorted((HERE / "white_box").glob("*.csv")), ids=lambda p: p.stem)
def test_directions_and_effects_of_the_white_box(path: Path) -> None:
    """Its remarks name the case each row was made for."""
    lines = path.read_text("utf-8-sig").splitlines()
    for row in statement(path).rows:
        case = lines[row.row - 1].rpartition("=")[2]
        if "direction" in case:
            assert row.direction is _meant(case), case
        if case.endswith(("closed", "failed", "cancelled", "reversed", "returned", "full-refund")):
            assert row.effect is Effect.UNDONE, case
        if case.endswith(("baseline", "success")):
            assert row.effect is Effect.MOVED, case
        assert row.amount_fen is not None, case


def _meant(case: str) -> MoneyDirection:
    if "unknown" in case or "neutral" in case:
        return MoneyDirection.NEUTRAL
    if case.endswith(("out", "transfer-out", "expense", "out-keyword")):
        return MoneyDirection.OUT
    return MoneyDirection.IN


def test_the_sums_of_jd_hold_net_of_what_came_back() -> None:
    assert statement(SAMPLES / "jd.csv").findings == ()


def test_sums_that_differ_are_reported_with_both_figures() -> None:
    found = {item.code: dict(item.params) for item in statement(SAMPLES / "mt.csv").findings}
    assert found == {"sum_out": {"stated": "1,175.68", "found": "1,223.80"}}
