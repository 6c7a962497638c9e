"""A search that passes over signs no match begins with finds what the pattern itself finds."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import cycle

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.readers.pasted.folded_text import fold
from desktop.readers.pasted.pattern_table import pattern_table
from desktop.readers.pasted.quick_search import QuickSearch
from tests.readers.measuring import messages

TABLE = pattern_table()
PATTERNS = (
    *("(?i:ki|s)b?", "(?<![a-z])(?:转|A)+", "^a|^b|K", r"(?:1|\s)?b", "a*"),
    *("[^a]b", r"\w{2}(?=\n|$)", "(?=[ab])[bB转]|1", ".b", "(?m)^b"),
)
_ODD = "，。①②❶１２３，４５６\u0301\u200b\u202e\r\n\t　¥…⑩万元转尾号·*•KſİßA1b@.:/-+()“"


def shown(shape: re.Pattern[str], text: str) -> list[tuple[object, ...]]:
    return [(match.span(), match.groups()) for match in shape.finditer(text)]


def texts() -> str:
    """The examples of all patterns and some messages, one after the other, with signs put between."""
    parts = [text for one in TABLE.values() for text in (*one.examples, *one.counterexamples)]
    parts += [message["text"] for message in messages()][:40]
    between = cycle(["", "\n", " ", "，", *_ODD])
    joined = "".join(map(str.__add__, [*parts[::2], *parts[1::2]], between))
    return fold(joined).text


def test_every_pattern_is_found_where_it_is() -> None:
    text = texts()
    for one in TABLE.values():
        quick = replace(one.search, least=0)
        found = [(match.span(), match.groups()) for match in quick.matches(text)]
        assert found == shown(one.shape, text), one.name


@settings(max_examples=40)
@given(st.text(alphabet="abAB1kKſsİi转账 \n^$", max_size=24))
def test_any_pattern_is_found_where_it_is(text: str) -> None:
    for pattern in PATTERNS:
        shape = re.compile(pattern)
        quick = [
            (match.span(), match.groups()) for match in QuickSearch(shape, least=0).matches(text)
        ]
        assert quick == shown(shape, text), pattern


@settings(max_examples=60)
@given(st.text(alphabet=_ODD, max_size=30))
def test_a_text_is_folded_alike_whatever_is_folded_with_it(text: str) -> None:
    alone = fold(text)
    beside = fold(f"{text}\ne\u0301")  # a mark upon a letter lets every sign be looked at by itself
    assert beside.text.startswith(alone.text)
    for place in range(len(alone.text)):
        assert alone.source(place, place + 1) == beside.source(place, place + 1)


def test_no_match_begins_at_a_taken_sign_in_a_short_text_or_a_long_one() -> None:
    """``22 CNY``, whose number is of a time, does not hide the sum behind it."""
    shape = re.compile(r"(?:CNY )?[0-9,]+(?: CNY)?")
    text = "14:22 CNY 2,500"
    taken = bytearray(b"\1" * 5 + b"\0" * 10)
    for least in (0, len(text) + 1):
        found = QuickSearch(shape, least=least).matches(text, taken)
        assert [match.group() for match in found] == ["CNY 2,500"]
