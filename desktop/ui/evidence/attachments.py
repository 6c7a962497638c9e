"""Steps into the attachments of the shown mail and back out; nothing of them leaves the memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.domain.evidence.item import Evidence
from desktop.ui.evidence.port import Decoders, EvidencePort
from desktop.ui.evidence.preview import Preview
from desktop.ui.evidence.preview_job import AttachmentJob
from desktop.ui.evidence.viewer import Viewer
from desktop.ui.shared.kit.task_runner import Runner


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
        self, runner: Runner, port: EvidencePort, decoders: Decoders, viewer: Viewer, owner: QObject
    ) -> None:
        super().__init__(owner)
        self._runner = runner
        self._port = port
        self._decoders = decoders
        self._viewer = viewer
        self._item: Evidence | None = None
        self._levels: list[_Level] = []
        self._job: AttachmentJob | None = None
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
        self._stop()
        self._item, self._levels = None, []
        self._viewer.show_inside((), "")

    def back(self) -> None:
        """Out of the attachment, to what it is attached to."""
        self._stop()
        if self._place and self._levels:
            self._levels = [level for level in self._levels if len(level.place) < len(self._place)]
            self._show(self._levels[-1])

    def _open(self, number: int) -> None:
        if self._item is None:
            return
        self._stop()
        self._place = (*self._levels[-1].place, number)
        self._viewer.show_inside(self._place, "")
        self._viewer.show_loading(self._item)
        self._job = AttachmentJob(
            self._runner, self._port, self._decoders, self._item, self._place, self
        )
        self._job.ready.connect(self._opened)
        self._job.failed.connect(self.failed)
        self._job.start()

    def _opened(self, found: tuple[str, Preview]) -> None:
        self._job = None
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

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._job = None
