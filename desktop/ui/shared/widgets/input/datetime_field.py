"""A point in time, typed by keyboard down to the second."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import parse_local, show_local, step_unit
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.line_edit import LineEdit

_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class _TimeEdit(LineEdit):
    """Up and Down move the unit at the cursor."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        moved = step_unit(self.text(), self.cursorPosition(), step) if step else None
        if moved is None:
            super().keyPressEvent(event)
            return
        cursor = self.cursorPosition()
        self.setText(moved)
        self.setCursorPosition(cursor)
        self.textEdited.emit(moved)
        event.accept()


class DateTimeField(Field):
    """Takes ``2026-11-24 10:12:35``, ``11-24 10:12``, ``10:12`` or bare digits; shows the full
    form.

    ``instant`` is aware UTC, ``None`` while the text is empty or no time. ``ahead``: what is typed is
    still to come.
    """

    def __init__(self, kit: Kit, name: str, label_key: str, *, ahead: bool = False) -> None:
        self._ahead = ahead
        self.line = _TimeEdit(kit)
        super().__init__(kit, name, label_key, self.line)
        kit.texts.bind(self.line.setPlaceholderText, "shared.field.time_example")
        self.line.textEdited.connect(self.edited)
        self.line.committed.connect(self._settle)

    def value(self) -> str:
        """The text as it stands."""
        return self.line.text().strip()

    def set_value(self, value: str) -> None:
        """Show a text."""
        self.line.set_value(value)

    def instant(self) -> datetime | None:
        """The instant meant, aware, in UTC."""
        now, zone = self._kit.ticks.now(), self._kit.zone
        return parse_local(self.line.text(), now, zone, ahead=self._ahead)

    def set_instant(self, instant: datetime | None) -> None:
        """Show an instant in local time."""
        self.line.set_value(show_local(instant, self._kit.zone) if instant else "")

    def _settle(self, text: str) -> None:
        instant = self.instant()
        if instant is not None:
            self.set_instant(instant)
            self.clear_hint()
        elif text.strip():
            self.set_hint_key(Tone.BAD, "shared.field.not_a_time")
        else:
            self.clear_hint()
        self._on_committed(self.value())
