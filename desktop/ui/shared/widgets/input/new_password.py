"""A new password, typed twice, with the rules said while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.password_field import PasswordField
from desktop.ui.shared.widgets.layout.card import Row

Faults = Callable[[str, str], Sequence[AppError]]
"""What speaks against a password for the officer of a police number. Quick and pure: asked while one types."""


class NewPassword(QWidget):
    """``number`` gives the police number, which must not be in the password; ``prefix`` goes before what its
    fields are called, ``label`` is the key of the first one's."""

    edited = Signal()

    def __init__(
        self,
        kit: Kit,
        faults: Faults,
        number: Callable[[], str],
        prefix: str = "",
        label: str = "shared.password.new",
    ) -> None:
        super().__init__()
        self._kit = kit
        self._ask = faults
        self._number = number
        self.first = PasswordField(kit, f"{prefix}new_password", label, reserve_hint=True)
        self.second = PasswordField(
            kit, f"{prefix}repeat_password", "shared.password.repeat", reserve_hint=True
        )
        row = Row(kit, self, gap="field_gap")
        row.addWidget(self.first, 1)
        row.addWidget(self.second, 1)
        for field in (self.first, self.second):
            field.edited.connect(self.judge)
        self.first.set_hint_key(Tone.NEUTRAL, "shared.password.hint")
        kit.texts.changed.connect(self._say_again)

    def value(self) -> str:
        """The password as typed."""
        return self.first.value()

    def waits_for_repetition(self) -> bool:
        """Whether Enter, pressed now, means the next field."""
        return self.first.line.hasFocus() and not self.second.value()

    def clear(self) -> None:
        """Forget both."""
        self.first.set_value("")
        self.second.set_value("")
        self.judge()

    def fault(self) -> PasswordField | None:
        """The field that is not in order, ``None`` if both are. Shows what is wrong."""
        self.judge()
        if self._faults():
            return self.first
        if self.first.value() != self.second.value():
            self.second.set_hint_key(Tone.BAD, "shared.password.not_the_same")
            return self.second
        return None

    def _faults(self) -> tuple[str, ...]:
        found = self._ask(self.first.value(), self._number())
        texts = self._kit.texts
        return tuple(texts.text(f"errors.{one.code}.what", **one.params) for one in found)

    def _say_again(self) -> None:
        """What speaks against the password, in the language shown."""
        faults = self._faults() if self.first.value() else ()
        if faults:
            self.first.set_hint(Tone.WARN, faults[0])

    def judge(self, _text: str = "") -> None:
        """Say what there is to say of what is typed now."""
        if not self.first.value():
            self.first.set_hint_key(Tone.NEUTRAL, "shared.password.hint")
        elif faults := self._faults():
            self.first.set_hint(Tone.WARN, faults[0])
        else:
            self.first.set_hint_key(Tone.OK, "shared.password.good")
        if self.second.value() and self.second.value() == self.first.value():
            self.second.set_hint_key(Tone.OK, "shared.password.same")
        else:
            self.second.clear_hint()
        self.edited.emit()
