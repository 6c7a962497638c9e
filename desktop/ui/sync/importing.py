"""Bundles that come back: looked at first, taken in when the officer agrees."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.progress import Progress
from desktop.ui.shared.file_chooser import choose_files
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.task_runner import TaskHandle
from desktop.ui.shared.work_card import WorkCard
from desktop.ui.sync.bundle_dialogs import ImportDialog, VerdictDialog
from desktop.ui.sync.port import SyncPort

if TYPE_CHECKING:
    from desktop.services.apply_bundle import AppliedBundle, Verdict

T = TypeVar("T")
PATTERNS = ("*.fzb",)
Paths = tuple[Path, ...]


class Importing(QObject):
    """``applied(AppliedBundle)`` after something was taken in, ``failed(error)`` if that could not be."""

    applied = Signal(object)
    failed = Signal(object)

    def __init__(self, kit: Kit, port: SyncPort, page: QWidget, work: WorkCard) -> None:
        super().__init__(page)
        self._kit = kit
        self._port = port
        self._page = page
        self._work = work
        self._paths: Paths = ()
        self._handle: TaskHandle | None = None
        self._busy = False
        work.cancelled.connect(self._cancel)

    def choose_import(self) -> None:
        """Ask for bundles to take in."""
        choose_files(self._kit, self._page, "sync.import.choose", self.look_into, patterns=PATTERNS)

    def choose_verify(self) -> None:
        """Ask for bundles to check."""
        choose_files(self._kit, self._page, "sync.verdict.choose", self.check, patterns=PATTERNS)

    def look_into(self, paths: Paths) -> None:
        """Find out what taking them in would change, and ask."""
        self._paths = paths
        self._start("sync.import.looking", partial(_look, self._port, paths), self._ask)

    def check(self, paths: Paths) -> None:
        """Check volumes; nothing is changed."""
        self._start("sync.verdict.checking", partial(_verify, self._port, paths), self._tell)

    def _start(self, title: str, work: partial[T], on_done: Callable[[T], None]) -> None:
        if self._busy:
            return
        self._busy = True
        self._work.begin(title)
        self._handle = self._kit.runner.start(
            "files", work, on_done, self._fail, self._work.advance
        )

    def _ask(self, found: AppliedBundle) -> None:
        self._end()
        dialog = ImportDialog(self._kit, self._page, found)
        dialog.accepted.connect(self._take_in)
        dialog.open()

    def _take_in(self) -> None:
        work = partial(_take_in, self._port, self._paths)
        self._start("sync.import.working", work, self._taken)

    def _taken(self, applied: AppliedBundle) -> None:
        self._end()
        self.applied.emit(applied)

    def _tell(self, verdict: Verdict) -> None:
        self._end()
        VerdictDialog(self._kit, self._page, verdict).open()

    def _fail(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._busy = False
        self._work.finish()

    def _cancel(self) -> None:
        if self._handle is not None:
            self._handle.cancel()


def _look(port: SyncPort, paths: Paths, progress: Progress) -> AppliedBundle:
    return port.apply(paths, progress, dry_run=True)


def _take_in(port: SyncPort, paths: Paths, progress: Progress) -> AppliedBundle:
    return port.apply(paths, progress, dry_run=False)


def _verify(port: SyncPort, paths: Paths, progress: Progress) -> Verdict:
    return port.verify(paths, progress)
