"""Texts from anywhere become texts a printer can show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.printing.form_compiler import drawable_characters
from desktop.documents.printing.printable import Printable
from desktop.runtime.files.resources import resource_path

COVERED = drawable_characters(resource_path("fonts"))
PRINTABLE = Printable(COVERED)


def test_the_fonts_cover_what_names_in_the_register_need() -> None:
    assert all(code in COVERED for code in range(0x4E00, 0x9FA6))  # CJK Unified Ideographs
    assert all(code in COVERED for code in range(0x3400, 0x4DB6))  # Extension A
    for mark in "·•□■／￥×〔〕①…—“”《》㛃䶮𬭎𫖯𣲗𠮷𪚥":
        assert PRINTABLE.text(mark) == mark


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("𰻝面", "〔U+30EDD〕面"),
        ("a\u202eb", "a〔U+202E〕b"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("一\t二\xa0三", "一 二 三"),
        ("葛\U000e0100", "葛"),
        ("\x00\x07", "〔U+0000〕〔U+0007〕"),
        ("e\u0301", "é"),
        ("😀", "〔U+1F600〕"),
    ],
)
def test_characters(raw: str, expected: str) -> None:
    assert PRINTABLE.text(raw) == expected


@given(st.text())
def test_everything_that_comes_out_can_be_drawn(raw: str) -> None:
    shown = PRINTABLE.text(raw)
    assert [mark for mark in shown if mark != "\n" and ord(mark) not in COVERED] == []
    assert PRINTABLE.text(shown) == shown


def test_values_inside_values() -> None:
    assert PRINTABLE.value({"a": ["\x00", 1, None, {"b": "ok"}], "c": True}) == {
        "a": ["〔U+0000〕", 1, None, {"b": "ok"}],
        "c": True,
    }
