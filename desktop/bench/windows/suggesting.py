"""How long a proposal of the type takes while somebody types the narrative."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from desktop.analysis.suggest import TypeSuggester
from desktop.bench.measure import FigureRow, alone, compare, shell
from desktop.domain.interview.cues import CueBook
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cues import load_cues

LENGTH: Final = 2_000
_STORIES: Final = 50
_SENTENCE: Final = (
    "报警人在手机上看到一则消息，按对方的要求操作，前后转出几笔钱，后来联系不上对方，遂来报案。"
)


def suggesting(folder: Path) -> Iterator[FigureRow]:
    """A narrative of 2,000 characters, the most that is read, in milliseconds; and 50 of them beside ``grep`` for the
    words of the cues in the same lines. Files go to ``folder``."""
    book = load_cues(resource_path("scripts"))
    suggester = TypeSuggester(book)
    story = (_SENTENCE * (LENGTH // len(_SENTENCE) + 1))[:LENGTH]
    propose = partial(suggester.suggest, story, frozenset())
    yield alone("suggest", propose, 20)

    def many() -> None:
        for _ in range(_STORIES):
            propose()

    words, stories = folder / "words.txt", folder / "stories.txt"
    words.write_text("\n".join(sorted(_words(book))) + "\n", "utf-8")
    stories.write_text((story + "\n") * _STORIES, "utf-8")
    # grep without a hit exits with 1
    plain = partial(shell, f"grep -i -o -F -f '{words}' '{stories}' || true")
    yield compare("suggest_beside_grep", many, plain)


def _words(book: CueBook) -> Iterator[str]:
    for cues in book.types:
        for cue in cues.cues:
            yield from cue.words
