"""Pages that take files and show dialogs and banners about them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.ui.pages.window_page import WindowPage


class FilePage(WindowPage):
    """Files chosen or dropped, and what the page says then."""

    def shown(self, name: str) -> bool:
        """Whether that widget is on screen."""
        return self.find(name).isVisible()

    def enabled(self, name: str) -> bool:
        """Whether that button can be pressed."""
        return self.find(name).isEnabled()

    def message(self, banner: str) -> str:
        """What a banner says; empty if it says nothing."""
        return self.text(f"{banner}_message") if self.shown(banner) else ""

    def dialog_text(self, dialog: str, name: str) -> str:
        """A text of an open dialog."""
        return self.dialog(dialog).text(name)

    def choose_in_dialog(self, *paths: Path) -> None:
        """Choose in the open file dialog as if the person had."""
        dialog = next(
            top
            for top in QApplication.topLevelWidgets()
            if isinstance(top, QFileDialog) and top.isVisible()
        )
        dialog.filesSelected.emit([str(path) for path in paths])
        dialog.reject()

    def drop(self, data: QMimeData) -> None:
        """Let files go over the page."""
        place, copied = QPoint(50, 50), Qt.DropAction.CopyAction
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(place, copied, data, left, none)
        QApplication.sendEvent(self.widget, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(self.widget, QDropEvent(place, copied, data, left, none))
