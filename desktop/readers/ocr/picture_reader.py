"""The desk's side: a picture to its text, recognised in the helper."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import Any, Final

from desktop.domain.errors import UserInputError
from desktop.domain.evidence.picture_text import PictureBox, PictureText, TextLine
from desktop.readers.ocr.reading_order import in_order
from desktop.readers.ocr.worker import NAME
from desktop.runtime.processes.gray_pictures import MOST_OCTETS, check_picture
from desktop.runtime.processes.helper_process import HelperProcess

_SECONDS: Final = 120.0
"""A large photo on a slow PC with everything else running takes a tenth of it."""

_IDLE: Final = 180.0
"""Seconds without a picture after which the helper ends; starting it anew takes a few."""


class PictureReader:
    """Keeps one helper, started at the first picture and ended when none came for a while, as it holds some hundred
    MiB. ``close`` ends it at once."""

    def __init__(self, idle_seconds: float = _IDLE) -> None:
        self._helper = HelperProcess(NAME, _SECONDS)
        self._idle_seconds = idle_seconds
        self._idle: threading.Timer | None = None

    def read(self, data: bytes) -> PictureText:
        """The text of a PNG or JPEG; empty where there is none.

        Raises ``UserInputError`` ``picture.unknown``, ``picture.unreadable``, ``picture.too_large``; ``WorldError``
        ``helper.…``.
        """
        if len(data) > MOST_OCTETS:
            raise UserInputError("picture.too_large")
        check_picture(data)
        try:
            answer = json.loads(self._helper.ask(data))
        finally:
            self._wait_idle()
        if "error" in answer:
            raise UserInputError("picture.unreadable")
        back = 1 / answer["scale"]
        lines = [_line(line, back) for line in answer["lines"]]
        size = round(answer["width"] * back), round(answer["height"] * back)
        text = in_order(lines, *size, answer["slope"])
        return replace(text, turned=answer["turned"])

    def close(self) -> None:
        """End the helper."""
        if self._idle is not None:
            self._idle.cancel()
        self._helper.close()

    def _wait_idle(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = threading.Timer(self._idle_seconds, self._helper.close)
        self._idle.daemon = True
        self._idle.start()


def _line(line: list[Any], back: float) -> TextLine:
    """In pixels of the file, whatever size was looked at."""
    text, *corners, percent = line
    return TextLine(text, PictureBox(*(round(corner * back) for corner in corners)), percent)
