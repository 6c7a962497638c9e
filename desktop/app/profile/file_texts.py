"""The words of a file, whatever it is: what a person could read aloud of it."""

from __future__ import annotations

import io
from typing import Final, Protocol

from desktop.domain.evidence.contents import ATTACHMENTS, ContentsKind, DecodedContents
from desktop.domain.progress import SILENT
from desktop.services.ports.reading.contents import FileContents, Unread

PDF: Final = b"%PDF-"
_MOST_PAGES: Final = 20
"""Of a PDF that is no statement: receipts have one or two."""
SPOKEN: Final = frozenset({ContentsKind.CHAT, ContentsKind.MAIL, ContentsKind.TEXT})
"""What holds words of people."""


class Pages(Protocol):
    """Reads PDFs in a process that can do no harm; raises ``AppError``."""

    def page_count(self, data: bytes) -> int:
        """Pages of the PDF ``data``."""
        ...

    def page_text(self, data: bytes, page: int) -> str:
        """The words of page ``page`` (from 0)."""
        ...


def pdf_words(pages: Pages, data: bytes) -> str:
    """Of the first pages; empty for a scanned one. Raises ``AppError``."""
    count = min(pages.page_count(data), _MOST_PAGES)
    return "\n".join(pages.page_text(data, page) for page in range(count))


def spoken(found: DecodedContents) -> str:
    """What people said in it; empty for what nobody speaks."""
    if found.kind not in SPOKEN:
        return ""
    return "\n".join(one.text for one in found.messages) or found.text


def words_of(pages: Pages, files: FileContents, name: str, data: bytes) -> str:
    """Of a PDF, a chat, a text, a mail without attachments, as those say more than its own words; of anything else
    none. Raises ``AppError``."""
    if data.startswith(PDF):
        return pdf_words(pages, data)
    found = files.read(name, io.BytesIO(data), len(data), SILENT)
    if isinstance(found, Unread) or any(sheet.title == ATTACHMENTS for sheet in found.sheets):
        return ""
    return spoken(found)
