"""Asks for the password of an archive, and once more where it was wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.secret_dialog import SecretDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner


class FilePasswordDialog(SecretDialog):
    """``given(password)``: try it. The caller closes the window, or says that it is wrong."""

    def __init__(self, kit: Kit, parent: QWidget, name: str) -> None:
        super().__init__(kit, parent, "reading.password", "file_password", name, closes=False)
        self._banner = Banner(kit, "file_password_banner")
        self.body.addWidget(self._banner)

    def show_error(self, error: Exception) -> None:
        """Say that it was wrong; another can be typed."""
        self.go.setEnabled(bool(self.field.value()))
        self._banner.show_error(error)
        self.field.line.selectAll()
        self.field.setFocus()

    def _edited(self, text: str) -> None:
        self._banner.clear()
        super()._edited(text)

    def _give(self) -> None:
        self.go.setEnabled(False)  # until there is an answer
        self.given.emit(
            self.field.value().strip()
        )  # copied from a message, with what stood around it
