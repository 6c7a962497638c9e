"""Text of unknown encoding is read whole or not at all."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.readers.contents.look import MAX_LINE, decode_text, fold_lines

SMS = "【平安到家】订单异常，请联系客服 0086 170 6204 8831 办理退款。\r\n䶮、犇先生"
CHINESE = st.text(
    st.sampled_from("的一是在不了有和人这中大为上个国我以要他0123456789 ，。\n"), min_size=1
)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SMS.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + SMS.encode(), "UTF-8"),
        (SMS.encode("gb18030"), "GB18030"),
        (codecs.BOM_UTF16_LE + SMS.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + SMS.encode("utf-16-be"), "UTF-16"),
        (SMS.encode("utf-16-le"), "UTF-16"),
        (SMS.encode("utf-16-be"), "UTF-16"),
    ],
)
def test_each_encoding_is_distinguished(data: bytes, encoding: str) -> None:
    found = decode_text(data, whole=True)
    assert found is not None
    assert (found.text, found.encoding) == (SMS, encoding)


@given(CHINESE)
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    found = decode_text(text.encode(), whole=True)
    assert found is not None
    assert found.text == text


@given(CHINESE, st.integers(1, 200))
def test_a_cut_in_the_middle_of_a_letter_is_no_error_in_the_beginning_of_a_file(
    text: str, at: int
) -> None:
    data = text.encode()[:at]
    found = decode_text(data, whole=False)
    assert found is not None
    assert text.startswith(found.text)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
        b"\xff\xff\xff\xfe" * 16,
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff",
    ],
)
def test_what_is_no_text_is_not_made_into_text(data: bytes) -> None:
    assert decode_text(data, whole=True) is None


def test_long_lines_are_folded_without_losing_a_letter() -> None:
    text = "x" * (MAX_LINE * 2 + 5) + "\nshort"
    folded = fold_lines(text)
    assert max(map(len, folded.splitlines())) == MAX_LINE
    assert folded.replace("\n", "") == text.replace("\n", "")
