"""The manual as HTML: a book for the program's own window, or everything in one file that needs nothing beside it."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from desktop.documents.manual.book import Book, Heading, headings, parse

_RENDERER: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""Whatever a browser would do of its own accord: nothing is loaded from anywhere."""


def book_html(book: Book) -> str:
    """The body of one book. Pictures keep the names they have in the Markdown."""
    return _render(parse(book))


def whole_html(books: Mapping[str, Sequence[Book]], folder: Path, style: str, title: str) -> str:
    """One file with the books of every language, the first one in front; pictures lie in it.

    ``folder``: where the languages' folders are, which pictures are named from. ``style``: CSS.
    """
    names = {"zh_CN": "中文", "en": "English"}
    parts = []
    for number, language in enumerate(books):
        checked = " checked" if number == 0 else ""
        parts.append(
            f'<input type="radio" name="language" id="language-{language}"{checked}>'
            f'<label for="language-{language}">{names.get(language, language)}</label>'
        )
    for language, found in books.items():
        parts.append(_language(language, found, folder))
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{html.escape(title)}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<style>{style}</style></head>\n'
        f"<body>\n{''.join(parts)}\n</body></html>\n"
    )


def _language(language: str, books: Sequence[Book], folder: Path) -> str:
    """Anchors of two languages must not meet, so each carries its language."""
    contents, bodies = [], []
    for book in books:
        tokens = parse(book)
        contents.append(_contents(language, headings(tokens)))
        for token in _all(tokens):
            _make_own(token, language, folder)
        bodies.append(f"<section>{_render(tokens)}</section>")
    lang = language.replace("_", "-")
    return (
        f'<main class="{language}" lang="{lang}"><nav>{"".join(contents)}</nav>\n'
        f"<article>{''.join(bodies)}</article></main>\n"
    )


def _contents(language: str, found: Iterable[Heading]) -> str:
    rows = "".join(
        f'<li class="level{item.level}"><a href="#{language}-{item.anchor}">{html.escape(item.text)}</a></li>'
        for item in found
        if item.level <= 2  # a book and its chapters
    )
    return f"<ul>{rows}</ul>"


def _all(tokens: Iterable[Token]) -> Iterable[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _make_own(token: Token, language: str, folder: Path) -> None:
    """Anchors, links to them and pictures, so that nothing outside the file is needed."""
    if token.type == "heading_open":
        token.attrSet("id", f"{language}-{token.attrGet('id')}")
    elif token.type == "link_open" and str(token.attrGet("href")).startswith("#"):
        token.attrSet("href", f"#{language}-{str(token.attrGet('href'))[1:]}")
    elif token.type == "image":
        picture = (folder / language / str(token.attrGet("src"))).read_bytes()
        token.attrSet("src", f"data:image/png;base64,{base64.b64encode(picture).decode()}")


def _render(tokens: list[Token]) -> str:
    rendered: str = _RENDERER.renderer.render(tokens, _RENDERER.options, {})
    return rendered.replace(
        "\n</code></pre>", "</code></pre>"
    )  # Qt draws the last line's end as a line
