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
from desktop.domain.orders.claim import HEARD_EVERY, STALE_AFTER, WorkClaim
from desktop.domain.progress import Progress
from desktop.services.cases.tasks import task_dues
from desktop.services.exchange.peers.seats import keep_up
from desktop.services.exchange.sync_status import pending_at_centre
from desktop.services.orders.claim_work import claims_in, has_seats, hear_of_claims
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shell.main_window import MainWindow
from desktop.ui.shell.window_host import DeskStatus

_ASKED_EVERY: Final = timedelta(seconds=1)
"""Between two questions to a server what is new there: a colleague's word is on every screen within two seconds."""
_ENDS: Final = frozenset({"seat.removed", "seat.left_behind"})
"""Why a PC of a centre works for it no longer."""


@dataclass(frozen=True, slots=True)
class _StatusAnswer:
    """``news``: what changes when somebody writes to the journal on a server or takes something in hand; None where
    nobody else does."""

    status: DeskStatus
    news: object = None


class StatusReader(QObject):
    """Reads the status after a change. Of a database on a server it asks by itself whether that answers, and has the
    page in front read anew once somebody wrote there. What cannot be read stays as it was: screens show errors.

    ``was_read`` after each reading; ``taken_away(error)`` where this PC works for its centre no longer."""

    was_read = Signal()
    taken_away = Signal(object)

    def __init__(self, kit: Kit, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._last = DeskStatus(sends=session.profile.role is not InstallationRole.CENTRE)
        self._reading = Rereading(kit.runner, partial(_status, session), self)
        self._reading.read.connect(self._read)
        self._asked_at = session.clock.now()
        self._news: object = None
        self._heard_at: datetime | None = None
        self._hearing = Rereading(kit.runner, work_of(hear_of_claims, session), self)
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
        if self._heard_at is None or abs(now - self._heard_at) >= HEARD_EVERY:
            self._heard_at = now
            self._hearing.refresh()

    def _read(self, reading: _StatusAnswer) -> None:
        self._show(reading.status)
        if self._news not in (None, reading.news):
            self._window.reread()
        self._news = reading.news
        self.was_read.emit()

    def _show(self, status: DeskStatus) -> None:
        self._last = status
        self._window.set_status(status)

    def _failed(self, error: Exception) -> None:
        """Nobody else may say so for long: pages are read when something happens on them."""
        if isinstance(error, AppError) and error.code in _ENDS:
            self.taken_away.emit(error)
        elif isinstance(error, AppError) and not isinstance(error, Cancelled):
            self._show(replace(self._last, server=False))


def _status(session: Session, _progress: Progress) -> _StatusAnswer:
    if has_seats(session):
        with session.store.read() as reader:
            keep_up(session, reader)
            claims = claims_in(session, reader).values()
            news = (sum(reader.heads().values()), frozenset(map(_shown, claims)))
        status = DeskStatus(saved_at=session.clock.now(), sends=False, server=True)
        return _StatusAnswer(status, news)
    return _StatusAnswer(_own_status(session))


def _shown(claim: WorkClaim) -> tuple[str, ...]:
    """What a list shows of it."""
    return claim.about, claim.officer, claim.since, str(claim.silent >= STALE_AFTER)


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
