"""The process's side of scanning: pictures of unknown origin and frames of a camera to what their codes say."""

from __future__ import annotations

from typing import Final

from desktop.bundles.codes.qr import codes_in, codes_in_frame
from desktop.bundles.codes.scanner import FOUND, FRAME, LENGTH, REFUSED, SIZE, UNKNOWN
from desktop.domain.errors import UserInputError
from desktop.runtime.processes.confinement import confine
from desktop.runtime.processes.helper_process import desk_pipes, serve

_MEMORY: Final = 2 << 30
"""Octets of address space."""


def main() -> int:
    """Answer until nobody asks any more."""
    confine(_MEMORY)
    serve(_answer, *desk_pipes())
    return 0


def _answer(question: bytes) -> bytes:
    try:
        found = _found(question[:1], question[1:])
    except UserInputError as error:
        return REFUSED + error.code.encode()
    except Exception:  # noqa: BLE001 - decoders raise what they like
        return REFUSED + UNKNOWN.encode()
    return FOUND + b"".join(LENGTH.pack(len(code)) + code for code in found)


def _found(kind: bytes, data: bytes) -> tuple[bytes, ...]:
    if kind != FRAME:
        return codes_in(data)
    width, height = SIZE.unpack_from(data)
    pixels = memoryview(data)[SIZE.size :]
    return codes_in_frame(pixels.cast("B", (height, width)))
