"""A stick that stays plugged in gets a copy each week without anybody asking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.app.backup.backup import make_backup
from desktop.app.maintenance.restore_drill import try_restore
from desktop.app.pages.backup_card import Copies, OwnBackups, add_backup_card
from desktop.domain.errors import WorldError
from desktop.domain.progress import Progress
from desktop.runtime.texts.settings import Settings, load_settings, save_settings
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.ui.settings.backup import BackupMade
from desktop.ui.settings.settings_page import ChosenSettings, SettingsPage
from desktop.ui.shared.kit.kit import Kit
from tests.support.clocks import HandClock
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.support.sessions import a_form


class Room:
    """A signed-in desk, its settings page, and a stick with one copy that was asked for."""

    def __init__(self, kit: Kit, qtbot: QtBot, root: Path) -> None:
        self.clock = HandClock()
        self.made = make_desk(root / "desk", own=machine(self.clock))
        self.session = self.made.sign_in(OFFICER, PASSWORD)
        self.stick = root / "stick"
        self.idle = timedelta(0)
        self.error: WorldError | None = None
        self.chosen = ChosenSettings(Settings())
        self.page = SettingsPage(kit, self.chosen)
        qtbot.addWidget(self.page)
        copies = Copies(self._make, self._make, partial(try_restore, self.session, self.made))
        self.own = OwnBackups(
            kit, self.session, self.chosen, lambda: self.card, lambda: self.idle, self.page
        )
        self.card = add_backup_card(self.page, kit, self.session, copies, self.own.note_made)
        self.card.back_up_to(self.stick)

    def _make(self, folder: Path, progress: Progress) -> BackupMade:
        if self.error is not None:
            raise self.error
        return make_backup(self.session, self.made.paths, folder, progress)

    def copies(self) -> int:
        return len(list(self.stick.glob("*.fzbackup")))

    def wait(self, **amount: int) -> None:
        """Nobody is there for so long; then it is looked."""
        self.clock.advance(**amount)
        self.idle = timedelta(**amount)
        self.own.look()


@pytest.fixture
def room(kit: Kit, qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made = Room(kit, qtbot, tmp_path)
    yield made
    made.made.close()


def test_one_is_made_when_it_is_due_and_nobody_works(room: Room, tmp_path: Path) -> None:
    assert room.chosen.settings.backup_folder == str(room.stick)
    save_settings(tmp_path / "s.toml", room.chosen.settings)
    assert load_settings(tmp_path / "s.toml").settings.backup_folder == str(room.stick)
    room.wait(days=6)
    assert room.copies() == 1, "not due"
    room.clock.advance(days=2)
    room.idle = timedelta(seconds=20)
    room.own.look()
    assert room.copies() == 1, "somebody works"
    room.wait(minutes=5)
    assert room.copies() == 2
    room.wait(hours=5)
    assert room.copies() == 2, "once"


def test_who_locks_lets_a_due_one_be_made_at_once(room: Room) -> None:
    room.clock.advance(days=8)
    room.own.lock_changed(False)  # unlocked: somebody is there
    assert room.copies() == 1
    room.idle = timedelta.max  # as the window tells it
    room.own.lock_changed(True)
    assert room.copies() == 2


def test_a_stick_that_is_away_or_another_one_is_left_alone(room: Room) -> None:
    away = room.stick.rename(room.stick.with_name("drawer"))
    room.wait(days=8)
    assert not room.stick.exists()
    room.stick.mkdir()
    room.wait(hours=1)
    assert room.copies() == 0, "another one in its place"
    room.stick.rmdir()
    away.rename(room.stick)
    room.wait(hours=1)
    assert room.copies() == 2


def test_one_that_fails_is_reported_and_not_tried_for_ever(room: Room) -> None:
    room.error = WorldError("disk.full")
    room.wait(days=8)
    room.error = None
    room.wait(hours=1)
    assert room.copies() == 1
    room.card.back_up_to(room.stick)
    room.wait(days=8)
    assert room.copies() == 3


def test_a_copy_without_evidence_that_was_lost_says_so(room: Room, kit: Kit) -> None:
    case = register_report(room.session, a_form(room.session)).case
    attach_picture(room.session, case, "x.png", b"lost")
    (blob,) = room.made.paths.vault.rglob("*.age")
    blob.unlink()
    room.card.back_up_to(room.stick)
    told = room.page.findChild(QLabel, "backup_banner_message")
    assert told is not None
    assert (
        kit.texts.text("settings.backup.done_lacking", file="|", lacking=1).split("|")[1]
        in told.text()
    )
