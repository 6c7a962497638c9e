"""A number in large groups: somebody reads it from its source, the officer steps along, then says who read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.read_aloud import groups_to_read
from desktop.domain.errors import AppError
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.error_texts import words_of
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Label

_MOST_IN_A_ROW: Final = 5
_ONWARD: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Right)
_BACK: Final = (Qt.Key.Key_Left, Qt.Key.Key_Backspace)

Confirm = Callable[[str], None]
"""Takes the reader's name; raises ``AppError`` for one that will not do."""


class _Groups(QWidget):
    """The groups; those that were read are green, the one that is being read is blue and framed by brackets."""

    def __init__(self, kit: Kit, groups: tuple[str, ...], onward: Callable[[int], None]) -> None:
        super().__init__()
        self._onward = onward
        self.setObjectName("read_aloud_groups")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kit.texts.bind(self.setAccessibleName, "read_aloud.title")
        self._labels: list[Label] = []
        rows = [groups[at : at + _MOST_IN_A_ROW] for at in range(0, len(groups), _MOST_IN_A_ROW)]
        column = Column(kit, self, gap="space_s")
        for texts in rows:
            row = Row(kit, gap="space_l")
            for text in texts:
                label = Label(kit, role="read_aloud")
                label.set_text(text)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
                self._labels.append(label)
                row.addWidget(label)
            row.addStretch(1)
            column.addLayout(row)

    def show_place(self, place: int) -> None:
        """``place`` groups were read."""
        for at, label in enumerate(self._labels):
            label.set_ink("green" if at < place else "blue" if at == place else "faint")
        current = self._labels[place].text() if place < len(self._labels) else ""
        self.setAccessibleDescription(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, space and the arrows step; the rest belongs to the dialog."""
        if event.key() in _ONWARD:
            self._onward(1)
        elif event.key() in _BACK:
            self._onward(-1)
        else:
            super().keyPressEvent(event)


class ReadAloudDialog(DialogFrame):
    """``confirm`` is called with the reader; the dialog closes when it took him. ``wrong_at(place)``: the group that
    was not the same, counted from 0."""

    wrong_at = Signal(int)

    def __init__(
        self, kit: Kit, parent: QWidget, number: str, *, reader: str, confirm: Confirm
    ) -> None:
        super().__init__(kit, parent, "read_aloud.title", wide=True)
        self.setObjectName("read_aloud_dialog")
        self._confirm_reader = confirm
        self._groups = groups_to_read(number)
        self._place = 0
        self.body.addWidget(Label(kit, "read_aloud.explain", ink="muted", wrap=True))
        self._shown = _Groups(kit, self._groups, self._step)
        self.body.addWidget(self._shown)
        self._progress = Label(kit, role="small", ink="muted")
        self.body.addWidget(self._progress)
        self._reader = TextField(kit, "read_aloud_reader", "read_aloud.reader", reserve_hint=True)
        self._reader.set_value(reader)
        self._reader.edited.connect(self._reader_edited)
        self.body.addWidget(self._reader)
        wrong = self.add_button("read_aloud.wrong", name="read_aloud_wrong", closes=False)
        wrong.clicked.connect(self._is_wrong)
        self._accept = self.add_button(
            "read_aloud.confirm", variant=Variant.PRIMARY, name="read_aloud_confirm", closes=False
        )
        self._accept.clicked.connect(self._try)
        self.set_default(self._accept)
        self._show_place()
        self._shown.setFocus()

    @property
    def place(self) -> int:
        """How many groups were read."""
        return self._place

    def _step(self, by: int) -> None:
        self._place = min(max(self._place + by, 0), len(self._groups))
        self._show_place()
        if self._place == len(self._groups):
            self._reader.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_place(self) -> None:
        done = self._place == len(self._groups)
        self._shown.show_place(self._place)
        self._accept.setEnabled(done)
        self._reader.setEnabled(done)
        if done:
            self._progress.set_key("read_aloud.all_read")
        else:
            self._progress.set_key(
                "read_aloud.progress", place=self._place + 1, count=len(self._groups)
            )

    def _reader_edited(self, _text: str) -> None:
        self._reader.clear_hint()

    def _try(self) -> None:
        try:
            self._confirm_reader(self._reader.value())
        except AppError as error:
            self._reader.set_hint(Tone.BAD, words_of(self.kit, error).what)
            self._reader.editor.setFocus()
            return
        self.accept()

    def _is_wrong(self) -> None:
        self.reject()
        self.wrong_at.emit(min(self._place, len(self._groups) - 1))
