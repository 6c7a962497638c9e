"""One question in a row: what is asked on the left, what was said on the right, or why nothing was."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.answers import Blank, blank_of, next_blank
from desktop.domain.scam_types import Question
from desktop.ui.intake.cycle_chip import CycleChip
from desktop.ui.intake.growing_edit import GrowingEdit
from desktop.ui.shared.card import Row
from desktop.ui.shared.field import Field
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.theme import Tone

_ASKED, _SAID = 9, 11
_TONES: Final = {
    "": Tone.NEUTRAL,
    "@" + Blank.UNKNOWN.value: Tone.WARN,
    "@" + Blank.REFUSED.value: Tone.WARN,
    "@" + Blank.SKIPPED.value: Tone.INFO,
}


class ReasonChip(CycleChip):
    """不知道, 不愿说, 不适用."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__(kit, name, "questions.reason", _TONES)


class AnswerField(Field):
    """The editor shows words only; a reason shows as a chip, and typing takes it away."""

    def __init__(self, kit: Kit, question: Question, path: str) -> None:
        self.question = question
        self.edit = GrowingEdit(kit)
        super().__init__(kit, path, "questions.answer", self.edit)
        self._kit = kit
        self._quiet = False
        self._blank = ""
        self.chip = ReasonChip(kit, f"{path}_reason")
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.edit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._arrange()
        self.edit.textChanged.connect(self._changed)
        self.edit.committed.connect(self._on_committed)
        self.chip.chosen.connect(self._chosen)
        self.edit.installEventFilter(self)
        kit.words.changed.connect(self._read_words)
        self._read_words()
        self._mark()

    def value(self) -> str:
        """The words, else the mark of the reason."""
        return self.edit.toPlainText().strip() or self._blank

    def set_value(self, value: str) -> None:
        """Show an answer that comes from the program."""
        self._quiet = True
        self._blank = value if blank_of(value) else ""
        self.edit.set_value("" if self._blank else value)
        self._quiet = False
        self._mark()

    def cycle_reason(self) -> None:
        """The next reason for having no answer; words that were typed stay."""
        if not self.edit.toPlainText().strip():
            self._chosen(next_blank(self._blank))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The chip is offered where the keyboard is."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._mark(focused=event.type() is QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - every field has one
        layout.takeAt(layout.count() - 1)  # the stretch that keeps other fields together
        layout.removeWidget(self.label)
        layout.removeWidget(self.edit)
        row = Row(self._kit, gap="space_m")
        row.addWidget(self.label, _ASKED)
        said = Row(self._kit, gap="space_xs")
        said.addWidget(self.edit, 1)
        said.addWidget(self.chip)
        row.addLayout(said, _SAID)
        layout.insertLayout(0, row)

    def _changed(self) -> None:
        if self._quiet:
            return
        self._blank = ""
        self._mark()
        self.edited.emit(self.edit.toPlainText())

    def _chosen(self, value: str) -> None:
        if self.edit.toPlainText().strip():
            value = ""
        self._blank = value
        self._mark()
        self.edited.emit(self.value())

    def _mark(self, *, focused: bool | None = None) -> None:
        here = self.edit.hasFocus() if focused is None else focused
        said = bool(self.edit.toPlainText().strip())
        self.chip.set_value(self._blank)
        self.chip.setVisible(not said and (here or bool(self._blank)))
        self.label.set_ink("muted" if said or self._blank else "")

    def _read_words(self) -> None:
        text = self.question.text(self._kit.words.language)
        self.label.set_text(text)
        self.edit.setAccessibleName(text)


def answer_field_of(widget: QWidget | None) -> AnswerField | None:
    """The field around an editor."""
    parent = widget.parentWidget() if widget is not None else None
    return parent if isinstance(parent, AnswerField) else None
