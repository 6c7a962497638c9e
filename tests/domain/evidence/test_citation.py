"""Moments are written and read alike; long quotes are cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.citation import (
    MOST_QUOTED,
    PlaceKind,
    moment_of,
    moment_text,
    page_citation,
    row_citation,
)


@given(st.integers(0, 400 * 3_600_000))
def test_a_moment_is_read_as_it_is_written(milliseconds: int) -> None:
    assert moment_of(moment_text(milliseconds)) == milliseconds


def test_moments_and_what_is_none() -> None:
    assert moment_text(192_400) == "03:12.400"
    assert moment_text(3_792_400) == "1:03:12.400"
    assert moment_of("132") is None


def test_rows_and_pages() -> None:
    row = row_citation(7, ("甲", "", "乙" * 500), "Sheet1")
    assert (row.kind, row.place) == (PlaceKind.ROW, "Sheet1!7")
    assert len(row.quote) == MOST_QUOTED + 1
    assert page_citation(1, 0).kind is PlaceKind.WHOLE
    assert page_citation(2, 3).place == "2"
