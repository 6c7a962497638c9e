"""Long numbers are read twice: what both readings have stands, else the check digit decides, else it is doubted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from desktop.readers.ocr.second_reading import DOUBTED, decided, read_again

CARD, WRONG = "6217001234005678105", "6217001234005678101"
ORDER = "20261104188505239262591239650223"
IMAGE = np.zeros((60, 1100, 3), np.uint8)


@pytest.mark.parametrize(
    ("first", "second", "taken", "doubted"),
    [
        (CARD, CARD, CARD, False),
        (WRONG, CARD, CARD, False),
        (CARD, WRONG, CARD, False),
        (WRONG, "6217001234005678102", WRONG, True),
        (ORDER[1:], ORDER, ORDER, False),
        ("8764350999928961", "8764350999928967", "8764350999928961", True),
        ("6217 0012 3400 5678 105", CARD, "6217 0012 3400 5678 105", False),
    ],
)
def test_which_of_two_readings_is_taken(first: str, second: str, taken: str, doubted: bool) -> None:
    assert decided(first, second) == (taken, doubted)


def line(text: str) -> list[Any]:
    return [text, 40, 10, 1060, 50, 98, 0.0]


def test_a_number_is_read_again_where_it_stands_and_the_words_around_it_stay() -> None:
    seen: list[tuple[int, ...]] = []

    def recognise(part: Any) -> str:
        seen.append(part.shape)
        return f"号 {CARD}"

    assert read_again(IMAGE, line(f"收款账号{WRONG}元"), recognise) == line(f"收款账号{CARD}元")
    assert len(seen) == 1
    assert seen[0][1] < 2 * 1020, "the label is left out"


def test_a_number_that_nothing_decides_is_doubted_and_a_short_one_is_read_once() -> None:
    again = read_again(IMAGE, line("流水号8764350999928961"), lambda _part: "8764350999928967")
    assert again == [*line("流水号8764350999928961")[:5], DOUBTED, 0.0]
    assert read_again(IMAGE, line("尾号4569"), lambda _part: pytest.fail("read twice")) == line(
        "尾号4569"
    )
