"""Sign-in and first start as a person works them: by keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

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
