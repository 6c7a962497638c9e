"""Opens one item for looking at: recorded first, read on a worker thread, shown only if still wanted."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import Cancelled
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
from desktop.ui.shared.kit.task_runner import Runner, TaskHandle


class _Job(QObject):
    """Work for one look; deletes itself when it is over."""

    ready = Signal(object)
    failed = Signal(object)
    """The exception."""

    def __init__(self, runner: Runner, owner: QObject) -> None:
        super().__init__(owner)
        self._runner = runner
        self._handle: TaskHandle | None = None
        self._stopped = False

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self._stopped = True
        if self._handle is not None:
            self._handle.cancel()

    def _done(self, preview: Preview | PictureDetail | tuple[str, Preview]) -> None:
        if not self._stopped:
            self.ready.emit(preview)
        else:
            shown = preview[1] if isinstance(preview, tuple) else preview
            if isinstance(shown, RecordingPreview):
                shown.stream.close()
        self.deleteLater()

    def _fail(self, error: Exception) -> None:
        if not self._stopped and not isinstance(error, Cancelled):
            self.failed.emit(error)
        self.deleteLater()


class PreviewJob(_Job):
    """One look at one item; ``ready(Preview)``. Drop the job (``stop``) when another item is chosen."""

    def __init__(
        self,
        runner: Runner,
        evidence: CaseEvidence,
        decoders: Decoders,
        item: Evidence,
        owner: QObject,
    ) -> None:
        super().__init__(runner, owner)
        self._evidence = evidence
        self._decoders = decoders
        self._item = item

    def start(self) -> None:
        """Enter the look in the custody log, then read."""
        work = partial(_open, self._evidence, self._item)
        self._handle = self._runner.start("db", work, self._opened, self._fail)

    def _opened(self, stream: BinaryIO) -> None:
        if self._stopped:
            stream.close()
            self.deleteLater()
            return
        work = partial(_read, stream, self._item, self._evidence, self._decoders)
        self._handle = self._runner.start("files", work, self._done, self._fail)


class PageJob(_Job):
    """Renders one page of a PDF; ``ready(PicturePreview | Unshown)``."""

    def __init__(
        self, runner: Runner, decoders: Decoders, data: bytes, page: int, owner: QObject
    ) -> None:
        super().__init__(runner, owner)
        self._work = partial(_render, decoders, data, page)

    def start(self, width: int) -> None:
        """Begin; ``width`` in pixels."""
        self._runner.start("files", partial(self._work, width), self._done, self._fail)


class DetailJob(_Job):
    """What follows the first sight of a picture; ``ready(PictureDetail)``."""

    def start(self, decoders: Decoders, name: str, data: bytes) -> None:
        """Begin."""
        work = partial(_detail, decoders, name, data)
        self._handle = self._runner.start("files", work, self._done, self._fail)


class AttachmentJob(_Job):
    """One look at an attachment of an item that was opened; ``ready((name, Preview))``."""

    def __init__(
        self,
        runner: Runner,
        evidence: CaseEvidence,
        decoders: Decoders,
        item: Evidence,
        place: tuple[int, ...],
        owner: QObject,
    ) -> None:
        super().__init__(runner, owner)
        self._work = partial(_attached, evidence, decoders, item, place)

    def start(self) -> None:
        """Begin."""
        self._handle = self._runner.start("files", self._work, self._done, self._fail)


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
