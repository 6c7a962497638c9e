"""Thumbnails: kept ones are read back, missing ones are made one after the other behind the person's work."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QImage

from desktop.domain.errors import AppError, Cancelled
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.items.kinds import EvidenceSort, kind_of
from desktop.ui.evidence.picture.safe_picture import MAX_BYTES, PictureRefused, decode_picture
from desktop.ui.evidence.viewing.decoders import Decoders
from desktop.ui.shared.kit.picture_octets import png_octets
from desktop.ui.shared.kit.task_runner import Runner

_SIDE = 320
"""Longer side of a kept thumbnail, in pixels: sharp at twice the size of a tile."""
_DECODE = 2_000_000
"""Pixels decoded at most where the format can decode small (JPEG)."""
_PAGE_WIDTH = 360
_BATCH = 24
_MADE_FOR = frozenset({EvidenceSort.PICTURE, EvidenceSort.PDF})


@dataclass(frozen=True, slots=True)
class _Made:
    evidence: EvidenceId
    image: QImage
    png: bytes


class Thumbnails(QObject):
    """Emits ``ready(id, image)``. What cannot be made is silently left to the sign of its kind."""

    ready = Signal(str, object)

    def __init__(
        self, runner: Runner, evidence: CaseEvidence, decoders: Decoders, owner: QObject
    ) -> None:
        super().__init__(owner)
        self._runner = runner
        self._evidence = evidence
        self._decoders = decoders
        self._asked: set[EvidenceId] = set()
        self._waiting: deque[Evidence] = deque()
        self._making = False
        self._unread: deque[Evidence] = deque()
        self._reading = False

    def want(self, items: Sequence[Evidence]) -> None:
        """See to thumbnails of ``items`` that were not asked for before."""
        new = tuple(
            item
            for item in items
            if item.id not in self._asked and kind_of(item.name, item.media_type) in _MADE_FOR
        )
        self._asked.update(item.id for item in new)
        self._unread.extend(new)
        self._read()

    def _read(self) -> None:
        """A few at a time: what the person asks for meanwhile must not wait for a thousand thumbnails."""
        if self._reading or not self._unread:
            return
        self._reading = True
        count = min(_BATCH, len(self._unread))
        batch = tuple(self._unread.popleft() for _ in range(count))
        self._runner.start(
            "db", partial(_stored, self._evidence, batch), self._found, self._unfound
        )

    def _unfound(self, error: Exception) -> None:
        self._reading = False
        if not isinstance(error, Cancelled):
            self._read()

    def _found(self, found: tuple[tuple[Evidence, QImage | None], ...]) -> None:
        self._reading = False
        for item, image in found:
            if image is None:
                self._waiting.append(item)
            else:
                self.ready.emit(item.id, image)
        self._next()
        self._read()

    def _next(self) -> None:
        if self._making or not self._waiting:
            return
        self._making = True
        work = partial(_make, self._evidence, self._decoders, self._waiting.popleft())
        self._runner.start("files", work, self._made, self._skip)

    def _made(self, made: _Made | None) -> None:
        self._making = False
        if made is not None:
            self.ready.emit(made.evidence, made.image)
            keep = partial(_keep, self._evidence, made.evidence, made.png)
            self._runner.start("db", keep, self._keeping, self._unkept)
        self._next()

    def _skip(self, error: Exception) -> None:
        self._making = False
        if not isinstance(error, Cancelled):
            self._next()

    def _keeping(self, _nothing: None) -> None:
        """It is shown already."""

    def _unkept(self, _error: Exception) -> None:
        """Then it is made again next time."""


def _stored(
    evidence: CaseEvidence, items: Sequence[Evidence], progress: Progress
) -> tuple[tuple[Evidence, QImage | None], ...]:
    found: list[tuple[Evidence, QImage | None]] = []
    for item in items:
        progress.check()
        png = evidence.thumbnail(item.id)
        found.append((item, _decoded(png) if png else None))
    return tuple(found)


def _decoded(png: bytes) -> QImage | None:
    try:
        return decode_picture(png).image
    except PictureRefused:
        return None


def _make(
    evidence: CaseEvidence, decoders: Decoders, item: Evidence, progress: Progress
) -> _Made | None:
    if item.size > MAX_BYTES:
        return None
    try:
        with evidence.content(item) as stream:
            data = stream.read(MAX_BYTES)
        progress.check()
        if kind_of(item.name, item.media_type) is EvidenceSort.PDF:
            data = decoders.pages.render_page(data, 0, _PAGE_WIDTH)
        image = _small(decoders.pictures.decode(data, _DECODE).image)
    except (AppError, PictureRefused):
        return None
    return _Made(item.id, image, png_octets(image))


def _small(image: QImage) -> QImage:
    # A long chat screenshot would shrink to a thread: its beginning is what people recognise it by.
    width, height = image.width(), image.height()
    top = image.copy(QRect(0, 0, width, min(height, width * 2)))
    if max(top.width(), top.height()) <= _SIDE:
        return top
    return top.scaled(
        _SIDE,
        _SIDE,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _keep(evidence: CaseEvidence, item: EvidenceId, png: bytes, _progress: Progress) -> None:
    evidence.keep_thumbnail(item, png)
