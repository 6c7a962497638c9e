"""Asks for the password of an archive. It is used once and kept nowhere; none is ever guessed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.password_field import PasswordField


class FilePasswordDialog(DialogFrame):
    """``given(password)``: try it. The caller closes the window, or says that it is wrong."""

    given = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget, name: str) -> None:
        super().__init__(kit, parent, "reading.password.title")
        self.setObjectName("file_password_dialog")
        text = Label(kit, wrap=True)
        text.set_key("reading.password.text", name=name)
        self.body.addWidget(text)
        self.field = PasswordField(kit, "file_password", "reading.password.label")
        self.body.addWidget(self.field)
        self._banner = Banner(kit, "file_password_banner")
        self.body.addWidget(self._banner)
        self.add_button("shared.cancel", name="file_password_cancel")
        self._go = self.add_button(
            "reading.password.open", variant=Variant.PRIMARY, name="file_password_go", closes=False
        )
        self._go.clicked.connect(self._give)
        self._go.setEnabled(False)
        self.set_default(self._go)
        self.field.edited.connect(self._edited)
        self.field.setFocus()

    def show_error(self, error: Exception) -> None:
        """Say that it was wrong; another can be typed."""
        self._go.setEnabled(bool(self.field.value()))
        self._banner.show_error(error)
        self.field.line.selectAll()
        self.field.setFocus()

    def _edited(self, text: str) -> None:
        self._banner.clear()
        self._go.setEnabled(bool(text.strip()))

    def _give(self) -> None:
        self._go.setEnabled(False)  # until there is an answer
        self.given.emit(
            self.field.value().strip()
        )  # copied from a message, with what stood around it
