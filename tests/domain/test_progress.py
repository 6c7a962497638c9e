"""Long work is told in steps that never go back, and hears a wish to stop at each of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import Cancelled
from desktop.domain.progress import WHOLE, PartialProgress, Tally, Untold, counted


class Told:
    """What work told of itself; it is stopped when it asks for the ``most`` + 1-th time."""

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
    told = Told()
    assert list(counted(items, told, at_once)) == items
    total = len(items)
    assert told.steps == [(done, total) for done in range(0, total, at_once)] + [(total, total)]


def test_whoever_wishes_to_stop_waits_for_no_more_than_one_round() -> None:
    seen: list[int] = []
    with pytest.raises(Cancelled):
        seen.extend(counted(range(9), Told(most=2), at_once=3))
    assert seen == [0, 1, 2, 3, 4, 5]
    for work in (Tally(Told(0), 1).add, lambda _: Untold(Told(0)).check()):
        with pytest.raises(Cancelled):
            work(1)


@given(
    st.integers(0, WHOLE), st.integers(0, WHOLE), st.lists(st.integers(0, 50)), st.integers(0, 40)
)
def test_a_stretch_stays_within_itself(one: int, other: int, done: list[int], total: int) -> None:
    start, end = sorted((one, other))
    told = Told()
    part = PartialProgress(told, start, end)
    for step in sorted(done):
        part.advance(step, total)
    thousandths = [step for step, whole in told.steps if whole == WHOLE]
    assert len(thousandths) == len(done)
    assert thousandths == sorted(thousandths)
    assert [step for step in thousandths if not start <= step <= end] == []
    if total and done and max(done) >= total:
        assert thousandths[-1] == end


def test_bits_add_up() -> None:
    told = Told()
    tally = Tally(told, 5)
    for amount in (2, 0, 3):
        tally.add(amount)
    Untold(told).advance(1, 1)
    assert told.steps == [(2, 5), (2, 5), (5, 5)]
