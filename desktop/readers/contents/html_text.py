"""HTML as plain text: scripts, styles and addresses of pictures are left out, links are written after their words."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset(
    (
        "p", "div", "br", "tr", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote",
        "pre", "hr", "section", "article", "header",
    )
)  # fmt: skip
_SILENT: Final = frozenset({"script", "style", "head", "template", "noscript"})


_SPACE: Final = re.compile(r"[ \t\r\n\f]+")


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._silent = 0  # whether or not the head was closed
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append("\t")
        if tag == "a":
            self._links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS and tag != "br":
            self.parts.append("\n")
        if tag == "a" and self._links:
            link = self._links.pop()
            if link.startswith(("http:", "https:", "mailto:")):
                self.parts.append(f" <{link}>")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(_SPACE.sub(" ", data))


def html_text(html: str) -> str:
    """The words of a page, a line for each block. Never fails: whatever is no markup is text."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    lines = [line.strip(" ") for line in "".join(reader.parts).split("\n")]
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line.strip())
    return "\n".join(kept).strip()
