"""What turns evidence into something to show: helper processes, shared by all panes of the program."""

from __future__ import annotations

from functools import cache
from typing import Final

from desktop.documents.pages.pdf_pages import GuardedPdf
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence.picture_kinds import is_heif
from desktop.readers.contents.contents_reader import ContentsReader
from desktop.readers.heif.photo_reader import PhotoReader
from desktop.runtime.processes.helper_process import HelperProcess
from desktop.ui.evidence.picture.safe_picture import MAX_SHOWN_PIXELS, Picture, PictureRefused
from desktop.ui.evidence.picture.wire import NAME, question, unpacked
from desktop.ui.evidence.viewing.decoders import Decoders

_SECONDS: Final = 20.0


class HelperPictures:
    """Implements :class:`desktop.ui.evidence.viewing.decoders.PictureDecoder`; keeps one helper from the first picture
    on."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._helper = HelperProcess(NAME, seconds)

    def decode(self, data: bytes, most: int = MAX_SHOWN_PIXELS) -> Picture:
        """At most ``most`` pixels of the picture, upright.

        Raises:
            PictureRefused: why it is not shown; ``too_slow`` and ``too_heavy`` where a limit was met.
            WorldError: ``helper.missing``.
        """
        try:
            return unpacked(self._helper.ask_with(question(most), (data,), len(data)))
        except WorldError as error:
            if error.code == "helper.too_long":
                raise PictureRefused("too_slow") from error
            if error.code == "helper.failed":
                raise PictureRefused("too_heavy") from error
            raise

    def close(self) -> None:
        """End the helper."""
        self._helper.close()


class AllPictures:
    """Implements :class:`desktop.ui.evidence.viewing.decoders.PictureDecoder`."""

    def __init__(self, pictures: HelperPictures, photographs: PhotoReader) -> None:
        self._pictures = pictures
        self._photographs = photographs

    def decode(self, data: bytes, most: int = MAX_SHOWN_PIXELS) -> Picture:
        """See :meth:`HelperPictures.decode`."""
        return self._pictures.decode(self._png(data) if is_heif(data[:16]) else data, most)

    def _png(self, data: bytes) -> bytes:
        try:
            return self._photographs.png(data)
        except UserInputError as error:
            heavy = error.code == "picture.too_large"
            raise PictureRefused("too_heavy" if heavy else "heif") from error
        except WorldError as error:
            if error.code == "helper.missing":
                raise
            slow = error.code == "helper.too_long"
            raise PictureRefused("too_slow" if slow else "too_heavy") from error


@cache
def decoders() -> Decoders:
    """The same for every pane: the helpers start at the first file and end with the program."""
    return Decoders(GuardedPdf(), AllPictures(HelperPictures(), PhotoReader()), ContentsReader())


def draw_shown_page(data: bytes, page: int, width: int) -> bytes:
    """A page of a paper as PNG, drawn beside: what is signed may have come from another unit."""
    return decoders().pages.render_page(data, page, width)
