"""A new password, typed twice, with the rules said while one types."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.password_field import PasswordField
from desktop.ui.sign_in.checks import plain
from desktop.ui.sign_in.port import SignInPort


class NewPassword(QWidget):
    """``number`` gives the police number, which must not be in the password."""

    edited = Signal()

    def __init__(self, kit: Kit, port: SignInPort, number: Callable[[], str]) -> None:
        super().__init__()
        self._kit = kit
        self._port = port
        self._number = number
        self.first = PasswordField(
            kit, "new_password", "sign_in.field.new_password", reserve_hint=True
        )
        self.second = PasswordField(
            kit, "repeat_password", "sign_in.field.repeat_password", reserve_hint=True
        )
        row = Row(kit, self, gap="field_gap")
        row.addWidget(self.first, 1)
        row.addWidget(self.second, 1)
        for field in (self.first, self.second):
            field.edited.connect(self._judge)
        self.first.set_hint_key(Tone.NEUTRAL, "sign_in.hint.password")
        kit.words.changed.connect(self._say_again)

    def value(self) -> str:
        """The password as typed."""
        return self.first.value()

    def clear(self) -> None:
        """Forget both."""
        self.first.set_value("")
        self.second.set_value("")
        self._judge()

    def fault(self) -> PasswordField | None:
        """The field that is not in order, ``None`` if both are. Shows what is wrong."""
        self._judge()
        if self._faults():
            return self.first
        if self.first.value() != self.second.value():
            self.second.set_hint_key(Tone.BAD, "sign_in.check.not_the_same")
            return self.second
        return None

    def _faults(self) -> tuple[str, ...]:
        found = self._port.password_faults(self.first.value(), plain(self._number()))
        words = self._kit.words
        return tuple(words.text(f"errors.{one.code}.what", **one.params) for one in found)

    def _say_again(self) -> None:
        """What speaks against the password, in the language shown."""
        faults = self._faults() if self.first.value() else ()
        if faults:
            self.first.set_hint(Tone.WARN, faults[0])

    def _judge(self, _text: str = "") -> None:
        if not self.first.value():
            self.first.set_hint_key(Tone.NEUTRAL, "sign_in.hint.password")
        elif faults := self._faults():
            self.first.set_hint(Tone.WARN, faults[0])
        else:
            self.first.set_hint_key(Tone.OK, "sign_in.hint.password_good")
        if self.second.value() and self.second.value() == self.first.value():
            self.second.set_hint_key(Tone.OK, "sign_in.hint.same")
        else:
            self.second.clear_hint()
        self.edited.emit()
