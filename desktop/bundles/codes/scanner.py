"""The desk's side of scanning: a picture of unknown origin goes to a process beside, what its codes say comes back."""

from __future__ import annotations

import struct
import weakref
from typing import Final

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence.gray_frame import GrayFrame
from desktop.runtime.processes.helper_process import HelperProcess

NAME: Final = "scan"
PICTURE: Final = b"P"
"""Question: a PNG, JPEG or PDF."""
FRAME: Final = b"F"
"""Question: width, height, then grey pixels."""
FOUND: Final = b"+"
"""Answer: each code's length, then its octets."""
REFUSED: Final = b"!"
SIZE: Final = struct.Struct(">II")
LENGTH: Final = struct.Struct(">I")
TOO_LARGE: Final = "picture.too_large"
UNKNOWN: Final = "picture.unknown"

_PICTURE_SECONDS: Final = 60.0
_FRAME_SECONDS: Final = 20.0
"""The first frame waits for the process to start."""


class Scanner:
    """One process for all frames of a camera; it starts at the first and ends with the object."""

    def __init__(self) -> None:
        self._helper = HelperProcess(NAME, _FRAME_SECONDS)
        weakref.finalize(self, self._helper.close)

    def frame(self, frame: GrayFrame) -> tuple[bytes, ...]:
        """As :meth:`desktop.services.ports.exchange.slips.Slips.scan_frame`."""
        return _asked(self._helper, FRAME + SIZE.pack(frame.width, frame.height) + frame.pixels)


def scan_beside(picture: bytes) -> tuple[bytes, ...]:
    """As :func:`desktop.bundles.codes.qr.codes_in`, in a process of its own: a PDF that draws itself ends only that.

    Raises ``UserInputError``: ``picture.unknown``, ``picture.too_large``; ``WorldError("helper.missing")``.
    """
    helper = HelperProcess(NAME, _PICTURE_SECONDS)
    try:
        return _asked(helper, PICTURE + picture)
    finally:
        helper.close()


def _asked(helper: HelperProcess, question: bytes) -> tuple[bytes, ...]:
    try:
        answer = helper.ask(question)
    except WorldError as error:
        if error.code == "helper.missing":
            raise
        raise UserInputError(UNKNOWN) from error
    if not answer.startswith(FOUND):
        raise UserInputError(TOO_LARGE if answer[1:] == TOO_LARGE.encode() else UNKNOWN)
    return tuple(_codes(answer[1:]))


def _codes(answer: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(answer):
        (length,) = LENGTH.unpack_from(answer, at)
        at += LENGTH.size
        found.append(answer[at : at + length])
        at += length
    return found
