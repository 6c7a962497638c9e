"""Names of those who pay and are paid, sign by sign: a linear chain over what stands around each sign.

The tags are those of Ratinov and Roth (Design Challenges and Misconceptions in Named Entity Recognition, 2009): a name
begins, goes on, ends, or is a single symbol. The weights are those of an averaged perceptron (Collins, Discriminative
Training Methods for Hidden Markov Models, 2002).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.readers.pasted.learned.symbols import Symbols
from desktop.readers.pasted.surnames import DOUBLE, LATIN, SINGLE

TAGS: Final = "OBIES"
_OUTSIDE, _BEGIN, _INSIDE, _END, _SINGLE = range(5)
_BEFORE: Final = ((0, 3, 4), (0, 3, 4), (1, 2), (1, 2), (0, 3, 4))
"""The tags that may stand before each."""
_FIRST: Final = (_OUTSIDE, _BEGIN, _SINGLE)
_LAST: Final = (_OUTSIDE, _END, _SINGLE)
_FIRM: Final = frozenset("公司店行部厂场院社心城馆坊阁堂园会所")
_NEVER: Final = -1e9
_SPAN_LETTERS: Final = frozenset("STBMRCIDH")


def _sort(symbol: str, case: str) -> str:
    """What kind of sign it is; ``case`` is that of a word of letters."""
    if symbol in _SPAN_LETTERS:
        return symbol
    if case:
        return f"{case}x" if symbol.rstrip("_") in LATIN else case
    if symbol in "*·.":
        return symbol
    if "\u3400" <= symbol[0] <= "\u9fff":
        if symbol in SINGLE:
            return "x"
        return "f" if symbol in _FIRM else "h"
    return symbol


def _case(symbol: str, text: str, place: int) -> str:
    """Of a word of letters whether it is written large, small, or with a capital; "" of any other symbol."""
    if len(symbol) == 1 or not symbol.endswith("_"):
        return ""
    word = text[place : place + len(symbol) - 1]
    return "U" if word.isupper() else "W" if word[0].isupper() else "w"


def tag_features(symbols: Symbols, text: str, named: Sequence[str]) -> list[list[str]]:
    """What speaks for the tag of each symbol of ``text``; ``named`` is what patterns take each for, "" for no name."""
    row = ["^", "^", "^", *symbols.row, "$", "$", "$"]
    sorts = [
        *("^", "^", "^"),
        *(
            _sort(symbol, _case(symbol, text, place))
            for symbol, place in zip(symbols.row, symbols.places, strict=True)
        ),
        *("$", "$", "$"),
    ]
    found = []
    for place in range(len(symbols.row)):
        a, b, c, d, e, f, g = row[place : place + 7]
        u, v, w, x, y, z, t = sorts[place : place + 7]
        found.append(
            [
                f"0{d}", f"1{c}", f"2{e}", f"3{b}", f"4{f}", f"5{c}{d}", f"6{d}{e}", f"7{b}{c}", f"8{e}{f}",
                f"9{a}{b}{c}", f"a{e}{f}{g}", f"b{c}|{e}", f"c{v}{w}{x}{y}{z}", f"d{w}{x}{y}", f"e{x}{y}{z}",
                f"f{v}{w}{x}", f"g{c}{x}{y}{z}", f"h{b}{c}{x}{y}", f"i{u}{v}{w}{x}", f"j{x}{y}{z}{t}",
                f"k{named[place]}", f"l{named[place]}{c}", f"m{c + d in DOUBLE or d + e in DOUBLE}{x}",
                f"n{v}{w}{e}", f"o{x}{y}{z}{f}", f"p{c}{d}{e}", f"q{w}{d}", f"r{x}{e}", "",
            ]
        )  # fmt: skip
    return found


def best_tags(marks: Sequence[Sequence[float]], moves: Sequence[Sequence[float]]) -> list[int]:
    """The likeliest row of tags, of what each symbol says for each tag and what each tag says for the next one."""
    if not marks:
        return []
    scores = [mark if tag in _FIRST else _NEVER for tag, mark in enumerate(marks[0])]
    back: list[list[int]] = []
    for row in marks[1:]:
        chosen, fresh = [], []
        for tag, mark in enumerate(row):
            best = -1
            top = 0.0
            for former in _BEFORE[tag]:
                score = scores[former] + moves[former][tag]
                if best < 0 or score > top:
                    best, top = former, score
            chosen.append(best)
            fresh.append(top + mark)
        back.append(chosen)
        scores = fresh
    tag = max(_LAST, key=lambda one: scores[one])
    tags = [tag]
    for chosen in reversed(back):
        tag = chosen[tag]
        tags.append(tag)
    return tags[::-1]


def name_ranges(tags: Sequence[int]) -> list[tuple[int, int]]:
    """The half-open ranges of symbols that are names."""
    found: list[tuple[int, int]] = []
    start = -1
    for place, tag in enumerate(tags):
        if tag == _BEGIN:
            start = place
        elif tag == _END and start >= 0:
            found.append((start, place + 1))
        elif tag == _SINGLE:
            found.append((place, place + 1))
    return found
