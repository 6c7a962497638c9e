"""The commands of a book: what stands between fences that begin with ``sh``.

Words behind ``sh`` say where and whether a test runs them: ``at=centre`` at the centre's PC (else at the book's own),
``any`` whatever exit status they end with, ``slow`` only among the slow tests, ``db`` where a PostgreSQL server is at
hand, ``system`` nowhere, as they change the computer or need what a test has not; their words are checked all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt

from tests.architecture.sources import ROOT

MANUAL: Final = ROOT / "docs" / "manual"


@dataclass(frozen=True, slots=True)
class Fence:
    """Lines as they are pasted, and the words behind ``sh``."""

    text: str
    marks: tuple[str, ...]
    line: int

    @property
    def place(self) -> str:
        """Whose PC; empty for the book's own."""
        return next((mark[3:] for mark in self.marks if mark.startswith("at=")), "")

    @property
    def runs(self) -> bool:
        """Whether an ordinary test runs it."""
        return not {"slow", "system", "db"} & set(self.marks)


def fences(book: Path) -> tuple[Fence, ...]:
    """All of a book, in order."""
    tokens = MarkdownIt("commonmark").parse(book.read_text("utf-8"))
    found = [(token, token.info.split()) for token in tokens if token.type == "fence"]
    return tuple(
        Fence(token.content, tuple(info[1:]), token.map[0] + 1 if token.map else 0)
        for token, info in found
        if info[:1] == ["sh"]
    )
