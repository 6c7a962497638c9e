"""The process's side of scanning: a picture of unknown origin to the octets of the code in it."""

from __future__ import annotations

from typing import Final

from desktop.bundles.qr import scan_image
from desktop.domain.errors import UserInputError, WorldError
from desktop.runtime.helper_process import HelperProcess, confine, desk_pipes, serve

NAME: Final = "scan"
_SECONDS: Final = 30.0
_MEMORY: Final = 2 << 30
"""Octets of address space."""
_FOUND: Final = b"+"
_NOTHING: Final = b"-"
_REFUSED: Final = b"!"
_TOO_LARGE: Final = "picture.too_large"
_UNKNOWN: Final = "picture.unknown"


def scan_beside(picture: bytes) -> bytes | None:
    """As :func:`desktop.bundles.qr.scan_image`, in a process of its own: a PDF that draws itself ends only that.

    Raises ``UserInputError``: ``picture.unknown``, ``picture.too_large``; ``WorldError("helper.missing")``.
    """
    helper = HelperProcess(NAME, _SECONDS)
    try:
        answer = helper.ask(picture)
    except WorldError as error:
        if error.code == "helper.missing":
            raise
        raise UserInputError(_UNKNOWN) from error
    finally:
        helper.close()
    if answer.startswith(_REFUSED):
        raise UserInputError(_TOO_LARGE if answer[1:] == _TOO_LARGE.encode() else _UNKNOWN)
    return answer[1:] if answer.startswith(_FOUND) else None


def main() -> int:
    """Answer until nobody asks any more."""
    confine(_MEMORY)
    serve(_answer, *desk_pipes())
    return 0


def _answer(picture: bytes) -> bytes:
    try:
        found = scan_image(picture)
    except UserInputError as error:
        return _REFUSED + error.code.encode()
    except Exception:  # noqa: BLE001 - decoders raise what they like
        return _REFUSED + _UNKNOWN.encode()
    return _NOTHING if found is None else _FOUND + found
