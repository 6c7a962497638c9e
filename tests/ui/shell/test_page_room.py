"""The window never grows beyond the screen, and what has the keyboard is in sight."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.shell.main_window import MainWindow, PageRoom
from tests.ui.pages.shell import ShellPage

SMALL = QSize(1093, 614)
"""The smallest screen at 125 %."""


def top_of(room: PageRoom, widget: QWidget) -> int:
    return widget.mapTo(room.viewport(), QPoint(0, 0)).y()


def test_a_page_that_needs_more_than_the_screen_is_scrolled(shell: ShellPage) -> None:
    window = shell.widget
    assert isinstance(window, MainWindow)
    room = window.findChild(PageRoom)
    assert room is not None
    window.resize(SMALL)
    page = window.page("board")
    last = QLineEdit()
    filler = QWidget()
    filler.setMinimumSize(1500, 1200)
    page.body.addWidget(filler)
    page.body.addWidget(last)
    window.show_page("board")
    shell.qtbot.waitUntil(lambda: room.verticalScrollBar().maximum() > 0)
    assert window.size() == SMALL
    assert room.horizontalScrollBar().maximum() > 0
    assert top_of(room, last) > room.viewport().height()
    last.setFocus()
    shell.qtbot.waitUntil(lambda: room.verticalScrollBar().value() > 0)
    assert 0 < top_of(room, last) < room.viewport().height()
    window.show_page("intake")
    shell.qtbot.waitUntil(lambda: room.verticalScrollBar().maximum() == 0)
    assert room.pages.size() == room.viewport().size(), "the other page fills the room as ever"
