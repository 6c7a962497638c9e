"""Card files: what somebody brings is read whatever kind of file it is; ours are written wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage

from desktop.domain.progress import Progress
from desktop.runtime.files.atomic_file import write_atomic
from desktop.ui.shared.kit.picture_octets import png_octets, read_picture

CARD_SUFFIX: Final = ".fanzha-card.txt"
CARD_PATTERNS: Final = ("*.txt", "*.png", "*.jpg", "*.jpeg", "*.pdf")
Find = Callable[[bytes], str]


def is_card_file(path: Path) -> bool:
    """Whether a file is named as we name cards."""
    return path.name.endswith(CARD_SUFFIX)


def card_of_file(find: Find, path: Path, _progress: Progress) -> str:
    """The text of the card in a file; raises what ``find`` does, ``picture.too_large``, ``WorldError``."""
    return find(read_picture(path))


def card_of_image(find: Find, image: QImage, _progress: Progress) -> str:
    """The same of a picture from the clipboard."""
    return find(png_octets(image))


def write_card_file(path: Path, data: bytes, _progress: Progress) -> Path:
    """Write a card, wholly or not at all."""
    write_atomic(path, data, mode=0o644)
    return path
