"""Reads an item's content for showing, on a worker thread; decoding is done by helper processes, with limits.

Nothing is fetched and nothing is run.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import BinaryIO, Protocol, TypeAlias

from desktop.domain.errors import AppError
from desktop.domain.evidence.contents import ContentsKind, DecodedContents
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.recording_kinds import is_recording, is_silk, silk_seconds
from desktop.domain.progress import Progress
from desktop.services.ports.reading.contents import Unread
from desktop.ui.evidence.items.kinds import EvidenceSort, kind_of
from desktop.ui.evidence.picture.levels import PictureLevels, picture_levels
from desktop.ui.evidence.picture.safe_picture import (
    MAX_BYTES,
    MAX_SHOWN_PIXELS,
    PictureRefused,
    picture_format,
)
from desktop.ui.evidence.viewing.decoders import Decoders, PictureDecoder, Pictures

FIRST_PIXELS = 3_200_000
"""Pixels of the first sight of a picture: more than the viewer has, and soon there."""
_CHUNK = 1024 * 1024
_HEAD = 1024


@dataclass(frozen=True, slots=True)
class PicturePreview:
    """A picture, ready to paint at any zoom. ``data`` is the file where more can be told of it, else empty."""

    levels: PictureLevels
    width: int
    height: int
    reduced: bool
    data: bytes = b""
    words: str = ""
    """Of a page of a document, where it has any."""


@dataclass(frozen=True, slots=True)
class PictureDetail:
    """What follows the first sight of a picture: more pixels, where it has more, and what it says of itself."""

    levels: PictureLevels | None
    reduced: bool
    about: DecodedContents


@dataclass(frozen=True, slots=True)
class PagesPreview:
    """A PDF whose pages are rendered as they are asked for."""

    data: bytes
    pages: int
    actions: bool = False
    """It holds scripts and the like, which are not run."""


@dataclass(frozen=True, slots=True)
class Unshown:
    """Why the content is not shown: ``evidence.unshown.<code>`` with ``params``."""

    code: str
    params: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class RecordingPreview:
    """Sound or film. Whoever shows it closes ``stream``."""

    stream: BinaryIO
    size: int


Preview: TypeAlias = PicturePreview | PagesPreview | RecordingPreview | DecodedContents | Unshown

_VOICE = 4 << 20
_RECORDED = frozenset({EvidenceSort.AUDIO, EvidenceSort.VIDEO})

_PDF_CODES = {"pdf.locked": "locked", "pdf.too_large": "too_big", "pdf.too_heavy": "too_heavy"}


class Recordings(Protocol):
    """Gives the content of an item at any place."""

    def recording(self, evidence: Evidence) -> BinaryIO:
        """The content, to be closed by whoever plays it."""
        ...


def read_preview(
    stream: BinaryIO, item: Evidence, port: Recordings, decoders: Decoders, progress: Progress
) -> Preview:
    """What to show of ``item``; reads and closes ``stream``. Raises the ``AppError`` of a failed read."""
    with stream:
        head = stream.read(_HEAD)
        kind = kind_of(item.name, item.media_type)
        if not head:
            return Unshown("empty")
        if kind in _RECORDED or is_recording(head):
            return _silk(head, stream) if is_silk(head) else _recording(head, item, port)
        if picture_format(head):
            return _picture(stream, head, item, decoders.pictures, progress)
        if head.lstrip().startswith(b"%PDF-"):
            return _pages(stream, head, item, decoders.pages, progress)
        if kind is EvidenceSort.PICTURE:
            return Unshown("format")
        if kind is EvidenceSort.PDF:
            return Unshown("damaged")
        source = _Begun(head, stream)
        found = decoders.files.read(item.name, source, item.size, progress)
        return Unshown(found.code, found.params) if isinstance(found, Unread) else found


def _recording(head: bytes, item: Evidence, port: Recordings) -> RecordingPreview | Unshown:
    if not is_recording(head):
        return Unshown("recording")
    return RecordingPreview(port.recording(item), item.size)


def _silk(head: bytes, stream: BinaryIO) -> Unshown:
    """How long it is; WeChat ends a message after a minute, so that all of it is small."""
    seconds = silk_seconds(head + stream.read(_VOICE))
    return Unshown("silk_broken") if seconds is None else Unshown("silk", (("seconds", seconds),))


class _Begun:
    """A stream whose first octets were read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int) -> bytes:
        """What is left of the head, then the rest."""
        if self._head:
            part, self._head = self._head[:size], self._head[size:]
            return part
        return self._rest.read(size)


def show_picture(
    pictures: PictureDecoder, data: bytes, most: int = MAX_SHOWN_PIXELS
) -> PicturePreview | Unshown:
    """A picture held in memory, such as a rendered page; at most ``most`` pixels of it."""
    try:
        picture = pictures.decode(data, most)
    except PictureRefused as refused:
        return Unshown(refused.code, tuple(refused.params.items()))
    return PicturePreview(
        picture_levels(picture.image), picture.width, picture.height, picture.reduced
    )


def show_page(decoders: Decoders, data: bytes, page: int, width: int) -> PicturePreview | Unshown:
    """A page of a document, and its words."""
    found = show_picture(decoders.pictures, decoders.pages.render_page(data, page, width))
    if isinstance(found, Unshown):
        return found
    return replace(found, words=decoders.pages.page_text(data, page))


def picture_detail(decoders: Decoders, name: str, data: bytes, progress: Progress) -> PictureDetail:
    """All pixels that are ever shown of the picture, and what it says of itself."""
    found = decoders.files.read(name, io.BytesIO(data), len(data), progress)
    about = found if isinstance(found, DecodedContents) else DecodedContents(ContentsKind.PICTURE)
    progress.check()
    whole = show_picture(decoders.pictures, data)
    if isinstance(whole, Unshown):
        return PictureDetail(None, reduced=True, about=about)
    return PictureDetail(whole.levels, whole.reduced, about)


def _picture(
    stream: BinaryIO, head: bytes, item: Evidence, pictures: PictureDecoder, progress: Progress
) -> PicturePreview | Unshown:
    if item.size > MAX_BYTES:
        return Unshown("too_big")
    data = _read(stream, head, MAX_BYTES, progress)
    found = show_picture(pictures, data, FIRST_PIXELS)
    return found if isinstance(found, Unshown) else replace(found, data=data)


def _pages(
    stream: BinaryIO, head: bytes, item: Evidence, pictures: Pictures, progress: Progress
) -> PagesPreview | Unshown:
    if item.size > MAX_BYTES:
        return Unshown("too_big")
    data = _read(stream, head, MAX_BYTES, progress)
    try:
        pages = pictures.page_count(data)
        actions = pages > 0 and pictures.carries_actions(data)
    except AppError as error:
        return Unshown(_PDF_CODES.get(error.code, "damaged"))
    return PagesPreview(data, pages, actions) if pages > 0 else Unshown("damaged")


def _read(stream: BinaryIO, head: bytes, limit: int, progress: Progress) -> bytes:
    """``head`` and what follows, at most ``limit`` bytes."""
    parts, left = [head], limit - len(head)
    while left > 0:
        progress.check()
        part = stream.read(min(_CHUNK, left))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
