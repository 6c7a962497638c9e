"""What the status bar says, read off the GUI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from desktop.app.notices.rereading import Rereading
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import Progress
from desktop.services.cases.tasks import task_dues
from desktop.services.exchange.sync_status import pending_at_centre
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.window_host import DeskStatus


class StatusReader(QObject):
    """Reads the status after a change. What cannot be read stays as it was: screens show errors."""

    def __init__(self, kit: Kit, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._reading = Rereading(kit.runner, partial(_status, session), self)
        self._reading.read.connect(window.set_status)

    def refresh(self) -> None:
        """Something was recorded; several calls in one turn read once."""
        self._reading.refresh()


def _status(session: Session, _progress: Progress) -> DeskStatus:
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
