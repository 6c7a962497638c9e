"""The signs on the pages of a PDF. Scripts, links and forms in the file are never looked at."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2

from desktop.domain.errors import UserInputError

_MOST_SIGNS: Final = 200_000
"""On one page; a dense statement has 6,000."""
_INVISIBLE: Final = "Cf"
"""Marks where a word may be broken, and the like."""


class PdfSigns:
    """Raises ``UserInputError``: ``statement.password``, ``statement.password_wrong``, ``statement.unreadable``."""

    def __init__(self, data: bytes, password: str = "") -> None:
        locked = "statement.password_wrong" if password else "statement.password"
        try:
            self._document = pypdfium2.PdfDocument(data, password or None)
        except pypdfium2.PdfiumError as error:
            is_locked = "password" in str(error).lower()
            raise UserInputError(locked if is_locked else "statement.unreadable") from error
        self.pages = len(self._document)

    def signs(self, index: int) -> list[list[Any]]:
        """Of one page: text, left, right, middle, height in points, and whether a space stands before."""
        try:
            return list(_signs(self._document[index]))
        except pypdfium2.PdfiumError as error:
            raise UserInputError("statement.unreadable") from error


def _signs(page: pypdfium2.PdfPage) -> Iterator[list[Any]]:
    text = page.get_textpage()
    try:
        parted = False
        for index in range(min(text.count_chars(), _MOST_SIGNS)):
            sign = text.get_text_range(index, 1, errors="replace")
            if not sign.strip():
                parted = True
            elif unicodedata.category(sign[0]) != _INVISIBLE:
                left, bottom, right, top = text.get_charbox(index, loose=True)
                height = max(top - bottom, 0.1)
                yield [sign, left, right, (bottom + top) / 2, height, parted]
                parted = False
    finally:
        text.close()
