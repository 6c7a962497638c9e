"""Rounds through the shared folder while somebody is signed in, off the GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import WorldError
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import Progress
from desktop.services.exchange.exchange_folder import FolderRound, SkippedVolumes, exchange_folder
from desktop.services.session import Session
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.settings.shared_folder_card import SharedFolderCard
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.bundle_texts import first_problems
from desktop.ui.shared.text.moment_text import moment

_EVERY_MS = 60_000


class SharedFolder(QObject):
    """``moved`` after a round in which something came or went; ``stuck(bool)`` after each: whether it could not reach
    the folder or write there, which nobody sees who is not on the page of settings."""

    moved = Signal()
    stuck = Signal(bool)

    def __init__(self, kit: Kit, session: Session, page: SettingsPage) -> None:
        super().__init__(page)
        self._kit = kit
        self._session = session
        self._page = page
        self._skipped = SkippedVolumes()
        self._busy = False
        self.card = SharedFolderCard(kit)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        if not _may(session):
            return
        page.more.addWidget(self.card)
        self.card.chosen.connect(self._choose)
        self.card.look_wanted.connect(self.look)
        self.card.show_folder(page.settings.shared_folder)
        self._follow()

    def look(self) -> None:
        """One round now, unless one is going on."""
        folder = self._page.settings.shared_folder
        if folder and not self._busy:
            self._busy = True
            work = partial(_round, self._session, Path(folder), self._skipped)
            self._kit.runner.start("files", work, self._done, self._failed)

    def _choose(self, folder: str) -> None:
        self._page.keep_shared_folder(folder)
        self.card.show_folder(folder)
        self.stuck.emit(False)  # noqa: FBT003 - Qt's signal
        self._skipped = SkippedVolumes()
        self._follow()
        self.look()

    def _follow(self) -> None:
        if self._page.settings.shared_folder:
            self._timer.start()
        else:
            self._timer.stop()

    def _done(self, done: FolderRound) -> None:
        self._busy = False
        time = moment(self._kit, self._kit.ticks.now())
        self.card.show_round(time, done.received.volumes, len(done.written), done.waiting)
        if done.received.volumes:  # a quiet round is no word about the clock of the last sender
            self.card.show_ahead(done.received.ahead)
        if done.problems:
            self._show_stuck(done.problems[0])
        elif done.refused:
            lines = first_problems(self._kit, [(one.path, one.error) for one in done.refused])
            self.card.banner.show_found(
                Tone.WARN, "settings.shared.refused", lines, count=len(done.refused)
            )
        self.stuck.emit(bool(done.problems))
        if not done.idle:
            self.moved.emit()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._show_stuck(error)
        self.stuck.emit(True)  # noqa: FBT003 - Qt's signal

    def _show_stuck(self, error: Exception) -> None:
        if isinstance(error, WorldError) and error.code == "folder.gone":
            # There is room for more words.
            self.card.banner.show_key(Tone.BAD, "settings.shared.gone")
        else:
            self.card.banner.show_error(error)


def _round(
    session: Session, folder: Path, skipped: SkippedVolumes, progress: Progress
) -> FolderRound:
    return exchange_folder(session, folder, progress, skipped)


def _may(session: Session) -> bool:
    """Whether the officer's roles let bundles in and out."""
    centre = session.profile.role is InstallationRole.CENTRE
    return session.officer.may(Permission.EXCHANGE) and (
        not centre or session.officer.may(Permission.DISPATCH)
    )
