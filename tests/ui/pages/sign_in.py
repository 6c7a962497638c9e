"""Sign-in and first start as a person works them: by keyboard alone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.ui.pages.window_page import WindowPage


class SignInPage(WindowPage):
    """Number, password, Enter."""

    def sign_in(self, number: str, password: str) -> None:
        """From wherever the focus is after opening: type, Enter, type, Enter."""
        self.find("officer_number").setFocus()
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type_here(number)
        self.press(Qt.Key.Key_Return)
        self.type_here(password)
        self.press(Qt.Key.Key_Return)

    def message(self) -> str:
        """What the banner says, ``""`` if it is silent."""
        banner = self.find("sign_in_banner")
        return self.text("sign_in_banner_message") if banner.isVisible() else ""


class SetupPage(WindowPage):
    """The assistant, step by step, with Tab and Enter only."""

    def on(self) -> None:
        """Enter."""
        self.press(Qt.Key.Key_Return)

    def unit(self, name: str, code: str) -> None:
        """The second step."""
        self.type_here(name)
        self.press(Qt.Key.Key_Tab)
        self.type_here(code)
        self.on()

    def officer(self, name: str, number: str, password: str, again: str = "") -> None:
        """The third step."""
        for text in (name, number, password):
            self.type_here(text)
            self.press(Qt.Key.Key_Tab)
        self.type_here(again or password)
        self.on()

    def code(self) -> str:
        """The recovery code on screen."""
        lines = [self.find(f"recovery_code_{place}", QLabel).text() for place in range(2)]
        return "-".join(lines).replace(" ", "")

    def step(self) -> str:
        """The name of the step in front."""
        for name in ("role", "unit", "database", "officer", "code"):
            if self.find(f"setup_{name}").isVisible():
                return name
        return ""


class RestorePage(SetupPage):
    """The way back from a backup."""

    def open(self) -> None:
        """From the first step, with the button below it."""
        while self.focused().objectName() != "setup_restore":
            self.press(Qt.Key.Key_Tab)
        self.on()

    def choose(self, file: Path) -> None:
        """The button, then the file in the dialog."""
        self.find("restore_choose").setFocus()
        self.on()
        chooser = self.dialog("file_chooser").widget
        assert isinstance(chooser, QFileDialog)
        chooser.setDirectory(str(file.parent))
        chooser.selectFile(str(file))
        chooser.accept()

    def facts(self) -> tuple[str, ...]:
        """Unit, letter, time, evidence; nothing while no backup is chosen."""
        names = [f"restore_{name}" for name in ("unit", "letter", "made", "evidence")]
        return tuple(self.text(name) for name in names if self.find(name).isVisible())

    def message(self) -> str:
        """What the banner says, "" if it is silent."""
        shown = self.find("restore_banner").isVisible()
        return self.text("restore_banner_message") if shown else ""
