"""The main window as a person works it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.case_file.case_filter import ANY_CASE
from desktop.ui.shell.lock_screen import LockScreen
from desktop.ui.shell.main_window import MainWindow
from tests.ui.pages.window_page import WindowPage


def let_in(window: MainWindow) -> None:
    """As the lock screen does once the password was right."""
    (lock,) = window.findChildren(LockScreen)
    lock.unlocked.emit()


def search_for(window: MainWindow, text: str) -> None:
    """As the box in the top bar does whenever what is typed there rests for a moment."""
    window._top.search._search(text, ANY_CASE)


class ShellPage(WindowPage):
    """Rail, search, lock, keys."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        super().__init__(qtbot, window)
        self.window = window

    def open(self, key: str) -> None:
        """Choose a page in the rail."""
        self.click(f"rail_{key}")

    def heading(self) -> str:
        """The title in the top bar."""
        return self.text("page_title")

    def status(self) -> str:
        """The line at the bottom."""
        return self.text("status_line")

    def shortcut(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key as the system delivers it: through the window, shortcuts first."""
        handle = self.focused().window().windowHandle()
        QTest.keyClick(handle, key, modifier)

    def locked(self) -> bool:
        """Whether the data is hidden."""
        return self.window.locked and not self.find("topbar").isVisible()

    def unlock(self, password: str) -> None:
        """Type the password on the lock."""
        self.fill("lock_password", password)
        self.click("lock_open")

    def page_shown(self, page: QWidget) -> bool:
        """Whether ``page`` is in front."""
        return page.isVisible()
