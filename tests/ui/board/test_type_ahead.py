"""Letters find cards."""

from __future__ import annotations

import pytest

from desktop.domain.text.pinyin import initials
from desktop.ui.board.lanes import matches
from tests.ui.board.samples import items


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("李秀兰", "lxl"), ("周卫东", "zwd"), ("欧阳文静", "oywj"), ("薛蓉", "xr"), ("闫石", "ys"),
        ("曾庆红", "zqh"), ("单雄信", "sxx"), ("Müller", "mller"), ("", ""), ("马依热·阿卜杜拉", "myrabdl"),
    ],
)  # fmt: skip
def test_initials_are_those_of_pinyin(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_cards_are_found_by_initials_by_name_and_by_number() -> None:
    (li,) = (item for item in items() if item.victim == "李秀兰")
    assert all(matches(li, typed) for typed in ("l", "LX", "lxl", "李", "0017", "a-0017"))
    assert not any(matches(li, typed) for typed in ("x", "lz", "0018", "a"))
