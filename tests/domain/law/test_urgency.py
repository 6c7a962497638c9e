"""One order of what wants somebody, at every instant and whatever things are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.law.urgency import MISSED_FOR, Pressing, Pressure

NOW = datetime(2026, 11, 24, 2, 31, 7, tzinfo=UTC)
INSTANTS = st.none() | st.integers(-10_000, 10_000).map(lambda n: NOW + timedelta(minutes=n))
THINGS = st.lists(
    st.builds(
        Pressing,
        st.uuids().map(str),
        st.integers(-9999, 0).map(lambda n: NOW + timedelta(minutes=n)),
        INSTANTS,
        INSTANTS,
        st.booleans(),
        st.integers(0, 10**9),
    ),
    max_size=12,
    unique_by=lambda item: item.key,
)


def ordered(things: list[Pressing], now: datetime = NOW) -> list[Pressing]:
    return sorted(things, key=lambda item: item.urgency(now))


@given(THINGS, st.randoms())
def test_the_order_is_total_and_does_not_depend_on_how_things_came(
    things: list[Pressing], chance: object
) -> None:
    shuffled = list(things)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert ordered(shuffled) == ordered(things)
    assert len({item.urgency(NOW) for item in things}) == len(things)


@given(THINGS)
def test_names_decide_nothing_but_between_equals(things: list[Pressing]) -> None:
    renamed = [replace(item, key=f"{n:03d}") for n, item in enumerate(reversed(things))]
    before, after = ordered(things), ordered(renamed)
    assert [item.urgency(NOW)[:3] for item in before] == [item.urgency(NOW)[:3] for item in after]


@given(THINGS)
def test_nothing_that_can_be_saved_stands_behind_what_can_not(things: list[Pressing]) -> None:
    found = ordered(things)
    savable = [item.chance is not None and item.chance > NOW for item in found]
    assert savable == sorted(savable, reverse=True)
    for one, other in pairwise(found):
        if one.pressure(NOW) is other.pressure(NOW) is Pressure.SAVABLE:
            assert (one.chance, -one.amount_fen) <= (other.chance, -other.amount_fen)


@given(THINGS)
def test_what_was_missed_within_the_hour_stands_above_every_duty(things: list[Pressing]) -> None:
    groups = [item.pressure(NOW) for item in ordered(things)]
    assert groups == sorted(groups)
    for item in things:
        ends = [end for end in (item.chance, item.duty) if end is not None]
        just = any(NOW - MISSED_FOR < end <= NOW for end in ends)
        assert not just or item.pressure(NOW) <= Pressure.MISSED


@given(THINGS, st.integers(0, 10_000))
def test_between_two_announced_instants_nothing_moves(things: list[Pressing], minutes: int) -> None:
    later = NOW + timedelta(minutes=minutes)
    changes = [at for item in things for at in item.changes() if at > NOW]
    if all(later < at for at in changes):
        assert ordered(things, later) == ordered(things)


def test_of_what_has_the_same_time_the_larger_sum_stands_first() -> None:
    small = Pressing("a", NOW, chance=NOW + timedelta(minutes=5), amount_fen=1)
    assert ordered([small, replace(small, key="b", amount_fen=2)])[0].key == "b"
