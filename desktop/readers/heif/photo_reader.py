"""The desk's side: a HEIF photograph to a PNG of it, decoded in the helper."""

from __future__ import annotations

from typing import Final

from desktop.domain.errors import UserInputError
from desktop.readers.heif.worker import FINE, NAME, TOO_HEAVY
from desktop.runtime.processes.gray_pictures import MOST_OCTETS
from desktop.runtime.processes.helper_process import HelperProcess

_SECONDS: Final = 40.0
"""The largest photograph takes two on a slow PC."""


class PhotoReader:
    """Keeps one helper, started at the first photograph. ``close`` ends it."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._helper = HelperProcess(NAME, seconds)

    def png(self, data: bytes) -> bytes:
        """The photograph upright, made smaller where it is larger than anybody looks at.

        Raises ``UserInputError`` ``picture.heif`` (damaged, or coded as no telephone does), ``picture.too_large``;
        ``WorldError`` ``helper.…``.
        """
        if len(data) > MOST_OCTETS:
            raise UserInputError("picture.too_large")
        answer = self._helper.ask_with(b"", (data,), len(data))
        if answer.startswith(FINE):
            return answer[1:]
        raise UserInputError("picture.too_large" if answer == TOO_HEAVY else "picture.heif")

    def close(self) -> None:
        """End the helper."""
        self._helper.close()
