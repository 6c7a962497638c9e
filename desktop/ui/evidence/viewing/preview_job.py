"""Opens evidence for looking at: recorded first, read on a worker thread, shown only if still wanted."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from PySide6.QtCore import QObject, Signal

from desktop.domain.evidence.item import Evidence
from desktop.domain.progress import Progress
from desktop.services.ports.reading.contents import Unread
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.viewing.decoders import Decoders
from desktop.ui.evidence.viewing.preview import (
    PictureDetail,
    Preview,
    RecordingPreview,
    Unshown,
    picture_detail,
    read_preview,
    show_page,
)
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import Runner


class Look(QObject):
    """Opens one thing at a time; ``ready(found)`` unless something else was asked for since, ``failed(error)``."""

    ready = Signal(object)
    failed = Signal(object)

    def __init__(
        self, runner: Runner, evidence: CaseEvidence, decoders: Decoders, owner: QObject
    ) -> None:
        super().__init__(owner)
        self._evidence = evidence
        self._decoders = decoders
        self._item: Evidence | None = None
        self._reading = Latest(runner, self)

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self._reading.stop()

    def item(self, item: Evidence) -> None:
        """Enter the look in the custody log, then read the item: a ``Preview``."""
        self._item = item
        self._reading.start(
            "db", partial(_open, self._evidence, item), self._opened, self._fail, _close
        )

    def attachment(self, item: Evidence, place: tuple[int, ...]) -> None:
        """What is attached to an item that was opened: its name and a ``Preview``."""
        self._start(partial(_attached, self._evidence, self._decoders, item, place))

    def page(self, data: bytes, page: int, width: int) -> None:
        """One page of a PDF, ``width`` pixels wide: a ``PicturePreview`` or ``Unshown``."""
        self._start(partial(_render, self._decoders, data, page, width))

    def detail(self, name: str, data: bytes) -> None:
        """What follows the first sight of a picture: a ``PictureDetail``."""
        self._start(partial(_detail, self._decoders, name, data))

    def _start(self, work: Callable[[Progress], object]) -> None:
        self._reading.start("files", work, self._done, self._fail, _drop)

    def _opened(self, stream: BinaryIO) -> None:
        if self._item is not None:
            self._start(partial(_read, stream, self._item, self._evidence, self._decoders))

    def _done(self, found: object) -> None:
        self.ready.emit(found)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)


def _close(stream: BinaryIO) -> None:
    stream.close()


def _drop(found: object) -> None:
    """A recording is read while it is played, from a file that is open."""
    shown = found[1] if isinstance(found, tuple) else found
    if isinstance(shown, RecordingPreview):
        shown.stream.close()


class _Held:
    """A recording that is in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def recording(self, _evidence: Evidence) -> BinaryIO:
        """The content at any place."""
        return io.BytesIO(self._data)


def _attached(
    evidence: CaseEvidence,
    decoders: Decoders,
    item: Evidence,
    place: tuple[int, ...],
    progress: Progress,
) -> tuple[str, Preview]:
    with evidence.content(item) as stream:
        found = decoders.files.attachment(stream, item.size, place, progress)
    if isinstance(found, Unread):
        return "", Unshown(found.code, found.params)
    inner = replace(item, name=found.name, size=len(found.data), media_type=found.media_type)
    stream = io.BytesIO(found.data)
    return found.name, read_preview(stream, inner, _Held(found.data), decoders, progress)


def _open(evidence: CaseEvidence, item: Evidence, _progress: Progress) -> BinaryIO:
    return evidence.open(item.id)


def _read(
    stream: BinaryIO, item: Evidence, evidence: CaseEvidence, decoders: Decoders, progress: Progress
) -> Preview:
    return read_preview(stream, item, evidence, decoders, progress)


def _render(decoders: Decoders, data: bytes, page: int, width: int, progress: Progress) -> Preview:
    progress.check()
    return show_page(decoders, data, page, width)


def _detail(decoders: Decoders, name: str, data: bytes, progress: Progress) -> PictureDetail:
    progress.check()
    return picture_detail(decoders, name, data, progress)
