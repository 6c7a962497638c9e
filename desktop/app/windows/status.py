"""What the status bar says, read off the GUI thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject

from desktop.app.notices.rereading import Rereading
from desktop.domain.errors import AppError, Cancelled
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import Progress
from desktop.services.cases.tasks import task_dues
from desktop.services.exchange.sync_status import pending_at_centre
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.window_host import DeskStatus

_ASKED_EVERY: Final = timedelta(seconds=10)
"""Between two questions to a server whether it is there."""


class StatusReader(QObject):
    """Reads the status after a change, and of a database on a server every few seconds whether it answers. What cannot
    be read stays as it was: screens show errors."""

    def __init__(self, kit: Kit, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._last = DeskStatus(sends=session.profile.role is not InstallationRole.CENTRE)
        self._reading = Rereading(kit.runner, partial(_status, session), self)
        self._reading.read.connect(self._read)
        self._asked_at = session.clock.now()
        if session.profile.on_server:
            self._reading.failed.connect(self._failed)
            kit.ticks.ticked.connect(self._tick)

    def refresh(self) -> None:
        """Something was recorded; several calls in one turn read once."""
        self._reading.refresh()

    def _tick(self, now: datetime) -> None:
        if abs(now - self._asked_at) >= _ASKED_EVERY:
            self._asked_at = now
            self.refresh()

    def _read(self, status: DeskStatus) -> None:
        self._last = status
        self._window.set_status(status)

    def _failed(self, error: Exception) -> None:
        """Nobody else may say so for long: pages are read when something happens on them."""
        if isinstance(error, AppError) and not isinstance(error, Cancelled):
            self._read(replace(self._last, server=False))


def _status(session: Session, _progress: Progress) -> DeskStatus:
    """Saved now; what waits for the centre; its last receipt; when tasks are due."""
    now = session.clock.now()
    if session.profile.role is InstallationRole.CENTRE:
        if not session.profile.on_server:
            return DeskStatus(saved_at=now, sends=False)
        with session.store.read() as reader:
            reader.last_wall()
        return DeskStatus(saved_at=now, sends=False, server=True)
    waiting, dues = pending_at_centre(session), task_dues(session)
    if waiting is None:
        return DeskStatus(saved_at=now, enrolled=False, task_dues=dues)
    return DeskStatus(
        saved_at=now,
        pending_cases=waiting.cases,
        pending_entries=waiting.entries,
        pending_bytes=waiting.size,
        last_receipt=waiting.last_receipt_at,
        task_dues=dues,
    )
