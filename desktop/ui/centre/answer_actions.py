"""Taking files of answers and settling what waits."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.orders.answer import QueuedAnswer
from desktop.domain.progress import Progress
from desktop.ui.centre.answer_dialogs import AsideDialog
from desktop.ui.centre.assigning import Assigning
from desktop.ui.centre.batch_port import AnsweredFile, BatchPort
from desktop.ui.centre.limits import DispatchLimits
from desktop.ui.centre.taken_texts import tell
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.file_chooser import choose_files

_PATTERNS = ("*.xlsx", "*.xls", "*.csv")


class AnswerActions(QObject):
    """``changed`` after an answer was taken or settled."""

    changed = Signal()

    def __init__(
        self, kit: Kit, port: BatchPort, page: QWidget, limits: DispatchLimits,
        signs: tuple[OneWork, Banner],
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._kit = kit
        self._port = port
        self._page = page
        self._work, self._banner = signs
        self._dialog: AsideDialog | None = None
        self._assigning = Assigning(kit, port, page, limits)
        self._assigning.changed.connect(self.changed)
        self._assigning.set_aside.connect(self.set_aside)
        self._assigning.failed.connect(self._banner.show_error)

    def choose(self) -> None:
        """Ask for files."""
        self._banner.clear()
        choose_files(self._kit, self._page, "centre.answers.choose", self.take, patterns=_PATTERNS)

    def take(self, paths: tuple[Path, ...]) -> None:
        """Take these files."""
        work = partial(_take, self._port, paths)
        self._work.start("centre.answers.taking", work, self._taken, self._banner.show_error)

    def assign(self, item: QueuedAnswer) -> None:
        """Ask to which order it belongs; what it names already stands there."""
        self._assigning.ask(item)

    def set_aside(self, item: QueuedAnswer) -> None:
        """Ask why."""
        self._dialog = AsideDialog(self._kit, self._page, item)
        self._dialog.given.connect(partial(self._settle, item))
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def _settle(self, item: QueuedAnswer, text: str) -> None:
        work = work_of(partial(self._port.set_aside, item.key, text.strip()))
        self._kit.runner.start("db", work, self._settled, self._refused)

    def _settled(self, _nothing: None) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.show_error(error)
        else:
            self._banner.show_error(error)

    def _closed(self) -> None:
        self._dialog = None

    def _taken(self, files: tuple[AnsweredFile, ...]) -> None:
        tell(self._kit, self._banner, files)
        self.changed.emit()


def _take(port: BatchPort, paths: tuple[Path, ...], progress: Progress) -> tuple[AnsweredFile, ...]:
    return port.take(paths, progress)
