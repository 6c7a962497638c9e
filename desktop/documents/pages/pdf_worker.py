"""The helper's side: looks through PDFs of strangers, draws their pages. The engine is built without scripts."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from typing import Any, Final

from desktop.documents.pages.pictures import pdf_page_count, pdf_page_text, render_pdf_page
from desktop.domain.errors import AppError
from desktop.runtime.processes.confinement import confine
from desktop.runtime.processes.helper_process import desk_pipes, serve

_RUN: Final = re.compile(
    rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|GoToE|RichMedia|XFA)(?![A-Za-z0-9])"
)
"""Of ISO 32000-1, 12.6 and 12.7: what does more than show a place."""
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
"""How a letter of a name may be written (7.3.5)."""
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n.*?endstream", re.DOTALL)
_PACKED: Final = re.compile(rb"/ObjStm\b[^>]{0,400}>>\s{0,4}stream\r?\n")
_MOST_UNPACKED: Final = 16 << 20
"""Octets of all packed objects together."""


def carries_actions(data: bytes) -> bool:
    """By the names in it, also where objects are packed; what is encrypted stays unseen."""
    return _says(_STREAM.sub(b"", data)) or any(map(_says, _unpacked(data)))


def _says(objects: bytes) -> bool:
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), objects)
    return _RUN.search(plain) is not None


def _unpacked(data: bytes) -> Iterator[bytes]:
    left = _MOST_UNPACKED
    for start in _PACKED.finditer(data):
        try:
            objects = zlib.decompressobj().decompress(data[start.end() :], left)
        except zlib.error:
            continue
        yield objects
        left -= len(objects)
        if left <= 0:
            return


NAME: Final = "pdf"
COUNT: Final = -1
ACTIONS: Final = -2
_MEMORY: Final = 2 << 30
"""Octets of address space: a document, a page of 40 megapixels, and the engine."""


def main() -> int:
    """Answer until the desk goes away."""
    confine(_MEMORY)
    serve(Shelf().answer, *desk_pipes())
    return 0


class Shelf:
    """Keeps the document asked for last, so that its octets come once and not for each page."""

    def __init__(self) -> None:
        self._key = ""
        self._data = b""

    def answer(self, message: bytes) -> bytes:
        """A question is JSON on a line (``key``, ``page``, ``width``), then perhaps the document.

        Page ``COUNT`` counts, ``ACTIONS`` tells whether it carries any; width 0 gives the words.
        """
        head, _, data = message.partition(b"\n")
        asked: dict[str, Any] = json.loads(head)
        if data:
            self._key, self._data = asked["key"], data
        if asked["key"] != self._key:
            return b"?"
        try:
            return self._done(asked["page"], asked["width"])
        except AppError as error:
            return b"!" + error.code.encode()
        except MemoryError:
            return b"!pdf.too_large"

    def _done(self, page: int, width: int) -> bytes:
        if page == ACTIONS:
            return b"=" + str(int(carries_actions(self._data))).encode()
        if page == COUNT:
            return b"=" + str(pdf_page_count(self._data)).encode()
        if width == 0:
            return b"=" + pdf_page_text(self._data, page).encode("utf-8", "replace")
        return b"=" + render_pdf_page(self._data, page, width)
