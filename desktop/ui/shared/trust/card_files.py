"""Card files: what somebody brings is read whatever kind of file it is; ours are written wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from desktop.domain.errors import UserInputError
from desktop.domain.progress import Progress
from desktop.runtime.files.atomic_file import disk_errors, write_atomic
from desktop.services.brought_file import read_brought

CARD_SUFFIX: Final = ".fanzha-card.txt"
CARD_PATTERNS: Final = ("*.txt", "*.png", "*.jpg", "*.jpeg", "*.pdf")
Find = Callable[[bytes], str]
_LARGEST: Final = 40 * 1024 * 1024
"""Photos and scans stay below this; what is larger is not read into memory."""


def is_card_file(path: Path) -> bool:
    """Whether a file is named as we name cards."""
    return path.name.endswith(CARD_SUFFIX)


def card_of_file(find: Find, path: Path, _progress: Progress) -> str:
    """The text of the card in a file; raises what ``find`` does, ``picture.too_large``, ``WorldError``."""
    with disk_errors():
        data = read_brought(path, _LARGEST + 1)
    if len(data) > _LARGEST:
        raise UserInputError("picture.too_large")
    return find(data)


def card_of_image(find: Find, image: QImage, _progress: Progress) -> str:
    """The same of a picture from the clipboard."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows file names only
    return find(bytes(data.data()))


def write_card_file(path: Path, data: bytes, _progress: Progress) -> Path:
    """Write a card, wholly or not at all."""
    write_atomic(path, data, mode=0o644)
    return path
