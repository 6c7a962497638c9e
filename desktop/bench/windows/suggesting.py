"""How long a proposal of the type takes while somebody types the narrative."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from desktop.analysis.suggest import CueSuggester
from desktop.bench.measure import FigureRow, alone, compare
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cues import load_cues

LENGTH: Final = 2_000
_SENTENCE: Final = (
    "报警人在手机上看到一则消息，按对方的要求操作，前后转出几笔钱，后来联系不上对方，遂来报案。"
)


def suggesting() -> Iterator[FigureRow]:
    """A narrative of 2,000 characters in which no cue cuts the search short, in milliseconds; and 50 of them beside as
    many plain looks at every character."""
    suggester = CueSuggester(load_cues(resource_path("scripts")))
    story = (_SENTENCE * (LENGTH // len(_SENTENCE) + 1))[:LENGTH]
    propose = partial(suggester.suggest, story, frozenset())
    yield alone("suggest", propose, 20)

    def many() -> None:
        for _ in range(50):
            propose()

    def plain() -> None:
        for _ in range(50):
            for sign in story:
                sign.isspace()

    yield compare("suggest_beside_a_scan", many, plain)
