"""One question in a row: what is asked on the left, what was said on the right, or why nothing was."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSizePolicy

from desktop.domain.cases.answers import Blank, blank_of, next_blank
from desktop.domain.cases.scam_types import ScriptQuestion
from desktop.ui.intake.cycle_chip import CycleChip
from desktop.ui.intake.growing_edit import GrowingEdit
from desktop.ui.intake.question_row import QuestionRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.card import Row

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


class AnswerField(QuestionRow):
    """The editor shows words only; a reason shows as a chip, and typing takes it away."""

    def __init__(self, kit: Kit, question: ScriptQuestion, path: str) -> None:
        self.edit = GrowingEdit(kit)
        super().__init__(kit, question, path, self.edit)
        self._quiet = False
        self._blank = ""
        self.chip = ReasonChip(kit, f"{path}_reason")
        self.edit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        said = Row(kit, gap="space_xs")
        said.addWidget(self.edit, 1)
        said.addWidget(self.chip)
        self.arrange(said)
        self.edit.textChanged.connect(self._changed)
        self.edit.committed.connect(self._on_committed)
        self.chip.chosen.connect(self._chosen)
        self.edit.installEventFilter(self)
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
