"""Pictures of every kind that is shown: what Qt does not know is decoded by its reader first."""

from __future__ import annotations

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence.picture_kinds import is_heif
from desktop.readers.heif.photo_reader import PhotoReader
from desktop.ui.evidence.picture.decoder import HelperPictures
from desktop.ui.evidence.picture.safe_picture import MAX_SHOWN_PIXELS, Picture, PictureRefused


class AllPictures:
    """Implements :class:`desktop.ui.evidence.port.PictureDecoder`."""

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
