"""Asks for the initial password that an officer is to have, who forgot the own one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.new_password import Faults, NewPassword


class GivenPasswordDialog(DialogFrame):
    """``given(password)`` once it is in order."""

    given = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget, faults: Faults, number: str, name: str) -> None:
        super().__init__(kit, parent, "settings.officers.renewing.title")
        self.setObjectName("given_password_dialog")
        text = Label(kit, wrap=True)
        text.set_key("settings.officers.renewing.text", number=number, name=name)
        self.body.addWidget(text)
        self.password = NewPassword(
            kit, faults, lambda: number, "given_", "settings.officers.password"
        )
        self.body.addWidget(self.password)
        self.add_button("shared.cancel", name="given_cancel")
        go = self.add_button(
            "settings.officers.renewing.accept",
            variant=Variant.PRIMARY,
            name="given_go",
            closes=False,
        )
        go.clicked.connect(self._give)
        self.set_default(go)
        self.password.first.setFocus()

    def _give(self) -> None:
        if self.password.waits_for_repetition():
            self.password.second.setFocus()
            return
        missing = self.password.fault()
        if missing is not None:
            missing.setFocus()
            return
        self.given.emit(self.password.value())
        self.accept()
