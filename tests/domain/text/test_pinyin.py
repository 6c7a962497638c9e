"""Names are found by the first letters of their readings, held against a dictionary of readings."""

from __future__ import annotations

import pypinyin
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.text.pinyin import initial, initials, readings, spelled_by
from tests.support.every_row import every_row

LEVEL_1 = [
    bytes([high, low]).decode("gb2312")
    for high in range(0xB0, 0xD8)
    for low in range(0xA1, 0xFF if high < 0xD7 else 0xFA)
]
"""The common characters, in the order of their readings."""


def first_letters(character: str) -> set[str]:
    """Of every reading that the dictionary knows."""
    style = pypinyin.Style.NORMAL
    return {reading[0] for reading in pypinyin.pinyin(character, style=style, heteronym=True)[0]}


def test_common_characters_begin_as_the_dictionary_says() -> None:
    assert len(LEVEL_1) == 3755
    assert [sign for sign in LEVEL_1 if initial(sign) not in first_letters(sign)] == []


@every_row(
    ("name", "letters"),
    [
        ("李秀兰", "lxl"), ("单国强", "sgq"), ("曾小单", "zxd"), ("解放", "xf"), ("覃某", "qm"), ("闫A1", "ya1"),
        ("", ""), ("龘某", "m"), ("Ａ", ""), ("😀李", "l"), ("阿", "a"), ("座", "z"),
    ],
)  # fmt: skip
def test_the_first_character_is_read_as_a_surname(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(st.text(st.sampled_from("中国工商银行长沙重庆厦门ABC1"), max_size=8), st.data())
def test_any_part_of_a_name_finds_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name)))
    end = data.draw(st.integers(start, len(name)))
    letters = [data.draw(st.sampled_from(readings(sign))) for sign in name[start:end]]
    assert spelled_by(name, "".join(letters))
    assert not spelled_by(name, "".join(letters) + "~")
