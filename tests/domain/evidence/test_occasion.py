"""A record of taking evidence lists what was got in its own way, on one day, at one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.evidence.occasion import (
    about_occasion,
    items_for,
    occasions,
    tells_of,
    unwritten,
)
from desktop.domain.ids import EvidenceId
from desktop.domain.time.local_time import CHINA
from tests.documents.samples import AT, an_item

METHODS = st.sampled_from(list(AcquisitionMethod))
SOME = st.sets(METHODS).map(lambda found: {method.value for method in found})
TAKEN = st.tuples(METHODS, st.none() | st.integers(0, 60), st.sampled_from(["", "所里", "家中"]))


def items_of(taken: list[tuple[AcquisitionMethod, int | None, str]]) -> tuple[Evidence, ...]:
    return tuple(_item(number, *one) for number, one in enumerate(taken))


def _item(number: int, method: AcquisitionMethod, hours: int | None, place: str) -> Evidence:
    item = an_item(1, f"{number}.jpg")
    at = None if hours is None else AT + timedelta(hours=hours)
    record = replace(item.record, taken_at=at, place=place)
    return replace(item, id=EvidenceId(f"e{number}"), method=method, record=record)


@given(st.lists(TAKEN, max_size=12), SOME)
def test_each_item_of_the_methods_is_on_one_occasion(
    taken: list[tuple[AcquisitionMethod, int | None, str]], methods: set[str]
) -> None:
    items = items_of(taken)
    found = occasions(items, methods)
    listed = [item for occasion in found for item in occasion]
    assert sorted(item.id for item in listed) == sorted(
        item.id for item in items if item.method.value in methods
    )
    for occasion in found:
        days = {(i.record.taken_at or i.added_at).astimezone(CHINA).date() for i in occasion}
        assert len(days) == len({item.record.place for item in occasion}) == 1
        about = about_occasion(occasion)
        assert items_for(items, methods, about) == occasion
        told = [item for item in listed if tells_of(items, about, item)]
        assert told == list(occasion)


@given(st.lists(TAKEN, max_size=8), SOME)
def test_papers_made_one_after_the_other_tell_of_every_occasion(
    taken: list[tuple[AcquisitionMethod, int | None, str]], methods: set[str]
) -> None:
    """The first may be about no item, as papers of before are."""
    items, abouts = items_of(taken), {""}
    found = occasions(items, methods)
    assert items_for(items, methods, "") == (found[0] if found else ())
    assert unwritten(items, methods, abouts) == found[1:]
    while waiting := unwritten(items, methods, abouts):
        abouts.add(about_occasion(waiting[0]))
    assert len(abouts) == max(1, len(found))
    assert tells_of(items, "", items[0]) if items else True


def test_pictures_of_a_screen_are_one_way_and_extraction_another() -> None:
    ways = (
        AcquisitionMethod.PHOTOGRAPHED,
        AcquisitionMethod.EXTRACTED,
        AcquisitionMethod.FILMED,
    )
    items = items_of([(way, 1, "所里") for way in ways])
    found = occasions(items, {way.value for way in ways})
    assert [[item.id for item in occasion] for occasion in found] == [["e0", "e2"], ["e1"]]
    assert items_for(items, {"online"}, "") == ()
    assert items_for(items, {"extracted"}, "evidence/e0") == (items[1],)
