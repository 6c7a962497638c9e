"""The desk's side: a file to what it holds, read in the helper."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.progress import Progress
from desktop.readers.contents.refusal import ContentsRefused
from desktop.readers.contents.wire import MOST_TEXT, NAME, unpacked
from desktop.runtime.processes.helper_process import HelperProcess
from desktop.services.ports.reading.contents import Attachment, ContentStream, Read, Unread

MOST_OCTETS: Final = 256 << 20
"""Of larger files only the beginning is looked at."""
_CHUNK: Final = 1 << 20
_SECONDS: Final = 30.0


class ContentsReader:
    """Keeps one helper, started at the first file. ``close`` ends it."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._helper = HelperProcess(NAME, seconds)

    def read(self, name: str, source: ContentStream, size: int, progress: Progress) -> Read:
        """What ``source`` of ``size`` octets holds; reads it, in pieces, and does not close it.

        Raises what reading ``source`` raises, and ``Cancelled``.
        """
        most = size if size <= MOST_OCTETS else MOST_TEXT
        head = {"name": name, "whole": size <= MOST_OCTETS}
        answer = self._ask(head, source, most, progress)
        return answer if isinstance(answer, Unread) else _read(answer)

    def attachment(
        self, source: ContentStream, size: int, place: Sequence[int], progress: Progress
    ) -> Attachment | Unread:
        """The attachment at ``place`` of the mail ``source``. Raises as :meth:`read`."""
        if size > MOST_OCTETS:
            return Unread("too_big")
        answer = self._ask({"take": list(place)}, source, size, progress)
        return answer if isinstance(answer, Unread) else _taken(answer)

    def _ask(
        self, head: dict[str, Any], source: ContentStream, most: int, progress: Progress
    ) -> bytes | Unread:
        question = json.dumps(head).encode() + b"\n"
        try:
            return self._helper.ask_with(question, _pieces(source, most, progress), most)
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
        return _refused(found) or unpacked(found)
    except (ValueError, KeyError, TypeError):
        return Unread("damaged")


def _taken(answer: bytes) -> Attachment | Unread:
    """A line of JSON, then the octets."""
    head, _, data = answer.partition(b"\n")
    try:
        found = json.loads(head)
        return _refused(found) or Attachment(str(found["name"]), str(found["media"]), data)
    except (ValueError, KeyError, TypeError):
        return Unread("damaged")


def _refused(found: dict[str, Any]) -> Unread | None:
    if "refused" not in found:
        return None
    return Unread(str(found["refused"]), tuple(found["params"].items()))


def _pieces(source: ContentStream, most: int, progress: Progress) -> Iterator[bytes]:
    left = most
    while left:
        progress.check()
        piece = source.read(min(_CHUNK, left))
        if not piece:
            raise ContentsRefused("damaged")
        left -= len(piece)
        yield piece
