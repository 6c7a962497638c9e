"""How far each entry and file got: counted together they are what they are one by one."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.exchange.delivery import Delivery, DeliveryStage, Reach

numbers = st.integers(0, 12)
PASSED = (
    DeliveryStage.HERE, DeliveryStage.EXPORTED, DeliveryStage.CARRIED, DeliveryStage.ACKNOWLEDGED, DeliveryStage.CLOSED,
)  # fmt: skip


@given(st.builds(Reach, numbers, numbers, numbers, numbers), numbers)
def test_counts_are_those_of_the_single_entries(reach: Reach, head: int) -> None:
    stages = [reach.stage(seq) for seq in range(1, head + 1)]
    assert +Counter(dict(reach.counts(head))) == Counter(stages)
    places = [PASSED.index(stage) for stage in stages]
    assert places == sorted(places, reverse=True), "no later entry is further than an earlier one"


@given(st.lists(numbers, min_size=4, max_size=4).map(sorted), numbers)
def test_nothing_is_closed_that_no_receipt_lists(passed: list[int], seq: int) -> None:
    closed, acknowledged, carried, exported = passed
    reach = Reach(exported, carried, acknowledged, closed)
    ends = (closed, acknowledged, carried, exported)
    first = next((place for place, end in enumerate(ends) if seq <= end), 4)
    assert reach.stage(seq) is PASSED[4 - first]
    assert Reach(exported, carried, 0, closed).stage(max(seq, 1)) is not DeliveryStage.CLOSED


def test_a_file_that_never_left_is_here() -> None:
    delivery = Delivery(blobs={"a": DeliveryStage.CLOSED})
    assert delivery.count(["a", "b", "b"]) == {DeliveryStage.CLOSED: 1, DeliveryStage.HERE: 2}
