"""What the status bar says, read off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

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

_ASKED_EVERY: Final = timedelta(seconds=1)
"""Between two questions to a server what is new there: a colleague's word is on every screen within two seconds."""


@dataclass(frozen=True, slots=True)
class _StatusAnswer:
    """``entries``: how many the journal on a server holds; None where nobody else writes."""

    status: DeskStatus
    entries: int | None = None


class StatusReader(QObject):
    """Reads the status after a change. Of a database on a server it asks by itself whether that answers, and has the
    page in front read anew once somebody wrote there. What cannot be read stays as it was: screens show errors.

    ``was_read`` after each reading."""

    was_read = Signal()

    def __init__(self, kit: Kit, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._last = DeskStatus(sends=session.profile.role is not InstallationRole.CENTRE)
        self._reading = Rereading(kit.runner, partial(_status, session), self)
        self._reading.read.connect(self._read)
        self._asked_at = session.clock.now()
        self._entries: int | None = None
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

    def _read(self, reading: _StatusAnswer) -> None:
        self._show(reading.status)
        if self._entries not in (None, reading.entries):
            self._window.reread()
        self._entries = reading.entries
        self.was_read.emit()

    def _show(self, status: DeskStatus) -> None:
        self._last = status
        self._window.set_status(status)

    def _failed(self, error: Exception) -> None:
        """Nobody else may say so for long: pages are read when something happens on them."""
        if isinstance(error, AppError) and not isinstance(error, Cancelled):
            self._show(replace(self._last, server=False))


def _status(session: Session, _progress: Progress) -> _StatusAnswer:
    if session.profile.role is InstallationRole.CENTRE and session.profile.on_server:
        with session.store.read() as reader:
            entries = sum(reader.heads().values())
        status = DeskStatus(saved_at=session.clock.now(), sends=False, server=True)
        return _StatusAnswer(status, entries)
    return _StatusAnswer(_own_status(session))


def _own_status(session: Session) -> DeskStatus:
    """Saved now; what waits for the centre; its last receipt; when tasks are due."""
    now = session.clock.now()
    if session.profile.role is InstallationRole.CENTRE:
        return DeskStatus(saved_at=now, sends=False)
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
