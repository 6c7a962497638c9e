"""Lines laid side by side lose nothing and put what is alike together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.text.line_diff import LinePair, difference_starts, line_pairs

LINES = st.lists(st.sampled_from(["甲", "乙", "丙", ""]), max_size=12)


@given(LINES, LINES)
def test_both_texts_come_back(left: list[str], right: list[str]) -> None:
    pairs = line_pairs(left, right)
    assert [pair.left for pair in pairs if pair.left is not None] == left
    assert [pair.right for pair in pairs if pair.right is not None] == right
    assert (left == right) is (difference_starts(pairs) == ())


def test_a_changed_and_a_missing_line() -> None:
    pairs = line_pairs(["转账", "98000", "好"], ["转账", "9800", "好", "完"])
    assert pairs == (
        LinePair("转账", "转账"),
        LinePair("98000", "9800"),
        LinePair("好", "好"),
        LinePair(None, "完"),
    )
    assert difference_starts(pairs) == (1, 3)
