"""The windows that read evidence, as tests use them: over the evidence step of the intake screen."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.domain.cases.intake import IdentifierText, IntakeForm
from desktop.domain.ids import EvidenceId
from desktop.ui.evidence.items_card import EvidenceGrid
from desktop.ui.extraction.pictures_flow import PicturesDialog
from desktop.ui.extraction.statement_dialog import StatementDialog
from desktop.ui.intake.wizard import IntakeScreen
from tests.ui.pages.file_page import FilePage


def save(page: ReadingPage, name: str) -> None:
    """Keep a picture of the window on top, for looking at, where ``FANZHA_SCREENSHOTS`` names a folder."""
    folder = os.environ.get("FANZHA_SCREENSHOTS")
    if folder:
        page.on_top.grab().save(str(Path(folder) / f"{name}.png"))


def click_mark(pictures: PicturesDialog) -> int:
    """Click the mark drawn last on the picture, while another proposal is chosen; the place it stands for."""
    place, mark = pictures.picture._marks[-1]
    pictures.offers.table.select_key(0 if place else 1)
    at = pictures.picture.mapFromScene(mark.sceneBoundingRect().center())
    QTest.mouseClick(pictures.picture.viewport(), Qt.MouseButton.LeftButton, pos=at)
    return place


def mark_in_front(pictures: PicturesDialog) -> int | None:
    """The place whose mark is drawn as the chosen one."""
    return pictures.picture._current


class ReadingPage(FilePage):
    """F8 on an item; then the window on top."""

    widget: IntakeScreen

    @property
    def form(self) -> IntakeForm:
        return self.widget.model.form

    @property
    def leads(self) -> tuple[IdentifierText, ...]:
        """The leads on the form, without the blank one it offers."""
        return tuple(row for row in self.form.identifiers if row.value)

    def choose(self, item: EvidenceId) -> None:
        grid = self.find("evidence_grid", EvidenceGrid)
        assert grid.choose(item)
        grid.setFocus()

    def read(self) -> QWidget:
        """F8; the window that came up."""
        self.widget.activateWindow()
        self.qtbot.waitUntil(self.widget.isActiveWindow)
        self.press(Qt.Key.Key_F8)
        dialog = self.on_top
        self.qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    @property
    def on_top(self) -> QWidget:
        found = QApplication.activeModalWidget()
        assert found is not None, "no window came up"
        return found

    @property
    def statement(self) -> StatementDialog:
        found = self.on_top
        assert isinstance(found, StatementDialog)
        return found

    def go_to(self, row: int) -> None:
        """Make the row with that number of the file current."""
        rows = self.statement.rows
        assert rows.table.select_key(row)
        rows.setFocus()

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """A key in the window on top."""
        QTest.keyClick(self.on_top.focusWidget() or self.on_top, key, modifier)

    def label(self, name: str) -> str:
        """A label of the window on top."""
        found = self.on_top.findChild(QLabel, name)
        assert found is not None, name
        return found.text()
