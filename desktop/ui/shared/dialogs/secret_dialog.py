"""Asks for a secret that opens a file. It is used once and kept nowhere; none is ever guessed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.password_field import PasswordField


class SecretDialog(DialogFrame):
    """``given(secret)``, exactly as typed. Below the key ``words`` stand ``title``, ``text`` with the file's ``name``,
    ``label`` and ``go``."""

    given = Signal(str)

    def __init__(
        self, kit: Kit, parent: QWidget, words: str, name: str, file: str, *, closes: bool = True
    ) -> None:
        """``name``: what its parts are called, after ``file_password`` as an example. ``closes``: once it has given."""
        super().__init__(kit, parent, f"{words}.title")
        self.setObjectName(f"{name}_dialog")
        text = Label(kit, wrap=True)
        text.set_key(f"{words}.text", name=file)
        self.body.addWidget(text)
        self.field = PasswordField(kit, name, f"{words}.label")
        self.body.addWidget(self.field)
        self.add_button("shared.cancel", name=f"{name}_cancel")
        self.go = self.add_button(
            f"{words}.go", variant=Variant.PRIMARY, name=f"{name}_go", closes=closes
        )
        self.go.setEnabled(False)
        self.go.clicked.connect(self._give)
        self.set_default(self.go)
        self.field.edited.connect(self._edited)
        self.field.setFocus()

    def _edited(self, text: str) -> None:
        self.go.setEnabled(bool(text.strip()))

    def _give(self) -> None:
        self.given.emit(self.field.value())
