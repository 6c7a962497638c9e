"""Signs nobody sees: what is left out, what is shown as a number, what shapes words and stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.text.hidden_signs import spelled_out, without_hidden

_SIGNS = "张三aé‍‌\u200b\u202e\u200f\ufeff\u2066\u00ad م👨"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("张\u202e三\u202c", "张三"),
        ("张\u200d\u200b三", "张三"),
        ("\ufeff6222\u200b0042\u200e", "62220042"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_is_not_seen_goes_and_what_shapes_words_stays(text: str, left: str) -> None:
    assert without_hidden(text) == left


@given(st.text(st.sampled_from(_SIGNS), max_size=30))
def test_leaving_out_once_leaves_nothing_to_leave_out(text: str) -> None:
    left = without_hidden(text)
    assert without_hidden(left) == left
    assert spelled_out(left) == left


def test_signs_that_turn_the_writing_are_reported_by_number() -> None:
    assert spelled_out("张\u202e三\u2069") == "张‹202E›三‹2069›"
