"""What turns content into something to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop.services.ports.reading.contents import FileContents
from desktop.ui.evidence.picture.safe_picture import MAX_SHOWN_PIXELS, Picture


class Pictures(Protocol):
    """Turns pages of a PDF into pictures. Never called on the GUI thread."""

    def page_count(self, data: bytes) -> int:
        """Pages of the PDF ``data``; an ``AppError`` if it cannot be read."""
        ...

    def carries_actions(self, data: bytes) -> bool:
        """Whether the PDF holds scripts and the like, which nothing here runs; an ``AppError`` as above."""
        ...

    def page_text(self, data: bytes, page: int) -> str:
        """The words of page ``page`` (from 0), empty for a scanned one; an ``AppError`` if that fails."""
        ...

    def render_page(self, data: bytes, page: int, width: int) -> bytes:
        """Page ``page`` (from 0), ``width`` pixels wide, as PNG; an ``AppError`` if that fails."""
        ...


class PictureDecoder(Protocol):
    """Turns picture files into pixels. Never called on the GUI thread."""

    def decode(self, data: bytes, most: int = MAX_SHOWN_PIXELS) -> Picture:
        """At most ``most`` pixels of the picture, upright; ``PictureRefused`` where it is not shown."""
        ...


@dataclass(frozen=True, slots=True)
class Decoders:
    """What turns content into something to show; each works in a process of its own."""

    pages: Pictures
    pictures: PictureDecoder
    files: FileContents
