"""Follows the chosen item: opens it once the choice rests, shows it, and reads its custody log."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.evidence.citation import moment_of
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.journal.kinds import EVIDENCE_CITED
from desktop.services.ports.reading.contents import Unread
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.viewing.decoders import Decoders
from desktop.ui.evidence.viewing.preview import (
    PagesPreview,
    PictureDetail,
    PicturePreview,
    Preview,
    RecordingPreview,
    Unshown,
    picture_detail,
    read_preview,
    show_page,
)
from desktop.ui.evidence.viewing.viewer import Viewer
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


@dataclass(frozen=True, slots=True)
class _Level:
    """What is shown at a depth: ``place`` as the reader of mails counts it, () for the item itself."""

    place: tuple[int, ...]
    name: str
    preview: Preview


class Attachments(QObject):
    """``shown(preview, name)``: show it. ``attach_wanted(item, places)``: make these evidence of their own."""

    shown = Signal(object, str)
    failed = Signal(object)
    attach_wanted = Signal(object, object)

    def __init__(
        self,
        runner: Runner,
        evidence: CaseEvidence,
        decoders: Decoders,
        viewer: Viewer,
        owner: QObject,
    ) -> None:
        super().__init__(owner)
        self._viewer = viewer
        self._item: Evidence | None = None
        self._levels: list[_Level] = []
        self._look = Look(runner, evidence, decoders, self)
        self._look.ready.connect(self._opened)
        self._look.failed.connect(self.failed)
        self._place: tuple[int, ...] = ()
        viewer.attachment_wanted.connect(self._open)
        viewer.back_wanted.connect(self.back)
        viewer.attach_wanted.connect(self._attach)

    def begin(self, item: Evidence, preview: Preview) -> None:
        """``item`` is shown now."""
        self._item = item
        self._levels = [_Level((), item.name, preview)]

    def leave(self) -> None:
        """Another item is wanted."""
        self._look.stop()
        self._item, self._levels = None, []
        self._viewer.show_inside((), "")

    def back(self) -> None:
        """Out of the attachment, to what it is attached to."""
        self._look.stop()
        if self._place and self._levels:
            self._levels = [level for level in self._levels if len(level.place) < len(self._place)]
            self._show(self._levels[-1])

    def _open(self, number: int) -> None:
        if self._item is None:
            return
        self._place = (*self._levels[-1].place, number)
        self._viewer.show_inside(self._place, "")
        self._viewer.show_loading(self._item)
        self._look.attachment(self._item, self._place)

    def _opened(self, found: tuple[str, Preview]) -> None:
        name, preview = found
        self._levels.append(_Level(self._place, name, preview))
        self._show(self._levels[-1])

    def _show(self, level: _Level) -> None:
        self._place = level.place
        self._viewer.show_inside(level.place, level.name if level.place else "")
        self.shown.emit(level.preview, level.name)

    def _attach(self, numbers: Sequence[int]) -> None:
        """Those chosen in the table of attachments; without any, the one that is open."""
        if self._item is None or not self._levels:
            return
        around = self._levels[-1].place
        places = [(*around, number) for number in numbers] or ([around] if around else [])
        self.attach_wanted.emit(self._item, places)


_REST_MS = 150
"""Every look is entered in the custody log: items that are only passed by with the arrow keys are not."""
_PAGE_WIDTH = 1600


class Looking(QObject):
    """``custody_read(rows, officers)`` belongs to the item chosen last."""

    custody_read = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self,
        runner: Runner,
        evidence: CaseEvidence,
        decoders: Decoders,
        viewer: Viewer,
        owner: QObject,
    ) -> None:
        super().__init__(owner)
        self._runner = runner
        self._evidence = evidence
        self._viewer = viewer
        self._item: Evidence | None = None
        self._look, self._pages, self._details = (
            Look(runner, evidence, decoders, self) for _ in range(3)
        )
        self._look.ready.connect(self._show)
        self._pages.ready.connect(viewer.show_page)
        self._details.ready.connect(viewer.show_detail)
        for look in (self._look, self._pages):
            look.failed.connect(self._fail)
        self._document = b""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._open)
        viewer.page_wanted.connect(self._render)
        self.attachments = Attachments(runner, evidence, decoders, viewer, self)
        self.attachments.shown.connect(self._show_part)
        self.attachments.failed.connect(self._fail)

    def choose(self, item: Evidence | None) -> None:
        """Turn to another item, or to none."""
        if item is not None and self._item is not None and item.id == self._item.id:
            self._item = item
            return
        self._drop()
        self._item = item
        if item is None:
            self._rest.stop()
            self._viewer.show_nothing()
            return
        self._viewer.show_loading(item)
        self._viewer.show_marks(())
        self._rest.start()

    def read_custody(self) -> None:
        """Read the log of the chosen item again."""
        if self._item is not None:
            work = partial(_custody, self._evidence, self._item.id)
            self._runner.start("db", work, self._custody_done, self._custody_failed)

    def _open(self) -> None:
        if self._item is None:
            return
        self._look.item(self._item)
        self.read_custody()

    def _show(self, preview: Preview) -> None:
        if self._item is not None:
            self.attachments.begin(self._item, preview)
            self._show_part(preview, self._item.name)

    def _show_part(self, preview: Preview, name: str) -> None:
        """The item, or what is attached to it."""
        self._drop_parts()
        if isinstance(preview, PagesPreview):
            self._document = preview.data
        self._viewer.show_preview(preview)
        if isinstance(preview, PicturePreview) and preview.data:
            self._details.detail(name, preview.data)

    def _render(self, page: int) -> None:
        self._pages.page(self._document, page, _PAGE_WIDTH)

    def _fail(self, error: Exception) -> None:
        self._viewer.show_failed()
        self.failed.emit(error)

    def _custody_done(
        self, found: tuple[EvidenceId, tuple[HistoryRow, ...], Mapping[str, str]]
    ) -> None:
        evidence, rows, officers = found
        if self._item is not None and self._item.id == evidence:
            self.custody_read.emit(rows, officers)
            self._viewer.show_marks(_marks(rows))

    def _custody_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    def _drop(self) -> None:
        self._look.stop()
        self.attachments.leave()
        self._drop_parts()

    def _drop_parts(self) -> None:
        self._pages.stop()
        self._details.stop()
        self._document = b""


def _marks(rows: Sequence[HistoryRow]) -> tuple[int, ...]:
    """The moments that were cited."""
    places = (dict(row.fields).get("place", "") for row in rows if row.kind == EVIDENCE_CITED)
    return tuple(moment for place in places if (moment := moment_of(str(place))) is not None)


def _custody(
    evidence: CaseEvidence, item: EvidenceId, _progress: Progress
) -> tuple[EvidenceId, tuple[HistoryRow, ...], Mapping[str, str]]:
    return item, evidence.custody(item), evidence.officers()
