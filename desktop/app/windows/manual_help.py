"""The manual within reach of every window: F1 before somebody has signed in, its own key afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from desktop.ui.manual.manual_window import ManualText, ManualWindow


class ManualHelp(QObject):
    """Keeps the one window of the manual. ``commands`` makes the chapter about commands, None leaves it out."""

    def __init__(self, kit: Kit, commands: Callable[[Any], Any] | None) -> None:
        super().__init__()
        self._kit = kit
        self._commands = commands
        self.window: ManualWindow | None = None

    def offer(self, window: QWidget) -> None:
        """Let ``window`` open the manual."""
        if isinstance(window, MainWindow):
            window.manual_asked.connect(self.show)
        else:
            QShortcut(QKeySequence("F1"), window).activated.connect(self.show)

    def show(self) -> None:
        """Open the manual, or bring it to the front."""
        from desktop.ui.manual.manual_window import (  # noqa: PLC0415 - no window waits for it at start
            ManualWindow,
        )

        if self.window is None:
            self.window = ManualWindow(self._kit, self._load)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def close(self) -> None:
        """With the program."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def _load(self, language: str) -> ManualText:
        from desktop.app.windows.manual import manual_text  # noqa: PLC0415 - the same

        return manual_text(language, self._commands)
