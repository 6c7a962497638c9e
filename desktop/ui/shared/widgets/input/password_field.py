"""A field for a secret. It tells when Caps Lock is on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.line_edit import LineEdit


class SecretEdit(LineEdit):
    """Dots instead of letters. ``caps_seen(on)``: what a typed letter says about Caps Lock.

    Qt cannot ask the system for the state of the key, but a capital without Shift gives it away.
    """

    caps_lock_changed = Signal(bool)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at each letter."""
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock_changed.emit(False)
        elif len(text) == 1 and text.isascii() and text.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock_changed.emit(text.isupper() != shifted)
        super().keyPressEvent(event)


class PasswordField(Field):
    """A secret, exactly as typed."""

    def __init__(self, kit: Kit, name: str, label_key: str, *, reserve_hint: bool = False) -> None:
        self.line = SecretEdit(kit)
        super().__init__(kit, name, label_key, self.line, reserve_hint=reserve_hint)
        self._caps = False
        self.line.textEdited.connect(self.edited)
        self.line.committed.connect(self._on_committed)
        self.line.caps_lock_changed.connect(self._show_caps)

    def value(self) -> str:
        """The secret, blanks included."""
        return self.line.text()

    def set_value(self, value: str) -> None:
        """Show dots for ``value``."""
        self.line.set_value(value)

    def _show_caps(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        if on and not self._caps:
            self.set_hint_key(Tone.WARN, "shared.field.caps_on")
        elif not on and self._caps:
            self.clear_hint()
        self._caps = on
