"""The first sign-in: a password that only the officer knows takes the place of the one an administrator gave."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.progress import Progress
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Button, Variant
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.new_password import NewPassword
from desktop.ui.sign_in.port import SignInPort


def _sign_in(port: SignInPort, number: str, given: str, own: str, _progress: Progress) -> object:
    return port.sign_in(number, given, own)


class OwnPasswordForm(QWidget):
    """``signed_in(result)`` with what the port returned; ``back_asked`` to give up: the initial password stays."""

    signed_in = Signal(object)
    back_asked = Signal()

    def __init__(self, kit: Kit, port: SignInPort) -> None:
        super().__init__()
        self._kit = kit
        self._port = port
        self._number = self._given = ""
        column = Column(kit, self)
        column.addWidget(Label(kit, "sign_in.own.explain", wrap=True))
        self.banner = Banner(kit, "own_password_banner")
        self.password = NewPassword(kit, port.password_faults, lambda: self._number, "own_")
        column.addWidget(self.banner)
        column.addWidget(self.password)
        back = Button(kit, "sign_in.back", variant=Variant.QUIET, keys="Escape", name="own_back")
        back.clicked.connect(self._go_back)
        self._submit = Button(
            kit, "sign_in.own.submit", variant=Variant.PRIMARY, keys="Return", name="own_submit"
        )
        self._submit.clicked.connect(self.submit)
        buttons = Row(kit)
        buttons.addWidget(back)
        buttons.addStretch(1)
        buttons.addWidget(self._submit)
        column.addLayout(buttons)

    def start(self, number: str, given: str) -> None:
        """``given``: the initial password, which was right."""
        self._number, self._given = number, given
        self.banner.clear()
        self.password.clear()
        self.password.first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the repetition, and from there into the desk; Esc goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.password.waits_for_repetition():
                self.password.second.setFocus()
            else:
                self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def submit(self) -> None:
        """Take the new password and open the desk."""
        if not self._submit.isEnabled():
            return
        field = self.password.fault()
        if field is not None:
            field.setFocus()
            return
        self._submit.setEnabled(False)
        work = partial(_sign_in, self._port, self._number, self._given, self.password.value())
        self._kit.runner.start("db", work, self._opened, self._refused)

    def _opened(self, result: object) -> None:
        self._forget()
        self.signed_in.emit(result)

    def _refused(self, error: Exception) -> None:
        self._submit.setEnabled(True)
        self.banner.show_error(error)
        self.password.first.setFocus()

    def _go_back(self) -> None:
        if self._submit.isEnabled():  # what is being done can not be taken back
            self._forget()
            self.back_asked.emit()

    def _forget(self) -> None:
        self._submit.setEnabled(True)
        self._given = ""
        self.password.clear()
