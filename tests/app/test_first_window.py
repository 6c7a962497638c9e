"""A second start brings the first window forward and hands it the files that were opened."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.app.qt.window_kit import program_icon
from desktop.app.windows.first_window import FirstWindow, pass_files_to_first_window
from desktop.app.windows.window import Program
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.app.windows.first_window import pass_files_to_first_window
app = QCoreApplication([])
folder, patience_ms, *names = sys.argv[1:]
files = [Path(name) for name in names]
sys.exit(0 if pass_files_to_first_window(Path(folder), files, patience_ms=int(patience_ms)) else 3)
"""
PATIENCE_MS = 60_000
"""A window that has just opened answers late on a busy computer, later than a person is to
wait for an answer."""


def second_start(folder: Path, *files: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", SECOND, str(folder), str(PATIENCE_MS), *map(str, files)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path):
    make_desk(tmp_path / "所里 desk")
    program = Program(qapp, tmp_path / "所里 desk", machine=machine(), runner=InlineTaskRunner())
    program.start()
    yield program
    if program.front is not None:
        program.front.close()
    program.shut_down()


def test_nobody_answers_where_no_window_is_open(qapp: QApplication, tmp_path: Path) -> None:
    assert not pass_files_to_first_window(tmp_path, ())


def test_a_second_start_ends_and_the_first_window_comes_out_of_the_task_bar(qtbot, program) -> None:
    program.front.showMinimized()
    second = second_start(program.installation.paths.root)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=PATIENCE_MS)
    assert second.returncode == 0
    qtbot.waitUntil(lambda: not program.front.windowState() & Qt.WindowState.WindowMinimized)


def test_what_was_opened_waits_for_the_officer_and_for_the_lock(
    qtbot, program, tmp_path, monkeypatch
) -> None:
    bundle = tmp_path / "回执.fzb"
    bundle.write_bytes(b"")
    second = second_start(program.installation.paths.root, bundle)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=PATIENCE_MS)
    assert second.returncode == 0
    given: list[tuple[Path, ...]] = []
    monkeypatch.setattr(
        "desktop.ui.sync.sync_screen.SyncScreen.take_files",
        lambda _self, paths: given.append(paths),
    )
    program.open_desk(program.installation.sign_in(OFFICER, PASSWORD))
    assert given == [(bundle,)]
    assert program.front.current_page == "sync"
    program.front.lock()
    program.given.add((bundle,))
    assert len(given) == 1, "nothing is shown behind the lock"
    program.front.lock_changed.emit(False)
    assert len(given) == 1, "still locked"


def test_what_a_crash_left_is_in_nobodys_way(qtbot, qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "window.sock").write_bytes(b"")
    first = FirstWindow(tmp_path, qapp)
    first.listen()
    with qtbot.waitSignal(first.called, timeout=PATIENCE_MS):
        second = second_start(tmp_path)
    assert second.wait(PATIENCE_MS / 1000) == 0
    first.close()
    assert not pass_files_to_first_window(tmp_path, ())


def test_no_other_user_of_the_computer_may_call(qtbot, qapp: QApplication, tmp_path: Path) -> None:
    first = FirstWindow(tmp_path, qapp)
    first.listen()
    assert (tmp_path / "window.sock").stat().st_mode & 0o077 == 0
    first.close()


def test_the_icon_is_there_in_the_sizes_of_task_bars(qapp: QApplication) -> None:
    sizes = {size.width() for size in program_icon().availableSizes()}
    assert {16, 22, 24, 32, 48, 64, 128, 256} <= sizes
