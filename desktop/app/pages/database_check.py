"""The database is looked at whole once a day, while nobody works: a start reads all of it only after a crash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from desktop.domain.errors import WorldError
from desktop.services.session import Session
from desktop.ui.settings.data import DatabaseCard
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shell.main_window import MainWindow

_EVERY_MS: Final = 60_000
_QUIET: Final = timedelta(minutes=3)
_DUE: Final = timedelta(days=1)
_OVERDUE: Final = timedelta(days=7)
"""After that it no longer waits for a quiet moment; it stands aside for whoever works."""


class DatabaseWatch(QObject):
    """``card`` gives the card that looks, with its page where nobody opened that yet; ``unattended``: for how long
    nobody has worked. A look that was stopped or failed is not begun again by itself within a day. Of a database on a
    server it asks nothing: that keeps it itself."""

    def __init__(
        self,
        kit: Kit,
        session: Session,
        card: Callable[[], DatabaseCard],
        unattended: Callable[[], timedelta],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._session = session
        self._card = card
        self._unattended = unattended
        self._tried: datetime | None = None
        self._since = session.clock.now()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        if not session.profile.on_server:
            self._timer.start()

    def look(self) -> None:
        """See whether a look is due, and this the time for it."""
        now = self._session.clock.now()
        late = self._tried is None or not timedelta(0) <= now - self._tried < _DUE
        age = self._age(now)
        if not late or self._kit.runner.busy:
            return
        if age >= _OVERDUE or (age >= _DUE and self._unattended() >= _QUIET):
            self._tried = now
            self._card().check_quietly()

    def _age(self, now: datetime) -> timedelta:
        """Of what was never looked at, or by a clock that was ahead: a day, and as much longer as somebody has been
        signed in."""
        last = self._session.store.file_checked_at()
        if last is not None and last <= now:
            return now - last
        return _DUE + max(now - self._since, timedelta(0))


def add_database_card(
    page: SettingsPage, kit: Kit, session: Session, window: MainWindow
) -> DatabaseCard:
    """When the database was found sound, and a new look; not shown where a server keeps it."""
    store = session.store
    card = DatabaseCard(kit, store.check_file, store.file_checked_at, page)
    card.unsound.connect(partial(_tell, kit, window))
    page.more.addWidget(card)
    return card


def _tell(kit: Kit, window: MainWindow, error: Exception) -> None:
    if isinstance(error, WorldError):
        present(kit, window, error)
