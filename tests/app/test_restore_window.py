"""A fresh PC and a stick with a backup: the assistant brings the desk back, by keyboard, or says why not."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app.backup import backup_evidence, restore
from desktop.app.backup.backup import make_backup
from desktop.app.windows.window import Program
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.progress import SILENT
from desktop.runtime.texts.settings import Settings, ThemeChoice, save_settings
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.look_up import board
from desktop.ui.shared.kit.task_runner import InlineTaskRunner, Runner
from desktop.ui.sign_in.setup_window import SetupWindow
from desktop.ui.sign_in.sign_in_window import SignInWindow
from tests.support.held_runner import HeldRunner
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.support.sessions import a_form
from tests.support.texts import zh
from tests.ui.pages.sign_in import RestorePage, SignInPage


@pytest.fixture(scope="module")
def stick(quick_disk: Path) -> Path:
    """A stick with a backup and the evidence of one report beside it."""
    folder = quick_disk / "station"
    folder.mkdir()
    station = make_desk(folder / "desk")
    save_settings(station.paths.settings, Settings(theme=ThemeChoice.LIGHT, idle_lock_minutes=5))
    session = station.sign_in(OFFICER, PASSWORD)
    case = register_report(session, a_form(session)).case
    photo = folder / "photo.bin"
    photo.write_bytes(bytes(range(256)) * 300)
    attach_files(session, case, [photo], SILENT)
    make_backup(session, station.paths, folder / "stick", SILENT)
    station.close()
    return folder / "stick"


@pytest.fixture
def backup(stick: Path, tmp_path: Path) -> Path:
    """The file, on a stick of this test's own."""
    shutil.copytree(stick, tmp_path / "stick")
    return next((tmp_path / "stick").glob("*.fzbackup"))


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """The program on the fresh PC, at the restore; gives the program and the page."""
    programs: list[Program] = []

    def begin(runner: Runner | None = None) -> tuple[Program, RestorePage]:
        program = Program(
            qapp, tmp_path / "new", machine=machine(), runner=runner or InlineTaskRunner()
        )
        programs.append(program)
        program.start()
        assert isinstance(program.front, SetupWindow)
        page = RestorePage(qtbot, program.front)
        page.show()
        qtbot.waitUntil(program.front.isActiveWindow)
        page.open()
        return program, page

    yield begin
    for program in programs:
        if program.front is not None:
            program.front.close()
        program.shut_down()


def test_a_desk_is_brought_back_by_keyboard_alone(
    start: Callable[..., tuple[Program, RestorePage]], backup: Path, qtbot: QtBot
) -> None:
    program, page = start()
    assert not page.find("restore_start").isEnabled()
    page.choose(backup)
    unit, letter, made, evidence = page.facts()
    assert (unit, letter) == ("兰州市公安局城关分局张掖路派出所", "A")
    assert made == "2026-11-24 10:31"
    assert evidence == "1 份，都在备份旁边（名称、大小相符）"
    assert page.message() == ""
    page.on()

    assert isinstance(program.front, SignInWindow)
    assert program.settings.idle_lock_minutes == 5, "what was chosen is back as well"
    front = SignInPage(qtbot, program.front)
    front.show()
    assert "已恢复 2026-11-24 10:31 的备份" in front.message()
    front.sign_in(OFFICER, PASSWORD)
    assert program.session is not None
    assert [card.victim for card in board(program.session)] == ["李秀兰"]


def test_evidence_that_is_not_there_is_reported_before_and_after(
    start: Callable[..., tuple[Program, RestorePage]], backup: Path, qtbot: QtBot
) -> None:
    for folder in backup.parent.iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    program, page = start()
    page.choose(backup)
    assert page.facts()[-1] == "共 1 份，其中 1 份不在备份旁边"
    assert "现在恢复，案件都在" in page.message()
    page.on()
    assert isinstance(program.front, SignInWindow)
    front = SignInPage(qtbot, program.front)
    front.show()
    assert "缺 1 份证据" in front.message()


def newer(file: Path) -> None:
    """As a program of later years would write it."""
    changed = io.BytesIO()
    with tarfile.open(file) as old, tarfile.open(fileobj=changed, mode="w") as new:
        for member in old:
            source = old.extractfile(member)
            assert source is not None
            content = source.read()
            if member.name == "manifest.json":
                content = json.dumps(json.loads(content) | {"format": 99}).encode()
                member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    file.write_bytes(changed.getvalue())


def flipped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:-20_000]), "不完整或者被改动过"),
        (flipped, "不完整或者被改动过"),
        (newer, "更新版本的程序"),
        (Path.unlink, "文件不存在"),
    ],
    ids=["half copied", "altered", "newer", "gone"],
)
def test_a_bad_file_is_reported_at_once_and_another_one_taken(
    start: Callable[..., tuple[Program, RestorePage]],
    backup: Path,
    spoil: Callable[[Path], object],
    sentence: str,
) -> None:
    good = backup.with_name("good.fzbackup")
    shutil.copyfile(backup, good)
    program, page = start()
    front = program.front
    assert isinstance(front, SetupWindow)
    spoil(backup)
    if backup.exists():
        page.choose(backup)
    else:  # the dialog offers nothing that is not there
        front.restore.take(backup)
    assert sentence in page.message()
    assert page.facts() == ()
    assert not page.find("restore_start").isEnabled()
    assert not program.installation.exists()
    page.choose(good)
    page.on()
    assert isinstance(program.front, SignInWindow)


def test_a_file_of_another_kind_is_no_backup(
    start: Callable[..., tuple[Program, RestorePage]], tmp_path: Path
) -> None:
    _, page = start()
    other = tmp_path / "笔录.pdf"
    other.write_bytes(b"%PDF-1.7" * 99)
    page.choose(other)
    assert page.message() == zh("errors.backup.foreign.what")


def test_what_speaks_against_the_place_is_reported_beside_the_choice(
    start: Callable[..., tuple[Program, RestorePage]],
    backup: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program, page = start()
    page.choose(backup)
    with monkeypatch.context() as tight:
        usage = type(shutil.disk_usage(tmp_path))
        tight.setattr(shutil, "disk_usage", lambda _path: usage(10**6, 10**6, 0))
        page.on()
    assert "空间不够" in page.message()
    assert not program.installation.exists()
    make_desk(tmp_path / "new")
    assert page.focused().objectName() == "restore_start"
    page.on()
    assert zh("errors.profile.exists.what") in page.message()
    assert page.facts()


def test_a_restore_that_is_stopped_leaves_nothing_and_can_be_begun_again(
    start: Callable[..., tuple[Program, RestorePage]],
    backup: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runner = HeldRunner()
    program, page = start(runner)
    page.choose(backup)
    page.press(Qt.Key.Key_Escape)
    assert page.find("restore_card").isVisible(), "not while something is going on"
    runner.run_all()
    copy = backup_evidence.copy_whole

    def stopped(*args: Any) -> None:
        page.click("restore_work_cancel")
        copy(*args)

    with monkeypatch.context() as midway:
        midway.setattr(restore, "copy_whole", stopped)
        page.on()
        assert not page.find("restore_start").isEnabled()
        runner.run_all()
    assert "已停止" in page.message()
    assert not program.installation.exists()
    page.on()
    runner.run_all()
    assert isinstance(program.front, SignInWindow)


def test_one_goes_back_to_setting_up_anew(
    start: Callable[..., tuple[Program, RestorePage]], backup: Path
) -> None:
    _, page = start()
    page.choose(backup)
    page.press(Qt.Key.Key_Escape)
    assert page.step() == "role"
    page.open()
    assert page.facts() == ()
    page.on()
    assert not page.closed("file_chooser"), "Enter chooses a file"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_is_clipped(
    start: Callable[..., tuple[Program, RestorePage]], backup: Path, qtbot: QtBot, language: str
) -> None:
    program, page = start()
    program.kit.texts.set_language(language)

    def check() -> None:
        qtbot.waitUntil(lambda: clipped_texts(page.widget) == [])
        assert overlaps(page.widget) == []
        assert (page.widget.width(), page.widget.height()) == (1366, 768)

    check()
    shutil.rmtree(next(item for item in backup.parent.iterdir() if item.is_dir()))
    page.choose(backup)
    check()
    flipped(backup)
    page.choose(backup)
    check()
