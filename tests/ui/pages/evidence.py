"""The evidence pane as tests use it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QWidget

from desktop.domain.ids import EvidenceId
from desktop.ui.evidence.items_card import EvidenceGrid
from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.evidence.picture.view import PictureView
from desktop.ui.evidence.viewing.viewer import Viewer
from tests.ui.pages.file_page import FilePage


def files_of(*paths: Path) -> QMimeData:
    """What a file manager drags or copies."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


class EvidencePage(FilePage):
    """Choose, look, drop, paste, verify."""

    widget: EvidencePane

    @property
    def grid(self) -> EvidenceGrid:
        return self.find("evidence_grid", EvidenceGrid)

    @property
    def viewer(self) -> Viewer:
        return self.find("evidence_viewer", Viewer)

    @property
    def picture(self) -> PictureView:
        return self.find("evidence_picture", PictureView)

    def names(self) -> list[str]:
        """The names in the grid, in order."""
        model = self.grid.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def do_more(self, name: str) -> None:
        """Choose a deed in the menu of the seldom ones."""
        self.click("evidence_more")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        entry = next(item for item in menu.actions() if item.objectName() == f"evidence_{name}")
        assert entry.isEnabled()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())

    def choose(self, evidence: EvidenceId) -> None:
        """Choose an item and wait until the viewer has turned to it."""
        assert self.grid.choose(evidence)
        self.rest()

    def rest(self) -> None:
        """Wait until the chosen item was opened."""
        loading = self.viewer.notice.sentence
        words = self.widget._kit.texts.text("evidence.viewer.loading")
        self.qtbot.waitUntil(
            lambda: self.viewer.shown is not self.viewer.notice or loading.text() != words
        )

    def notice(self) -> str:
        """What the viewer says instead of showing something."""
        return self.find("evidence_notice", QLabel).text()

    def banner(self) -> str:
        """The message above everything; empty if there is none."""
        banner = self.find("evidence_banner", QWidget)
        return "" if banner.isHidden() else self.text("evidence_banner_message")

    def drag_over(self, data: QMimeData) -> bool:
        """Drag something over the pane; whether it may be dropped."""
        event = QDragEnterEvent(
            QPoint(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        event.ignore()
        QApplication.sendEvent(self.widget, event)
        return event.isAccepted()

    def drag_away(self) -> None:
        """Drag it out again."""
        QApplication.sendEvent(self.widget, QDragLeaveEvent())

    def paste(self, what: QImage | QMimeData | str) -> None:
        """Put something on the clipboard and press Ctrl+V."""
        clipboard = QGuiApplication.clipboard()
        if isinstance(what, QImage):
            clipboard.setImage(what)
        elif isinstance(what, QMimeData):
            clipboard.setMimeData(what)
        else:
            clipboard.setText(what)
        self.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def chooser(self) -> QFileDialog:
        """The open file dialog."""
        return self.find("file_chooser", QFileDialog)

    def working(self, name: str) -> QWidget:
        """A row of work that is shown."""
        row = self.find(name, QWidget)
        assert not row.isHidden()
        return row
