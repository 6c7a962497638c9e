"""The centre's screens as tests use them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QTableView, QWidget

from desktop.ui.centre.dispatch_screen import DispatchScreen
from desktop.ui.centre.inbox_screen import InboxScreen
from tests.ui.pages.window_page import WindowPage


class CentrePage(WindowPage):
    """What both screens have."""

    def shown(self, name: str) -> bool:
        """Whether that widget is on screen."""
        return self.find(name, QWidget).isVisible()

    def message(self, banner: str) -> str:
        """What a banner says; empty if it says nothing."""
        return self.text(f"{banner}_message") if self.shown(banner) else ""

    def enabled(self, name: str) -> bool:
        """Whether that button can be pressed."""
        return self.find(name, QWidget).isEnabled()

    def column(self, table: str, column: int) -> list[str]:
        """The texts of a column, top first."""
        model = self.find(table, QTableView).model()
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]

    def choose_in_dialog(self, *paths: Path) -> None:
        """Choose in the open file dialog as if the person had."""
        dialog = next(
            top
            for top in QApplication.topLevelWidgets()
            if isinstance(top, QFileDialog) and top.isVisible()
        )
        dialog.filesSelected.emit([str(path) for path in paths])
        dialog.reject()

    def said(self, dialog: str, name: str) -> str:
        """A text of an open dialog."""
        return self.dialog(dialog).find(name, QLabel).text()

    def active_dialog(self, name: str) -> WindowPage:
        """The open dialog, once it has the keyboard: fields commit when the focus leaves them."""
        found = self.dialog(name)
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is found.widget)
        return found

    def closed(self, dialog: str) -> bool:
        """Whether no such dialog is open."""
        return not any(
            top.objectName() == dialog and top.isVisible() for top in QApplication.topLevelWidgets()
        )


class InboxPage(CentrePage):
    """Bundles in, devices enrolled, slips read."""

    widget: InboxScreen

    def drop(self, data: QMimeData) -> None:
        """Drop something on the page."""
        self.widget.dropEvent(
            QDropEvent(
                QPoint(50, 50),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )


class DispatchPage(CentrePage):
    """Orders answered and replies written."""

    widget: DispatchScreen
