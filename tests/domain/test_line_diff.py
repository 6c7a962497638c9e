"""Lines laid side by side lose nothing and put what is alike together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.text.line_diff import (
    LinePair,
    changed_runs,
    difference_starts,
    line_pairs,
    runs_changed_by_any,
)

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


@given(st.text("甲乙丙1", max_size=12), st.text("甲乙丙1", max_size=12))
def test_the_runs_of_a_text_are_the_text_and_mark_what_is_new(before: str, after: str) -> None:
    runs = changed_runs(before, after)
    assert "".join(run for run, _ in runs) == after
    same = iter(before)
    kept = [sign for run, changed in runs if not changed for sign in run]
    assert [sign for sign in kept if sign not in same] == []
    if before == after or not before:
        assert [changed for _, changed in runs if changed is (before == after)] == []


def test_endless_lines_are_one_run() -> None:
    assert changed_runs("甲" * 5_000, "乙" * 5_000) == (("乙" * 5_000, True),)
    assert changed_runs("甲" * 5_000, "") == ()


@given(st.text("甲乙1", max_size=10), st.text("甲乙1", max_size=10), st.text("甲乙1", max_size=10))
def test_what_any_other_changes_is_marked_and_nothing_else(text: str, one: str, two: str) -> None:
    def marks(runs: tuple[tuple[str, bool], ...]) -> list[bool]:
        return [changed for run, changed in runs for _ in run]

    runs = runs_changed_by_any((one, two), text)
    assert "".join(run for run, _ in runs) == text
    each = [marks(changed_runs(other, text)) for other in (one, two)]
    assert marks(runs) == [any(both) for both in zip(*each, strict=True)]
