"""What turns evidence into something to show: helper processes, shared by all panes of the program."""

from __future__ import annotations

from functools import cache

from desktop.app.photographs import AllPictures
from desktop.documents.pdf_pages import GuardedPdf
from desktop.readers.contents.contents_reader import ContentsReader
from desktop.readers.heif.photo_reader import PhotoReader
from desktop.ui.evidence.picture.decoder import HelperPictures
from desktop.ui.evidence.port import Decoders


@cache
def decoders() -> Decoders:
    """The same for every pane: the helpers start at the first file and end with the program."""
    return Decoders(GuardedPdf(), AllPictures(HelperPictures(), PhotoReader()), ContentsReader())


def draw_shown_page(data: bytes, page: int, width: int) -> bytes:
    """A page of a paper as PNG, drawn beside: what is signed may have come from another unit."""
    return decoders().pages.render_page(data, page, width)
