"""The synchronisation screen as tests use it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from desktop.ui.shared.target_combo import TargetCombo
from desktop.ui.sync.history_table import HistoryTable
from desktop.ui.sync.sync_screen import SyncScreen
from tests.ui.pages.window_page import WindowPage


class SyncPage(WindowPage):
    """Export, import, enrol."""

    widget: SyncScreen

    @property
    def target(self) -> TargetCombo:
        return self.find("sync_target", TargetCombo)

    @property
    def history(self) -> HistoryTable:
        return self.find("sync_history", HistoryTable)

    def figures(self) -> tuple[str, str, str]:
        """Cases, records, size."""
        return self.text("sync_cases"), self.text("sync_entries"), self.text("sync_size")

    def shown(self, name: str) -> bool:
        """Whether that widget is on screen."""
        return self.find(name, QWidget).isVisible()

    def message(self, banner: str) -> str:
        """What a banner says; empty if it says nothing."""
        return self.text(f"{banner}_message") if self.shown(banner) else ""

    def enabled(self, name: str) -> bool:
        """Whether that button can be pressed."""
        return self.find(name, QWidget).isEnabled()

    def cell(self, row: int, column: int) -> str:
        """A cell of the history."""
        model = self.history.model()
        return str(model.index(row, column).data())

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
