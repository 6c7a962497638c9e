"""Days and times of day as exports and spreadsheets write them."""

from __future__ import annotations

import io

import pytest

from desktop.domain.statements.statement import Statement
from desktop.readers.statements.moments import moment_of
from desktop.readers.statements.open_statement import open_statement
from tests.support.every_row import every_row


def read(*lines: str) -> Statement:
    return open_statement(io.BytesIO("\n".join(lines).encode())).whole()


def shown(day: str, clock: str = "") -> str:
    found = moment_of(day, clock)
    return f"{found:%Y-%m-%d %H:%M:%S}" if found is not None else ""


@every_row(
    ("written", "meant"),
    [
        ("2026/11/24 10:12:35 PM", "2026-11-24 22:12:35"),
        ("2026/11/24 12:05:00 AM", "2026-11-24 00:05:00"),
        ("2026-11-24-10.12.35.123456", "2026-11-24 10:12:35"),
        ("20261124101235000", "2026-11-24 10:12:35"),
        ("24-NOV-2026 10:12:35", "2026-11-24 10:12:35"),
        ("07 May 2026 10:12", "2026-05-07 10:12:00"),
        ("07MAY2026", "2026-05-07 00:00:00"),
        ("7 Sept 2026", "2026-09-07 00:00:00"),
        ("September 7, 2026 10:12:35", "2026-09-07 10:12:35"),
        ("31 Feb 2026", ""),
        ("07 Foo 2026", ""),
        ("24-11月-26 10.12.35.000000 下午", "2026-11-24 22:12:35"),
        ("2026/11/24 12:05 p.m.", "2026-11-24 12:05:00"),
        ("2026/11/24 下午3:05", "2026-11-24 15:05:00"),
        ("2026-11-24 晚上12:05", "2026-11-25 00:05:00"),
        ("2026-11-24 24:00:00", "2026-11-25 00:00:00"),
        ("2026-11-24 星期二 10:12:35", "2026-11-24 10:12:35"),
        ("2026-11-24T02:12:35Z", "2026-11-24 10:12:35"),
        ("2026-11-24 02:12:35 +0000", "2026-11-24 10:12:35"),
        ("2026-11-24 02:12:35 UTC", "2026-11-24 10:12:35"),
        ("2026-11-24T18:12:35+08:00", "2026-11-24 18:12:35"),
        ("46350.4254", "2026-11-24 10:12:35"),
        ("26年11月24日 10时12分", "2026-11-24 10:12:00"),
        ("26-11-24 10:12", ""),
        ("11/24/26 10:12", ""),
        ("2026-11-24 24:00:01", ""),
    ],
)
def test_a_moment_means_what_was_written(written: str, meant: str) -> None:
    assert shown(written) == meant


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("2026-11-24 00:00:00", "09:30:15"),
        ("2026-11-24", "2026-11-24 09:30:15"),
        ("2026-11-24", "1899-12-30 09:30:15"),
        ("2026-11-24", "93015"),
        ("2026-11-24", "0.396007"),
        ("46350", "9:30:15 AM"),
        ("46350.396007", "09:30:15"),
    ],
)
def test_a_column_of_days_and_one_of_times(day: str, clock: str) -> None:
    assert shown(day, clock) == "2026-11-24 09:30:15"


def test_a_row_whose_time_cannot_be_read_is_no_row_less() -> None:
    found = read(
        "交易日期,交易时间,支出,对方户名",
        "2026-11-24,晚些,98000.00,王五",
        "2026-11-24,10:12:35,5.00,王五",
    )
    late, usual = found.rows
    assert (f"{late.time:%Y-%m-%d %H:%M}", late.problems) == (
        "2026-11-24 00:00",
        ("statement.cell.time",),
    )
    assert (late.amount_fen, usual.problems) == (9_800_000, ())
    assert {item.code: item.params for item in found.findings}["damaged"] == {"n": 1, "rows": "2"}


def test_a_zone_named_by_column_and_cell_is_reckoned_once() -> None:
    (row,) = read("Date(UTC),Amount,Type", "2026-11-24 02:12:35 +0000,-5.00,x").rows
    assert f"{row.time:%H:%M}" == "10:12"


@pytest.mark.parametrize(
    ("days", "meant", "known"),
    [
        (("05/01/2026", "13/01/2026"), "2026-01-05", False),
        (("05/01/2026", "05/13/2026"), "2026-05-01", False),
        (("05/01/2026", "06/01/2026"), "2026-05-01", True),
        (("2026/05/01", "2026/05/13"), "2026-05-01", False),
    ],
)
def test_which_of_month_and_day_stands_first_follows_from_the_others_or_is_asked(
    days: tuple[str, ...], meant: str, known: bool
) -> None:
    found = read("date,incoming,支出,对方户名", *(f"{day},,5.00,王五" for day in days))
    assert f"{found.rows[0].time:%Y-%m-%d}" == meant
    assert len(found.rows) == 2
    assert ("day_order" in {item.code for item in found.findings}) is known
