"""Whatever was opened from where: Esc leads back to a page of the rail."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.shell.nav_rail import WayBack

_UNDER = {"board": "", "intake": "", "case": "board", "briefing": "board"}
_BACK = "back"


@given(st.lists(st.sampled_from([*_UNDER, _BACK]), max_size=12))
def test_going_back_ends_at_a_page_of_the_rail(steps: list[str]) -> None:
    way = WayBack()
    for key, parent in _UNDER.items():
        way.add(key, parent)
    for step in steps:
        page = way.back() if step == _BACK else step
        if page:
            way.go_to(page)
    left: list[str] = []
    while page := way.back():
        assert len(left) < len(_UNDER), "in a circle"
        way.go_to(page)
        left.append(page)
    assert not way.current or way.head(way.current) == way.current


def test_a_case_is_left_for_the_page_it_was_opened_from_last() -> None:
    way = WayBack()
    for key, parent in _UNDER.items():
        way.add(key, parent)
    assert way.back() == ""
    way.go_to("case")
    assert way.back() == "board", "nothing was in front before it"
    for start in ("intake", "board"):
        way.go_to(start)
        way.go_to("case")
        assert way.back() == start
