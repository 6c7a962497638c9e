"""The mark of a paper says what it belongs to and nothing else, in figures no input method can spoil."""

from __future__ import annotations

import pytest

from desktop.domain.papers.paper_code import PaperMark, paper_mark, paper_tail, read_paper_mark
from tests.support.every_row import every_row

CASE = "620102540000-20261124-A-0017"


@pytest.mark.parametrize(
    ("order", "paper", "mark", "meant"),
    [
        ("", "", "620102540000-20261124-01-0017", PaperMark(CASE)),
        (
            "1124-A-0017-Z1",
            "",
            "620102540000-20261124-01-0017-0026-1",
            PaperMark(CASE, "1124-A-0017-Z1"),
        ),
        (
            "1124-A-0017-BZ12",
            "",
            "620102540000-20261124-01-0017-0226-12",
            PaperMark(CASE, "1124-A-0017-BZ12"),
        ),
        ("", "ab12", "", PaperMark(CASE, "", paper_tail("ab12"))),
        ("0101-A-0001-Z1", "", "620102540000-20261124-01-0017", PaperMark(CASE)),
    ],
)
def test_it_is_read_as_it_was_written(order: str, paper: str, mark: str, meant: PaperMark) -> None:
    made = paper_mark(CASE, order, paper)
    assert made == mark or not mark
    assert set(made) <= set("0123456789-")
    assert read_paper_mark(made) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "６２０１０２５４００００－２０２６１１２４－０１－００１７",
        "620102540000—20261124—01—0017",
        " 620102540000-20261124-01-0017\r",
    ],
)
def test_whatever_width_the_input_method_left(typed: str) -> None:
    assert read_paper_mark(typed) == PaperMark(CASE)


@every_row(
    "typed",
    [
        "6230520010037788996",
        "A6201025400002026110001",
        CASE,
        "620102540000-20261124-00-0017",
        "620102540000-20261124-27-0017",
        "620102540000-20261124-01-0017-0099-1",
        "620102540000-20261124-01-0017-9926-1",
        "٦٢٠١٠٢٥٤٠٠٠٠-20261124-01-0017",
        "李秀兰",
        "",
    ],
)
def test_nothing_else_is_taken_for_one(typed: str) -> None:
    assert read_paper_mark(typed) is None


def test_a_number_that_is_not_ours_gets_no_mark() -> None:
    assert paper_mark("A6201025400002026110001") == ""
    assert paper_mark("") == ""
