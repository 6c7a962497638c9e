"""A new version copies the data before it opens them; without the copy it does not open them."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app.backup import upgrade_copy
from desktop.app.backup.backup_file import read_contents
from desktop.app.backup.restore import restore_backup
from desktop.app.installation import Installation
from desktop.app.windows.window import Program
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.progress import SILENT
from desktop.runtime.processes.single_instance import SingleInstance
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import board
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.sign_in.earlier_data import UpgradeWindow
from desktop.ui.sign_in.sign_in_window import SignInWindow
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.support.sessions import a_form
from tests.ui.pages.window_page import WindowPage


@pytest.fixture
def older(tmp_path: Path) -> Installation:
    """A desk with a case, as a version before this rule left it."""
    installation = make_desk(tmp_path / "desk")
    session = installation.sign_in(OFFICER, PASSWORD)
    register_report(session, a_form(session))
    installation.close()
    installation.paths.version.unlink()
    return installation


def copies(installation: Installation) -> list[Path]:
    return sorted(installation.paths.before_upgrade.glob("*.fzbackup"))


def test_data_that_were_made_here_are_not_copied(tmp_path: Path) -> None:
    installation = make_desk(tmp_path / "desk")
    installation.sign_in(OFFICER, PASSWORD)
    installation.close()
    assert copies(installation) == []


def test_the_copy_leads_back_to_all_cases_and_is_made_once(
    older: Installation, tmp_path: Path
) -> None:
    for _ in range(2):
        older.sign_in(OFFICER, PASSWORD)
        older.close()
    (copy,) = copies(older)
    assert {"desk.db", "keys.json", "profile.toml"} <= read_contents(copy).files.keys()
    restore_backup(copy, tmp_path / "back", SILENT)
    back = Installation(tmp_path / "back", machine())
    assert len(board(back.sign_in(OFFICER, PASSWORD))) == 1
    back.close()


def test_what_the_power_cut_left_beside_the_database_is_in_the_copy(older: Installation) -> None:
    log = older.paths.root / "desk.db-wal"
    log.write_bytes(b"entries")
    copy = upgrade_copy.copy_before_upgrade(older.paths, older.machine.clock, SILENT)
    assert read_contents(copy).files["desk.db-wal"][0] == len(b"entries")


def test_without_the_copy_nothing_is_opened(
    older: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = older.paths.database.read_bytes()

    def full(_folder: Path, _need: int) -> None:
        raise WorldError("disk.not_enough", need="9 MB", free="1 MB")

    monkeypatch.setattr(upgrade_copy, "require_space", full)
    with pytest.raises(WorldError, match=r"disk\.not_enough"):
        older.sign_in(OFFICER, PASSWORD)
    assert older.paths.database.read_bytes() == before
    assert upgrade_copy.copy_due(older.paths)


def test_a_copy_that_does_not_read_back_is_none(
    older: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise WorldError("backup.damaged")

    monkeypatch.setattr(upgrade_copy, "read_back", damaged)
    with pytest.raises(WorldError, match=r"backup\.damaged"):
        upgrade_copy.copy_before_upgrade(older.paths, older.machine.clock, SILENT)
    assert copies(older) == []
    assert upgrade_copy.copy_due(older.paths)


def test_nothing_is_copied_under_an_open_desk_or_into_the_data(older: Installation) -> None:
    with SingleInstance(older.paths.lock), pytest.raises(WorldError, match=r"profile\.in_use"):
        upgrade_copy.copy_before_upgrade(older.paths, older.machine.clock, SILENT)
    with pytest.raises(UserInputError, match=r"backup\.inside"):
        upgrade_copy.copy_before_upgrade(
            older.paths, older.machine.clock, SILENT, older.paths.vault
        )


def test_copies_in_the_profile_do_not_pile_up(older: Installation) -> None:
    older.paths.before_upgrade.mkdir()
    for number in range(4):
        old = older.paths.before_upgrade / f"{number}.fzbackup"
        old.write_bytes(b"")
        os.utime(old, (number, number))
    made = upgrade_copy.copy_before_upgrade(older.paths, older.machine.clock, SILENT)
    assert len(copies(older)) == 2
    assert made in copies(older)


def test_the_window_says_what_lacks_and_takes_another_medium(
    qapp: QApplication, qtbot, older: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()

    def full(folder: Path, _need: int) -> None:
        if folder != stick:
            raise WorldError("disk.not_enough", need="9 MB", free="1 MB")

    monkeypatch.setattr(upgrade_copy, "require_space", full)
    program = Program(qapp, older.paths.root, machine=machine(), runner=InlineTaskRunner())
    program.start()
    window = program.front
    assert isinstance(window, UpgradeWindow)
    page = WindowPage(qtbot, window)
    qtbot.waitUntil(window.banner.isVisible)
    assert "9 MB" in page.text("upgrade_banner_message")
    window.begin(stick)
    assert isinstance(program.front, SignInWindow)
    assert len(list(stick.glob("*.fzbackup"))) == 1
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    program.front.close()
    program.shut_down()
