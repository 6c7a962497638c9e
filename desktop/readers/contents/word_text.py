"""The words of a docx, a line for each paragraph. Macros, pictures and fields are not looked at.

The document is read as a row of tags: entities are not expanded and nothing outside it is opened.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from desktop.domain.evidence.contents import ContentsKind, DecodedContents
from desktop.readers.contents.refusal import ContentsRefused
from desktop.readers.contents.zip_bounds import member_bytes, open_zip

DOCUMENT: Final = "word/document.xml"
_MOST_XML: Final = 48 << 20
_MOST_TEXT: Final = 1_000_000
_PIECE: Final = re.compile(
    r"<w:t(?:\s[^<>]*)?>([^<]*)</w:t>|<w:(tab|br|cr)(?:\s[^<>]*)?/>|</w:(p|tc)>"
)
_MACROS: Final = "word/vbaProject.bin"


def read_word(data: bytes) -> DecodedContents:
    """Raises ``ContentsRefused``: ``damaged``, ``bomb``."""
    with open_zip(data) as archive:
        raw = member_bytes(archive, DOCUMENT, _MOST_XML)
        macros = _MACROS in archive.NameToInfo
    if raw is None:
        raise ContentsRefused("damaged")
    parts: list[str] = []
    for found in _PIECE.finditer(raw.decode("utf-8", "replace")):
        words, gap, end = found.groups()
        if words is not None:
            parts.append(unescape(words))
        else:
            parts.append("\n" if gap in ("br", "cr") or end == "p" else "\t")
    text = "".join(parts).strip("\n")
    notes = ("words_only", *(("macros_not_run",) if macros else ()))
    return DecodedContents(
        ContentsKind.TEXT, text=text[:_MOST_TEXT], notes=notes, cut=len(text) > _MOST_TEXT
    )
