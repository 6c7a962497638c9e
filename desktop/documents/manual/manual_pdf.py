"""A book of the manual as a PDF. The words go to the typesetter as data, so that no sign in them is an order to it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import typst
from markdown_it.tree import SyntaxTreeNode

from desktop.documents.manual.book import Book, parse
from desktop.documents.pages.pictures import pdf_page_count
from desktop.services.ports import Pdf

_TEMPLATE: Final = "manual.typ"
_LISTS: Final = {"bullet_list": "ul", "ordered_list": "ol"}
_SPANS: Final = {"strong": "b", "em": "i", "link": "a"}

Tree = dict[str, Any]


class ManualCompiler:
    """Sets books with our own fonts. ``folder`` holds the template and, below ``<language>``, what pictures are named
    from; nothing else is read and nothing fetched. The same book gives the same bytes."""

    def __init__(self, folder: Path, fonts: Path) -> None:
        self._folder = folder
        self._compiler = typst.Compiler(
            root=str(folder),
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
            ),
            package_path=str(folder / "no-packages"),
            package_cache_path=str(folder / "no-packages"),
        )

    def compile(self, book: Book, language: str, version: str, at: datetime) -> Pdf:
        """``version``: of the program, for the foot of the pages; ``at``: the document's date."""
        data = {
            "title": book.title,
            "lang": language.partition("_")[0],
            "folder": language,
            "version": version,
            "blocks": blocks(book),
        }
        pdf = self._compiler.compile(
            input=(self._folder / _TEMPLATE).read_bytes(),
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=at.astimezone(UTC).replace(microsecond=0),
        )
        if not isinstance(pdf, bytes):
            raise TypeError("a PDF is one piece")
        return Pdf(pdf, pdf_page_count(pdf))


def blocks(book: Book) -> list[Tree]:
    """The book as the template reads it: ``t`` names what a part is, ``c`` holds what is in it."""
    return [_block(node) for node in SyntaxTreeNode(parse(book)).children]


def _block(node: SyntaxTreeNode) -> Tree:
    if node.type == "heading":
        anchor = str(node.attrGet("id"))
        return {"t": "h", "level": int(node.tag[1:]), "id": anchor, "c": _inline(node.children[0])}
    if node.type == "paragraph":
        spans = _inline(node.children[0])
        alone = len(spans) == 1 and spans[0]["t"] == "img"  # a picture is no part of a line
        return spans[0] if alone else {"t": "p", "c": spans}
    if node.type in _LISTS:
        items = [[_block(part) for part in item.children] for item in node.children]
        return {"t": _LISTS[node.type], "start": int(node.attrGet("start") or 1), "c": items}
    if node.type in {"fence", "code_block"}:
        return {"t": "code", "c": node.content.rstrip("\n")}
    if node.type == "table":
        rows = [row for part in node.children for row in part.children]
        return {
            "t": "table",
            "c": [[_inline(cell.children[0]) for cell in row.children] for row in rows],
        }
    if node.type == "blockquote":
        return {"t": "quote", "c": [_block(part) for part in node.children]}
    if node.type == "hr":
        return {"t": "rule"}
    raise ValueError(f"a manual has no {node.type}")


def _inline(node: SyntaxTreeNode) -> list[Tree]:
    return [_span(child) for child in node.children]


def _span(node: SyntaxTreeNode) -> Tree:
    if node.type == "text":
        return {"t": "text", "c": node.content}
    if node.type == "code_inline":
        return {"t": "mono", "c": node.content}
    if node.type in _SPANS:
        return {"t": _SPANS[node.type], "c": _inline(node), "to": str(node.attrGet("href") or "")}
    if node.type == "image":
        return {"t": "img", "src": str(node.attrGet("src")), "c": node.content}
    if node.type in {"softbreak", "hardbreak"}:
        return {"t": node.type, "c": ""}
    raise ValueError(f"a manual has no {node.type}")
