"""Long work is told in steps that never go back, and hears a wish to stop at each of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import Cancelled
from desktop.domain.progress import WHOLE, PartialProgress, Tally, Untold, counted


class RecordedProgress:
    """How far work said it was; it is stopped when it asks for the ``most`` + 1-th time."""

    def __init__(self, most: int = 10**6) -> None:
        self.steps: list[tuple[int, int]] = []
        self._left = most

    def advance(self, done: int, total: int) -> None:
        self.steps.append((done, total))

    def check(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Cancelled


@given(st.lists(st.integers(), max_size=12), st.integers(1, 5))
def test_items_are_counted_so_many_at_once(items: list[int], at_once: int) -> None:
    progress = RecordedProgress()
    assert list(counted(items, progress, at_once)) == items
    total = len(items)
    assert progress.steps == [(done, total) for done in range(0, total, at_once)] + [(total, total)]


def test_whoever_wishes_to_stop_waits_for_no_more_than_one_round() -> None:
    counted_items: list[int] = []
    with pytest.raises(Cancelled):
        counted_items.extend(counted(range(9), RecordedProgress(most=2), at_once=3))
    assert counted_items == [0, 1, 2, 3, 4, 5]
    for work in (Tally(RecordedProgress(0), 1).add, lambda _: Untold(RecordedProgress(0)).check()):
        with pytest.raises(Cancelled):
            work(1)


@given(
    st.integers(0, WHOLE), st.integers(0, WHOLE), st.lists(st.integers(0, 50)), st.integers(0, 40)
)
def test_a_stretch_stays_within_itself(one: int, other: int, done: list[int], total: int) -> None:
    start, end = sorted((one, other))
    progress = RecordedProgress()
    part = PartialProgress(progress, start, end)
    for step in sorted(done):
        part.advance(step, total)
    thousandths = [step for step, whole in progress.steps if whole == WHOLE]
    assert len(thousandths) == len(done)
    assert thousandths == sorted(thousandths)
    assert [step for step in thousandths if not start <= step <= end] == []
    if total and done and max(done) >= total:
        assert thousandths[-1] == end


def test_bits_add_up() -> None:
    progress = RecordedProgress()
    tally = Tally(progress, 5)
    for amount in (2, 0, 3):
        tally.add(amount)
    Untold(progress).advance(1, 1)
    assert progress.steps == [(2, 5), (2, 5), (5, 5)]
