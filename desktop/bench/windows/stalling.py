"""How long the windows wait while bundles go out and come in: the export of the synchronisation screen, the look into
it and the taking in at the centre's inbox, the way back of the receipt. Offscreen, with threads as ever; the aim is
that no beat of a timer of 10 ms is later than 50 ms.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QPushButton, QWidget

from desktop.app.windows.window import Program
from desktop.bench.material import (
    Material,
    empty_case,
    large_file,
    machine_without_counter,
    many_cases,
)
from desktop.bench.measure import FigureRow
from desktop.bench.windows.gaps import TIMER_MS, Gaps, OtherLoad
from desktop.bench.windows.waiting import let_run, rest
from desktop.centre.replies import write_replies
from desktop.domain.progress import SILENT
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.session import Session
from desktop.ui.shared.kit.thread_runner import TaskRunner
from desktop.ui.shell.main_window import MainWindow

_AFTER_MS = 1_500
"""The screens read again after the work, and the collector of the windows comes once a second."""


def stalling(
    made: Material, entries: int, evidence: int, after_ms: int = _AFTER_MS
) -> Iterator[FigureRow]:
    """``entries``, two a case; ``evidence`` bytes in eight files of one case. Watched until ``after_ms`` after each
    piece of work."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("screens need a program with windows")
    _fill(made, entries, evidence)
    stick, back = made.folder / "stalls-out", made.folder / "stalls-back"
    stick.mkdir()
    back.mkdir()
    with _window(app, made.folder / "desk", made.session, after_ms) as driver:
        driver.show("sync")
        driver.choose_target(stick)
        yield from driver.watched("export", lambda: driver.click("sync_export"))
    with _window(app, made.folder / "centre", made.centre, after_ms) as driver:
        driver.show("inbox")
        driver.click("inbox_choose")
        yield from driver.watched("look", lambda: driver.choose_bundles(stick))
        yield from driver.watched("ingest", lambda: driver.click("ingest_accept"))
    write_replies(made.centre, back, SILENT)
    with _window(app, made.folder / "desk", made.session, after_ms) as driver:
        driver.show("sync")
        driver.click("sync_import")
        yield from driver.watched("receipt_look", lambda: driver.choose_bundles(back))
        yield from driver.watched("receipt", lambda: driver.click("import_accept"))


def _fill(made: Material, entries: int, evidence: int) -> None:
    many_cases(made.session, entries // 2)
    case = empty_case(made.session)
    for number in range(8):
        path = large_file(made.folder / f"stalls-{number}", evidence // 8)
        attach_files(made.session, case, [path], SILENT)
        path.unlink()


@contextmanager
def _window(
    app: QApplication, folder: Path, session: Session, after_ms: int
) -> Iterator[WindowDriver]:
    """The main window of who is signed in, once it has read what it reads at first."""
    runner = TaskRunner()
    program = Program(app, folder, machine=machine_without_counter(), runner=runner)
    program.start()
    program.open_desk(session)
    driver = WindowDriver(program.front, runner, after_ms)
    driver.rest()
    try:
        yield driver
    finally:
        driver.close()
        program.shut_down()


class WindowDriver:
    """Somebody who works one window and waits until it is at rest."""

    def __init__(self, window: QWidget | None, runner: TaskRunner, after_ms: int) -> None:
        if not isinstance(window, MainWindow):
            raise TypeError("no main window was opened")
        self._window = window
        self._runner = runner
        self._after_ms = after_ms

    def show(self, page: str) -> None:
        """Turn to a page."""
        self._window.show_page(page)
        self.rest()

    def click(self, name: str) -> None:
        """Press a button."""
        button = self._window.findChild(QPushButton, name)
        if button is None or not button.isEnabled():
            raise LookupError(f"{name} can not be pressed")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def choose_target(self, folder: Path) -> None:
        """Write into that folder."""
        combo = self._window.findChild(QComboBox, "sync_target")
        if combo is None:
            raise LookupError("nothing asks where to write")
        combo.setCurrentIndex(combo.count() - 1)
        combo.activated.emit(combo.currentIndex())
        self._choose(folder)

    def choose_bundles(self, folder: Path) -> None:
        """Every bundle in the folder, where somebody asks for files."""
        self._choose(*sorted(folder.glob("*.fzb")))

    def _choose(self, *paths: Path) -> None:
        dialog = self._window.findChild(QFileDialog, "file_chooser")
        if dialog is None:
            raise LookupError("nobody asks for a file")
        dialog.filesSelected.emit([str(path) for path in paths])
        dialog.reject()

    def watched(self, name: str, begin: Callable[[], None]) -> Iterator[FigureRow]:
        """From the last key of the person until the screens have read again and the memory was swept."""
        gaps, load = Gaps(), OtherLoad()
        begin()
        self.rest()
        let_run(self._after_ms)
        gaps.stop()
        for what, value in (
            ("largest", gaps.largest),
            ("largest_own", gaps.largest_own),
            ("p99", gaps.p99),
        ):
            unit = f"ms of a {TIMER_MS} ms timer"
            yield FigureRow(f"stalls_{name}_{what}", round(value * 1000, 1), unit)
        yield FigureRow(f"stalls_{name}_others", round(load.cores(), 2), "cores used by others")

    def rest(self) -> None:
        """Until no work is pending and what it brought is painted."""
        rest(self._runner)

    def close(self) -> None:
        """Close the window."""
        self._window.close()
        self.rest()
