"""Police number and password."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Button, Variant
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.password_field import PasswordField
from desktop.ui.sign_in.calls import SignInCalls
from desktop.ui.sign_in.checks import number_fault, plain

_PATIENCE_MS = 5000
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SignInForm(QWidget):
    """``signed_in(result)`` with what signing in returned; ``recovery_asked`` for the other way in;
    ``own_asked(number, given)`` where the password was right but is an administrator's."""

    signed_in = Signal(object)
    recovery_asked = Signal()
    own_asked = Signal(str, str)

    def __init__(self, kit: Kit, calls: SignInCalls) -> None:
        super().__init__()
        self._kit = kit
        self._calls = calls
        self._typed = "", ""
        self.patience = QTimer(self)
        """Runs out where opening takes so long that one might take it for dead: a newer program makes much anew."""
        self.patience.setSingleShot(True)
        self.patience.setInterval(_PATIENCE_MS)
        self.patience.timeout.connect(self._say_wait)
        column = Column(kit, self)
        self.banner = Banner(kit, "sign_in_banner")
        self.number = TextField(kit, "officer_number", "sign_in.field.number", digits=True)
        self.password = PasswordField(kit, "password", "sign_in.field.password", reserve_hint=True)
        self._submit = Button(
            kit, "sign_in.open", variant=Variant.PRIMARY, keys="Return", name="sign_in_submit"
        )
        self._submit.clicked.connect(self.submit)
        recover = Button(kit, "sign_in.use_code", variant=Variant.QUIET, name="use_recovery_code")
        recover.clicked.connect(self.recovery_asked)
        buttons = Row(kit)
        buttons.addWidget(recover)
        buttons.addStretch(1)
        buttons.addWidget(self._submit)
        for part in (self.banner, self.number, self.password):
            column.addWidget(part)
        column.addLayout(buttons)

    def start(self, number: str = "") -> None:
        """Wait for an officer; a known number leaves only the password to type."""
        if number:
            self.number.set_value(number)
        self.password.set_value("")
        (self.password if self.number.value() else self.number).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on: from the number to the password, from there into the desk."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif self.number.line.hasFocus() and not self.password.value():
            self.password.setFocus()
        else:
            self.submit()

    def submit(self) -> None:
        """Try to open the desk."""
        if not self._submit.isEnabled():
            return
        if number_fault(self.number.value()):
            self.number.set_hint_key(Tone.BAD, "sign_in.check.number")
            self.number.setFocus()
            return
        self.number.clear_hint()
        if not self.password.value():
            self.password.setFocus()
            return
        self._wait(waiting=True)
        self._typed = plain(self.number.value()), self.password.value()
        # At once: who noticed a slip types it anew before the refusal comes, and that stays.
        self.password.set_value("")
        work = work_of(self._calls.sign_in, *self._typed, "")
        self._kit.runner.start("db", work, self._opened, self._refused)

    def _opened(self, result: object) -> None:
        self._wait(waiting=False)
        self._typed = "", ""
        self.password.set_value("")
        self.banner.clear()
        self.signed_in.emit(result)

    def _refused(self, error: Exception) -> None:
        self._wait(waiting=False)
        code = error.code if isinstance(error, AppError) else ""
        typed, self._typed = self._typed, ("", "")
        if code == "password.initial":
            self.banner.clear()
            self.own_asked.emit(*typed)
            return
        self.banner.show_error(error)
        (self.number if code == "officer.unknown" else self.password).setFocus()

    def _say_wait(self) -> None:
        self.banner.show_key(Tone.INFO, "sign_in.takes_long")

    def _wait(self, *, waiting: bool) -> None:
        if waiting:
            self.patience.start()
        else:
            self.patience.stop()
        self._submit.setEnabled(not waiting)
        self._submit.set_key("sign_in.opening" if waiting else "sign_in.open")
