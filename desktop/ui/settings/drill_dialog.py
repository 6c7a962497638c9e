"""Asks what a safety copy is to be opened with. It is used once and kept nowhere."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.password_field import PasswordField


class DrillDialog(DialogFrame):
    """``given(secret)`` as it closes: the password of then, or the printed code."""

    given = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget, name: str) -> None:
        super().__init__(kit, parent, "settings.drill.ask_title")
        self.setObjectName("drill_dialog")
        text = Label(kit, wrap=True)
        text.set_key("settings.drill.ask_text", name=name)
        self.body.addWidget(text)
        self._field = PasswordField(kit, "drill_secret", "settings.drill.ask_label")
        self.body.addWidget(self._field)
        self.add_button("shared.cancel", name="drill_cancel")
        self._go = self.add_button("settings.drill.go", variant=Variant.PRIMARY, name="drill_go")
        self._go.setEnabled(False)
        self._go.clicked.connect(self._give)
        self.set_default(self._go)
        self._field.edited.connect(self._edited)
        self._field.setFocus()

    def _edited(self, text: str) -> None:
        self._go.setEnabled(bool(text))

    def _give(self) -> None:
        self.given.emit(self._field.value())
