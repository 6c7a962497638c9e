"""The books of the manual in one language, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

_NAME: Final = re.compile(r"[0-9]+-([a-z-]+)\.md")
_LINK: Final = re.compile(r"(?:[0-9]+-)?([a-z-]+)\.md(?:#.*)?")


@dataclass(frozen=True, slots=True)
class Book:
    """``id`` names it in links and file names; ``text`` is Markdown that begins with its title."""

    id: str
    text: str

    @property
    def title(self) -> str:
        """The words of its first line."""
        return self.text.partition("\n")[0].removeprefix("# ").strip()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with the name a link reaches it by. ``level``: 1 for the book itself."""

    anchor: str
    level: int
    text: str


def read_books(folder: Path) -> tuple[Book, ...]:
    """The books in ``folder`` in the order of the numbers in their names: ``20-station-it.md``."""
    found = []
    for file in sorted(folder.glob("*.md")):
        name = _NAME.fullmatch(file.name)
        if name is not None:
            found.append(Book(name.group(1), file.read_text("utf-8")))
    return tuple(found)


def parse(book: Book) -> list[Token]:
    """The book's tokens: headings have anchors, links to another book point to its anchor, no HTML is let through."""
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(book.text)
    headings = 0
    for token in tokens:
        if token.type == "heading_open":
            headings += 1
            token.attrSet("id", book.id if headings == 1 else f"{book.id}--{headings}")
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", _target(str(child.attrGet("href") or "")))
    return tokens


def headings(tokens: Iterable[Token]) -> tuple[Heading, ...]:
    """Every heading, in order."""
    found: list[Heading] = []
    opened: Token | None = None
    for token in tokens:
        if token.type == "heading_open":
            opened = token
        elif opened is not None and token.type == "inline":
            plain = "".join(child.content for child in token.children or ())
            found.append(Heading(str(opened.attrGet("id")), int(opened.tag[1:]), plain))
            opened = None
    return tuple(found)


def _target(href: str) -> str:
    """``20-station-it.md`` → ``#station-it``; all else as it is."""
    found = _LINK.fullmatch(href)
    return f"#{found.group(1)}" if found is not None else href
