"""The way in with the printed recovery code."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.progress import Progress
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Button, Variant
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.new_password import NewPassword
from desktop.ui.sign_in.checks import number_fault, plain
from desktop.ui.sign_in.port import SignInPort


def _recover(port: SignInPort, code: str, number: str, password: str, _progress: Progress) -> str:
    port.recover(code, number, password)
    return number


class RecoverForm(QWidget):
    """``recovered(number)`` when the officer has a new password; ``back_asked`` to give up."""

    recovered = Signal(str)
    back_asked = Signal()

    def __init__(self, kit: Kit, port: SignInPort) -> None:
        super().__init__()
        self._kit = kit
        self._port = port
        column = Column(kit, self)
        column.addWidget(
            Label(kit, "sign_in.recover.explain", role="small", ink="muted", wrap=True)
        )
        self.banner = Banner(kit, "recover_banner")
        self.code = TextField(
            kit,
            "recovery_code",
            "sign_in.field.code",
            placeholder_key="sign_in.hint.code",
            digits=True,
        )
        self.number = TextField(kit, "recover_number", "sign_in.field.number", digits=True)
        self.password = NewPassword(kit, port.password_faults, lambda: plain(self.number.value()))
        for part in (self.banner, self.code, self.number, self.password):
            column.addWidget(part)
        back = Button(
            kit, "sign_in.back", variant=Variant.QUIET, keys="Escape", name="recover_back"
        )
        back.clicked.connect(self.back_asked)
        self._submit = Button(
            kit, "sign_in.recover.submit", variant=Variant.PRIMARY, name="recover_submit"
        )
        self._submit.clicked.connect(self.submit)
        buttons = Row(kit)
        buttons.addWidget(back)
        buttons.addStretch(1)
        buttons.addWidget(self._submit)
        column.addLayout(buttons)

    def start(self, number: str) -> None:
        """Begin with the number that was typed at sign-in."""
        self.banner.clear()
        self.code.set_value("")
        self.password.clear()
        self.number.set_value(number)
        self.code.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter submits, Esc goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def submit(self) -> None:
        """Replace the password, if everything is filled in."""
        if not self._submit.isEnabled() or not self._complete():
            return
        self._submit.setEnabled(False)
        work = partial(
            _recover,
            self._port,
            self.code.value(),
            plain(self.number.value()),
            self.password.value(),
        )
        self._kit.runner.start("db", work, self._done, self._refused)

    def _complete(self) -> bool:
        if not self.code.value():
            self.code.setFocus()
            return False
        if fault := number_fault(self.number.value()):
            self.number.set_hint_key(Tone.BAD, fault)
            self.number.setFocus()
            return False
        self.number.clear_hint()
        field = self.password.fault()
        if field is not None:
            field.setFocus()
        return field is None

    def _done(self, number: str) -> None:
        self._submit.setEnabled(True)
        self.password.clear()
        self.code.set_value("")
        self.recovered.emit(number)

    def _refused(self, error: Exception) -> None:
        self._submit.setEnabled(True)
        self.banner.show_error(error)
        self.code.setFocus()
