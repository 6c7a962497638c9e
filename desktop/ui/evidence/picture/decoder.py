"""The desk's side: a picture file to pixels, decoded in the helper."""

from __future__ import annotations

from typing import Final

from desktop.domain.errors import WorldError
from desktop.runtime.processes.helper_process import HelperProcess
from desktop.ui.evidence.picture.safe_picture import MAX_SHOWN_PIXELS, Picture, PictureRefused
from desktop.ui.evidence.picture.wire import NAME, question, unpacked

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
