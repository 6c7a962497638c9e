"""The desk's side: a picture to its text, recognised in the helper."""

from __future__ import annotations

import json
from typing import Any, Final

from desktop.domain.errors import UserInputError
from desktop.domain.picture_text import Box, PictureText, TextLine
from desktop.readers.ocr.reading_order import in_order
from desktop.readers.ocr.worker import NAME
from desktop.runtime.gray_pictures import MOST_OCTETS, check_picture
from desktop.runtime.helper_process import HelperProcess

_SECONDS: Final = 120.0
"""A large photo on a slow PC with everything else running takes a tenth of it."""


class PictureReader:
    """Keeps one helper, started at the first picture. ``close`` ends it."""

    def __init__(self) -> None:
        self._helper = HelperProcess(NAME, _SECONDS)

    def read(self, data: bytes) -> PictureText:
        """The text of a PNG or JPEG; empty where there is none.

        Raises ``UserInputError`` ``picture.unknown``, ``picture.too_large``; ``WorldError`` ``helper.…``.
        """
        if len(data) > MOST_OCTETS:
            raise UserInputError("picture.too_large")
        check_picture(data)
        answer = json.loads(self._helper.ask(data))
        if "error" in answer:
            raise UserInputError("picture.unknown")
        lines = [_line(line) for line in answer["lines"]]
        return in_order(lines, answer["width"], answer["height"])

    def close(self) -> None:
        """End the helper."""
        self._helper.close()


def _line(line: list[Any]) -> TextLine:
    text, left, top, right, bottom, percent = line
    return TextLine(text, Box(left, top, right, bottom), percent)
