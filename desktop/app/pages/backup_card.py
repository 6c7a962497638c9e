"""The cards of backups on the settings page, joined to the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from desktop.app.backup.backup import back_up_news, has_backups, last_backup, make_backup
from desktop.app.installation import Installation
from desktop.app.maintenance.restore_drill import last_drill, try_restore
from desktop.domain.installation.officer import Permission
from desktop.services.exchange.copy_age import days_without_copy
from desktop.services.session import Session
from desktop.ui.settings.backup import BackupCard, DrillCard, Make, Try
from desktop.ui.settings.settings_page import ChosenSettings, SettingsPage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.input.drives import SystemDrives

Unattended = Callable[[], timedelta]
_EVERY_MS: Final = 60_000
_QUIET: Final = timedelta(minutes=3)


class OwnBackups(QObject):
    """``card`` gives the card that makes them, with its page where nobody opened that yet; ``unattended``: for how long
    nobody has worked. One that failed or was stopped is not tried again until somebody made one or signs in anew; that
    it lacks is told on the sync page."""

    def __init__(
        self,
        kit: Kit,
        session: Session,
        chosen: ChosenSettings,
        card: Callable[[], BackupCard],
        unattended: Unattended,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._session = session
        self._chosen = chosen
        self._card = card
        self._unattended = unattended
        self._tried = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._may = session.officer.may(Permission.EXCHANGE)
        if self._may:
            self._timer.start()

    def lock_changed(self, _locked: object) -> None:
        """Who locks goes away, often to let another officer sign in: what is due is made at once."""
        self.look()

    def look(self) -> None:
        """See whether a copy is due, if this is the time for one."""
        folder = self._chosen.settings.backup_folder
        if self._may and folder and not self._tried and self._quiet():
            work = work_of(partial(_due, self._session, Path(folder)))
            self._kit.runner.start("files", work, self._looked, self._failed)

    def note_made(self, folder: Path) -> None:
        """Somebody made one there: the next ones follow."""
        self._tried = False
        if str(folder) != self._chosen.settings.backup_folder:
            self._chosen.choose_backup_folder(str(folder))

    def _quiet(self) -> bool:
        return self._unattended() >= _QUIET and not self._kit.runner.busy

    def _looked(self, folder: Path | None) -> None:
        if folder is not None:
            self._tried = True
            self._card().back_up_to(folder)

    def _failed(self, _error: Exception) -> None:
        self._tried = True


def _due(session: Session, folder: Path) -> Path | None:
    """``folder``, if a copy is due and this computer's copies lie there."""
    with session.store.read() as reader:
        late = days_without_copy(session, reader) > 0
    return folder if late and has_backups(session, folder) else None


@dataclass(frozen=True, slots=True)
class Copies:
    """``make`` adds what is new to the copies in a folder, or else copies everything, as ``whole`` always does;
    ``attempt`` tries a copy with a secret."""

    make: Make
    whole: Make
    attempt: Try


def copies_of(session: Session, installation: Installation) -> Copies:
    """Those of the installation, for the officer at the desk."""
    make = partial(back_up_news, session, installation.paths)
    whole = partial(make_backup, session, installation.paths)
    return Copies(make, whole, partial(try_restore, session, installation))


def add_backup_card(
    page: SettingsPage, kit: Kit, session: Session, copies: Copies, note: Callable[[Path], None]
) -> BackupCard:
    """When the last backup was made and tried, and a new one, of which ``note`` hears; for who may make them."""
    card = BackupCard(
        kit, copies.make, copies.whole, partial(last_backup, session), SystemDrives(), page
    )
    card.made.connect(note)
    for shown in (card, DrillCard(kit, copies.attempt, partial(last_drill, session), page)):
        page.more.addWidget(shown)
        shown.setVisible(session.may(Permission.EXCHANGE))
    return card
