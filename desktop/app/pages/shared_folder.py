"""Rounds through the shared folder while somebody is signed in, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.centre.folder_round import folder_round
from desktop.domain.errors import WorldError
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import Progress
from desktop.services.exchange.exchange_folder import FolderRound, SkippedVolumes
from desktop.services.session import Session
from desktop.ui.settings.settings_page import ChosenSettings, SettingsPage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.bundle_texts import first_problems
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.text.quantities import rough_text
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.file_chooser import choose_folder
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label

_EVERY_MS = 60_000


class SharedFolderCard(Card):
    """``chosen(str)`` with another folder, "" to stop; ``look_wanted`` for a round now."""

    chosen = Signal(str)
    look_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "settings.shared.title")
        self._kit = kit
        self.body.addWidget(
            Label(kit, "settings.shared.explain", role="small", ink="muted", wrap=True)
        )
        self._folder = ElidedLabel(kit)
        self._folder.setObjectName("shared_folder")
        self.body.addWidget(self._folder)
        self._last = Label(kit, role="small", ink="muted", wrap=True)
        self._last.setObjectName("shared_last")
        self.body.addWidget(self._last)
        self._ahead = Label(kit, ink="amber", wrap=True)
        self._ahead.setObjectName("shared_ahead")
        self.body.addWidget(self._ahead)
        self.banner = Banner(kit, "shared_banner")
        self.body.addWidget(self.banner)
        row = Row(kit)
        choose = Button(kit, "settings.shared.choose", icon="folder", name="shared_choose")
        self._look = Button(kit, "settings.shared.look", name="shared_look")
        self._stop = Button(kit, "settings.shared.stop", name="shared_stop")
        for button in (choose, self._look, self._stop):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        choose.clicked.connect(self._choose)
        self._look.clicked.connect(self.look_wanted)
        self._stop.clicked.connect(self._forget)
        self.show_folder("")

    def show_folder(self, folder: str) -> None:
        """Show which one, or that there is none."""
        if folder:
            self._folder.set_text(folder)
        else:
            self._folder.set_key("settings.shared.none")
        self._last.set_text("")
        for label in (self._last, self._ahead):
            set_shown(label, shown=False)
        for button in (self._look, self._stop):
            set_shown(button, shown=bool(folder))
        self.banner.clear()

    def show_round(self, time: str, volumes: int, bundles: int, waiting: int) -> None:
        """How the last round went."""
        self.banner.clear()
        set_shown(self._last, shown=True)
        self._last.set_key(
            "settings.shared.last", time=time, volumes=volumes, bundles=bundles, waiting=waiting
        )

    def show_ahead(self, minutes: int) -> None:
        """Say that what came last was made later than it is here; 0 for what was not."""
        set_shown(self._ahead, shown=minutes > 0)
        self._ahead.set_key("sync.import.ahead", span=rough_text(self._kit.texts, minutes))

    def _choose(self) -> None:
        choose_folder(self._kit, self, "settings.shared.choose_title", self._picked)

    def _picked(self, paths: tuple[object, ...]) -> None:
        self.chosen.emit(str(paths[0]))

    def _forget(self) -> None:
        self.chosen.emit("")


class SharedFolder(QObject):
    """It works from the sign-in on; ``add_to`` gives a page its card, with what the last round brought.

    ``moved`` after a round in which something came or went; ``stuck(bool)`` after each: whether it could not reach the
    folder or write there, which nobody sees who is not on the page of settings."""

    moved = Signal()
    stuck = Signal(bool)

    def __init__(self, kit: Kit, session: Session, chosen: ChosenSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._session = session
        self._chosen = chosen
        self._skipped = SkippedVolumes()
        self._busy = False
        self._card: SharedFolderCard | None = None
        self._show_last: Callable[[SharedFolderCard], None] | None = None
        self._ahead = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        if _may(session):
            self._follow()

    def add_to(self, page: SettingsPage) -> None:
        """For who may have bundles moved."""
        if not _may(self._session):
            return
        card = self._card = SharedFolderCard(self._kit)
        card.chosen.connect(self._choose)
        card.look_wanted.connect(self.look)
        card.show_folder(self._folder)
        if self._show_last is not None:
            self._show_last(card)
        page.more.addWidget(card)

    def look(self) -> None:
        """One round now, unless one is going on."""
        if self._folder and not self._busy:
            self._busy = True
            work = partial(_round, self._session, Path(self._folder), self._skipped)
            self._kit.runner.start("files", work, self._done, self._failed)

    @property
    def _folder(self) -> str:
        return self._chosen.settings.shared_folder

    def _choose(self, folder: str) -> None:
        self._chosen.choose_shared_folder(folder)
        self._ahead = 0
        self._show(lambda card: card.show_folder(folder))
        self.stuck.emit(False)  # noqa: FBT003 - Qt's signal
        self._skipped = SkippedVolumes()
        self._follow()
        self.look()

    def _follow(self) -> None:
        if self._folder:
            self._timer.start()
        else:
            self._timer.stop()

    def _done(self, done: FolderRound) -> None:
        self._busy = False
        if done.received.volumes:  # a quiet round is no word about the clock of the last sender
            self._ahead = done.received.ahead
        self._show(partial(self._show_round, done, self._kit.ticks.now(), self._ahead))
        self.stuck.emit(bool(done.problems))
        if not done.idle:
            self.moved.emit()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._show(partial(_show_stuck, error))
        self.stuck.emit(True)  # noqa: FBT003 - Qt's signal

    def _show(self, last: Callable[[SharedFolderCard], None]) -> None:
        """Now, and on a card that comes later."""
        self._show_last = last
        if self._card is not None:
            last(self._card)

    def _show_round(
        self, done: FolderRound, at: datetime, ahead: int, card: SharedFolderCard
    ) -> None:
        card.show_round(
            moment(self._kit, at), done.received.volumes, len(done.written), done.waiting
        )
        card.show_ahead(ahead)
        if done.problems:
            _show_stuck(done.problems[0], card)
        elif done.refused:
            refused = [(one.path, one.error) for one in done.refused]
            lines = partial(first_problems, self._kit, refused)
            card.banner.show_found(
                Tone.WARN, "settings.shared.refused", lines, count=len(done.refused)
            )


def _show_stuck(error: Exception, card: SharedFolderCard) -> None:
    if isinstance(error, WorldError) and error.code == "folder.gone":
        # There is room for more words.
        card.banner.show_key(Tone.BAD, "settings.shared.gone")
    else:
        card.banner.show_error(error)


def _round(
    session: Session, folder: Path, skipped: SkippedVolumes, progress: Progress
) -> FolderRound:
    return folder_round(session, folder, progress, skipped)


def _may(session: Session) -> bool:
    """Whether the officer's roles let bundles in and out."""
    centre = session.profile.role is InstallationRole.CENTRE
    return session.officer.may(Permission.EXCHANGE) and (
        not centre or session.officer.may(Permission.DISPATCH)
    )
