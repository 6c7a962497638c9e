"""The program from its start to the board, and no further: what a process beside is timed by."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.app.qt.offscreen import without_offscreen_remarks
from desktop.app.windows.window import Program
from desktop.bench.desks.make_desk import PASSWORD
from desktop.bench.desks.varied_cases import OFFICERS
from desktop.bench.material import machine_without_counter
from desktop.bench.windows.waiting import seconds_until
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shell.main_window import MainWindow


def _open_board(app: QApplication, folder: Path) -> None:
    """Paint the window that asks who it is, sign in, and paint the board of the profile in ``folder``."""
    program = Program(app, folder, machine=machine_without_counter())
    program.start()
    app.processEvents()
    program.open_desk(program.installation.sign_in(OFFICERS[0], PASSWORD))
    board = program.front.page("board") if isinstance(program.front, MainWindow) else None
    if not isinstance(board, ListPage):
        raise TypeError("no board was opened")
    seconds_until(board.view_shown, lambda: None)
    program.shut_down()


if __name__ == "__main__":
    with without_offscreen_remarks():
        _open_board(QApplication([]), Path(sys.argv[1]))
