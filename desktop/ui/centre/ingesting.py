"""Bundles of stations: looked into first, taken in when the dispatcher agrees."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.progress import Progress
from desktop.ui.centre.ingest_dialog import IngestDialog
from desktop.ui.centre.port import CentrePort, IngestResult
from desktop.ui.shared.file_chooser import choose_files
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.task_runner import TaskHandle
from desktop.ui.shared.work_card import WorkCard

T = TypeVar("T")
Paths = tuple[Path, ...]


class Ingesting(QObject):
    """``done(IngestResult)`` after something was taken in or quarantined, ``failed(error)`` if that could not be."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, kit: Kit, port: CentrePort, page: QWidget, work: WorkCard) -> None:
        super().__init__(page)
        self._kit = kit
        self._port = port
        self._page = page
        self._work = work
        self._paths: Paths = ()
        self._handle: TaskHandle | None = None
        self._busy = False
        work.cancelled.connect(self._cancel)

    def choose(self) -> None:
        """Ask for bundles."""
        choose_files(
            self._kit, self._page, "centre.ingest.choose", self.look_into, patterns=("*.fzb",)
        )

    def look_into(self, paths: Paths) -> None:
        """Find out what they would bring, and ask."""
        if not self._busy:
            self._paths = paths
            self._start("centre.ingest.looking", partial(_look, self._port, paths), self._ask)

    def _start(self, title: str, work: partial[T], on_done: Callable[[T], None]) -> None:
        self._busy = True
        self._work.begin(title)
        self._handle = self._kit.runner.start(
            "files", work, on_done, self._fail, self._work.advance
        )

    def _ask(self, found: IngestResult) -> None:
        self._end()
        dialog = IngestDialog(self._kit, self._page, found)
        dialog.accepted.connect(self._take_in)
        dialog.open()

    def _take_in(self) -> None:
        work = partial(_take_in, self._port, self._paths)
        self._start("centre.ingest.working", work, self._taken)

    def _taken(self, result: IngestResult) -> None:
        self._end()
        self.done.emit(result)

    def _fail(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._busy = False
        self._work.finish()

    def _cancel(self) -> None:
        if self._handle is not None:
            self._handle.cancel()


def _look(port: CentrePort, paths: Paths, progress: Progress) -> IngestResult:
    return port.ingest(paths, progress, dry_run=True)


def _take_in(port: CentrePort, paths: Paths, progress: Progress) -> IngestResult:
    return port.ingest(paths, progress, dry_run=False)
