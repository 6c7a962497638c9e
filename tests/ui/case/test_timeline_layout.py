"""Labels on the timeline never cover each other, and lanes share what rows there are."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.case.timeline.scene import share_rows, stack
from tests.support.strict import all_of

_PLACES = st.lists(st.tuples(st.floats(0, 900), st.floats(1, 190)), max_size=40).map(sorted)


@given(_PLACES, st.one_of(st.none(), st.integers(1, 6)))
def test_labels_of_one_row_leave_each_other_room(
    places: list[tuple[float, float]], rows: int | None
) -> None:
    found = stack(places, rows, gap=6)
    for row in {number for number in found if number is not None}:
        mine = [place for place, number in zip(places, found, strict=True) if number == row]
        for (left, width), (after, _) in pairwise(mine):
            assert left + width + 6 <= after
    if rows is None:
        assert None not in found
    else:
        assert max((number for number in found if number is not None), default=0) < rows
    assert not places or found[0] == 0


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.integers(0, 40))
def test_no_lane_is_without_a_row_and_none_has_more_than_it_needs(
    needs: list[int], room: int
) -> None:
    given_rows = share_rows(needs, room)
    assert all_of(1 <= has <= need for has, need in zip(given_rows, needs, strict=True))
    assert sum(given_rows) <= max(room, len(needs))
    assert sum(given_rows) == min(sum(needs), max(room, len(needs)))
