"""What the status bar says, read off the GUI thread."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer

from desktop.domain.profile import InstallationRole
from desktop.domain.progress import Progress
from desktop.services.cases.tasks import task_dues
from desktop.services.desk import Desk
from desktop.services.exchange.sync_status import pending_at_centre
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.session import DeskStatus


class StatusReader(QObject):
    """Reads the status after a change, at most once at a time."""

    def __init__(self, kit: Kit, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._kit = kit
        self._desk = desk
        self._window = window
        self._reading = False
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read)

    def refresh(self) -> None:
        """Something was recorded; several calls in one turn read once."""
        self._timer.start(0)

    def _read(self) -> None:
        if self._reading:
            self._again = True
            return
        self._reading = True
        work = partial(read_status, self._desk, self._kit.ticks.now())
        self._kit.runner.start("db", work, self._show, self._give_up)

    def _show(self, status: DeskStatus) -> None:
        self._window.set_status(status)
        self._done()

    def _give_up(self, error: Exception) -> None:  # noqa: ARG002 - the bar keeps what it said; screens show errors
        self._done()

    def _done(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self.refresh()


def read_status(desk: Desk, now: datetime, progress: Progress) -> DeskStatus:  # noqa: ARG001
    """Saved now; what waits for the centre; its last receipt; when tasks are due."""
    if desk.profile.role is InstallationRole.CENTRE:
        return DeskStatus(saved_at=now, sends=False)
    waiting, dues = pending_at_centre(desk), task_dues(desk)
    if waiting is None:
        return DeskStatus(saved_at=now, enrolled=False, task_dues=dues)
    return DeskStatus(
        saved_at=now,
        pending_cases=waiting.cases,
        pending_entries=0 if waiting.traces else waiting.entries,
        pending_bytes=waiting.size,
        last_receipt=waiting.last_receipt_at,
        task_dues=dues,
    )
