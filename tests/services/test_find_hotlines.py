"""Whom to call, by letters, names and digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.services.cases.form.find_hotlines import find_hotlines

TABLES = PackedDirectories(resource_path("directories"))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("gsyh", "中国工商银行"),
        ("gh", "中国工商银行"),
        ("cqyh", "重庆银行"),
        ("ICBC", "中国工商银行"),
        ("lkl", "拉卡拉"),
        ("工行", "中国工商银行"),
        ("微信", "财付通"),
        ("955 88", "中国工商银行"),
        ("6217 0042 3000", "中国建设银行"),
        ("６２２２０２", "中国工商银行"),
        ("622202******1234", "中国工商银行"),
    ],
)
def test_what_is_typed_finds(typed: str, first: str) -> None:
    assert find_hotlines(TABLES, typed)[0].name == first


def test_a_card_leads_to_its_issuer_alone() -> None:
    assert [item.name for item in find_hotlines(TABLES, "6217004230001234567")] == ["中国建设银行"]


def test_nothing_typed_shows_all_and_nonsense_none() -> None:
    assert find_hotlines(TABLES, " ") == TABLES.hotlines()
    assert find_hotlines(TABLES, "qqqqqq") == ()


@given(st.text(max_size=20))
def test_any_text_finds_known_ones_at_most_once(typed: str) -> None:
    found = find_hotlines(TABLES, typed)
    assert len(set(found)) == len(found)
    assert set(found) <= set(TABLES.hotlines())
