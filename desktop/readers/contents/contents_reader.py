"""The desk's side: a file to what it holds, read in the helper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from desktop.domain.errors import WorldError
from desktop.domain.progress import Progress
from desktop.readers.contents.look import MOST_TEXT
from desktop.readers.contents.refusal import ContentsRefused
from desktop.readers.contents.wire import unpacked
from desktop.readers.contents.worker import NAME
from desktop.runtime.helper_process import HelperProcess
from desktop.services.ports.contents import Read, Source, Unread

MOST_OCTETS: Final = 256 << 20
"""Of larger files only the beginning is looked at."""
_CHUNK: Final = 1 << 20
_SECONDS: Final = 30.0


class ContentsReader:
    """Keeps one helper, started at the first file. ``close`` ends it."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._helper = HelperProcess(NAME, seconds)

    def read(self, name: str, source: Source, size: int, progress: Progress) -> Read:
        """What ``source`` of ``size`` octets holds; reads it, in pieces, and does not close it.

        Raises what reading ``source`` raises, and ``Cancelled``.
        """
        most = size if size <= MOST_OCTETS else MOST_TEXT
        head = json.dumps({"name": name, "whole": size <= MOST_OCTETS}).encode() + b"\n"
        try:
            answer = self._helper.ask_with(head, _pieces(source, most, progress), most)
            return _read(answer)
        except ContentsRefused as refused:
            return Unread(refused.code)
        except WorldError as error:
            if error.code == "helper.too_long":
                return Unread("too_slow")
            if error.code == "helper.failed":
                return Unread("too_heavy")
            raise

    def close(self) -> None:
        """End the helper."""
        self._helper.close()


def _read(answer: bytes) -> Read:
    try:
        found = json.loads(answer)
        if "refused" in found:
            return Unread(str(found["refused"]), tuple(found["params"].items()))
        return unpacked(found)
    except (ValueError, KeyError, TypeError):
        return Unread("damaged")


def _pieces(source: Source, most: int, progress: Progress) -> Iterator[bytes]:
    left = most
    while left:
        progress.check()
        piece = source.read(min(_CHUNK, left))
        if not piece:
            raise ContentsRefused("damaged")
        left -= len(piece)
        yield piece
