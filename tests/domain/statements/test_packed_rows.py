"""Packed rows are the rows that were given, whatever stands in them."""

from __future__ import annotations

import gc
import sys
import weakref
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.statements.packed_rows import ChosenRows, PackedRows, place_of
from desktop.domain.statements.statement import Effect, MoneyDirection, StatementRow
from desktop.domain.time.local_time import CHINA
from tests.support.sweep import examples

START = datetime(2026, 11, 24, 10, 12, 35, tzinfo=CHINA)


def row(number: int, **other: Any) -> StatementRow:
    """A transfer of a usual statement."""
    plain = StatementRow(
        number, START + timedelta(seconds=31 * number), f"2026-11-24 {number}", number * 7919 + 1, f"{number}.19",
        "CNY", MoneyDirection.OUT, Effect.MOVED, f"王{number % 97}", f"62170042300{number:08}", "中国建设银行兰州分行",
        f"2611{number:014}", "", "手机银行", "", "转账支取", number * 3, 0, (),
    )  # fmt: skip
    return plain._replace(**other)


MOMENTS = st.one_of(
    st.none(),
    st.datetimes(timezones=st.sampled_from([CHINA, UTC, timezone(timedelta(hours=-3))])),
    st.integers(0, 10**9).map(lambda seconds: START + timedelta(microseconds=seconds)),
)
MONEY = st.one_of(st.none(), st.integers(-(2**70), 2**70), st.sampled_from([0, -(1 << 63), 5]))
WORDS = st.one_of(st.sampled_from(["", "支付宝", "a\0b", "\0"]), st.text(max_size=6))
ROWS = st.builds(
    StatementRow,
    st.integers(0, 10**6), MOMENTS, WORDS, MONEY, WORDS, WORDS, st.sampled_from(MoneyDirection),
    st.sampled_from(Effect), WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, MONEY, MONEY,
    st.sampled_from([(), ("statement.cell.damaged",)]),
)  # fmt: skip


@given(st.lists(ROWS, max_size=12), st.integers(0, 3))
@settings(max_examples=examples(150))
def test_whatever_was_given_comes_back(rows: list[StatementRow], usual: int) -> None:
    given_rows = [row(number) for number in range(256 * usual)] + rows
    packed = PackedRows(given_rows)
    assert list(packed) == given_rows
    assert [packed[place] for place in range(len(packed))] == given_rows
    assert {type(one) for one in packed[-12:]} <= {StatementRow}
    assert list(packed[1:7:2]) == given_rows[1:7:2]
    assert packed == tuple(given_rows) == PackedRows(given_rows)
    assert packed != PackedRows([*given_rows, row(1)])
    assert not rows or packed != PackedRows([*given_rows[:-1], row(-7)])


def test_a_moment_keeps_its_microseconds_and_its_zone() -> None:
    times = [START + timedelta(microseconds=7 * number + 1) for number in range(300)]
    packed = PackedRows(row(number, time=at) for number, at in enumerate(times))
    assert [one.time for one in packed] == times
    assert {one.time.utcoffset() for one in packed if one.time} == {timedelta(hours=8)}


def test_places_end_where_rows_do() -> None:
    packed = PackedRows(map(row, range(300)))
    assert packed[-1] == packed[299] == row(299)
    for place in (300, -301):
        with pytest.raises(IndexError):
            packed[place]
    assert list(PackedRows()) == []
    assert not PackedRows()


def test_rows_go_with_their_last_user() -> None:
    gc.disable()  # as in the program, which collects in quiet moments only
    try:
        packed = PackedRows(map(row, range(300)))
        assert packed[7].row == 7
        gone = weakref.ref(packed)
        del packed
        assert gone() is None
    finally:
        gc.enable()


def test_a_row_is_found_by_its_number() -> None:
    packed = PackedRows(row(number) for number in range(10, 2000, 3))
    assert packed[place_of(packed, 1003)].row == 1003
    assert place_of(packed, 1004) == -1
    assert place_of(packed, 5000) == -1
    chosen = ChosenRows(packed, (place for place in range(len(packed)) if place % 7 == 0))
    assert [one.row for one in chosen] == list(range(10, 2000, 21))
    assert chosen[place_of(chosen, 31)] == row(31)
    assert [one.row for one in chosen[:2]] == [10, 31]


def test_a_usual_row_takes_a_fifth_of_its_memory() -> None:
    rows = [row(number) for number in range(2048)]
    apart = sum(sys.getsizeof(one) + sum(map(sys.getsizeof, one)) for one in rows)
    held = sum(_held(column) for block in PackedRows(rows)._blocks for column in block)
    assert held * 5 < apart


def _held(column: Any) -> int:
    """Octets of a packed column: the function that gives it back, and what it holds on to."""
    cells = [cell.cell_contents for cell in column.__closure__ or ()]
    inner = [one for cell in cells if isinstance(cell, tuple) for one in cell]
    return sum(map(sys.getsizeof, (column, *cells, *inner)))
