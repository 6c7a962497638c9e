"""Nothing of any of the three versions is lost, and only what was chosen changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.text.three_way import merged, three_way

TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n", "d"]), max_size=12).map("".join)


def open_places(then: str, now: str, own: str) -> set[int]:
    return {at for at, place in enumerate(three_way(then, now, own)) if place.open}


@given(then=TEXTS, now=TEXTS, own=TEXTS)
def test_the_places_are_the_three_texts_whole(then: str, now: str, own: str) -> None:
    places = three_way(then, now, own)
    for version, text in (("then", then), ("now", now), ("own", own)):
        assert "".join(getattr(place, version) for place in places) == text
    assert merged(places, ()) == own
    for place in places:
        assert own.splitlines(keepends=True)[place.line - 1 :] or not place.own


@given(then=TEXTS, now=TEXTS)
def test_who_changed_nothing_gets_the_new_original_whole(then: str, now: str) -> None:
    places = three_way(then, now, then)
    assert merged(places, open_places(then, now, then)) == now
    assert not any(place.both for place in places)


@given(then=TEXTS, now=TEXTS, own=TEXTS)
def test_only_an_original_that_changed_leaves_places_open(then: str, now: str, own: str) -> None:
    assert open_places(then, then, own) == set()
    assert open_places(then, now, now) == set()
    # what was decided stays decided: the original of today is then the one to compare with
    assert (
        open_places(now, now, merged(three_way(then, now, own), open_places(then, now, own)))
        == set()
    )


def test_changes_at_different_places_are_both_there() -> None:
    then = "title\none\ntwo\nthree\nend\n"
    now = then.replace("one", "ONE by law")
    own = then.replace("three", "three, and our telephone")
    places = three_way(then, now, own)
    (open_one,) = open_places(then, now, own)
    assert not places[open_one].both
    assert merged(places, {open_one}) == "title\nONE by law\ntwo\nthree, and our telephone\nend\n"


def test_a_line_changed_by_both_is_one_place_for_a_person_to_decide() -> None:
    then, now, own = "a\nx\nb\n", "a\nlaw\nb\n", "a\nours\nb\n"
    places = three_way(then, now, own)
    (at,) = open_places(then, now, own)
    assert (places[at].then, places[at].now, places[at].own) == ("x\n", "law\n", "ours\n")
    assert places[at].both
    assert places[at].line == 2


def test_very_long_texts_are_compared_roughly_and_lose_nothing() -> None:
    then = "x\n" * 5_000 + "y\n" + "x\n" * 5_000
    now, own = then.replace("y", "z"), then.replace("y", "w") + "more\n"
    places = three_way(then, now, own)
    assert merged(places, ()) == own
    assert merged(places, range(len(places))) == now
    assert any(place.both for place in places)
