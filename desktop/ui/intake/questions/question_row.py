"""A question on the left, what was said on the right; what each kind of answer has in common."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.cases.scam_types import ScriptQuestion
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Label

_ASKED, _SAID = 9, 11


class QuestionRow(Field):
    """Subclasses arrange their editor with :meth:`arrange` and keep ``value`` and ``set_value``. What the officer keeps
    in mind while asking stands small below the question."""

    def __init__(self, kit: Kit, question: ScriptQuestion, path: str, editor: QWidget) -> None:
        super().__init__(kit, path, "questions.answer", editor)
        self.question = question
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.reminder = Label(kit, role="hint", ink="muted", wrap=True)
        self.reminder.setParent(self)
        self.reminder.setHidden(not question.hints)
        kit.texts.changed.connect(self._read_question)
        self._read_question()

    def cycle_reason(self) -> None:
        """The next reason for having no answer; nothing where an answer is chosen or ticked."""

    def arrange(self, answer: QLayout) -> None:
        """Put the question and ``answer`` side by side, above the line of the hint."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - every field has one
        layout.takeAt(layout.count() - 1)  # the stretch that keeps other fields together
        layout.removeWidget(self.label)
        layout.removeWidget(self.editor)
        asked = Column(self._kit, gap="space_xxs")
        asked.addWidget(self.label)
        if self.question.hints:
            asked.addWidget(self.reminder)
            asked.addSpacing(self._kit.theme.space("space_xs"))
        asked.addStretch(1)
        row = Row(self._kit, gap="space_m")
        row.addLayout(asked, _ASKED)
        row.addLayout(answer, _SAID)
        layout.insertLayout(0, row)

    def _read_question(self) -> None:
        language = self._kit.texts.language
        text, reminder = self.question.text(language), self.question.hint(language)
        self.label.set_text(text)
        self.reminder.set_text(reminder)
        self.editor.setAccessibleName(text)
        self.editor.setAccessibleDescription(reminder)


def question_row_of(widget: QWidget | None) -> QuestionRow | None:
    """The row around an editor."""
    parent = widget.parentWidget() if widget is not None else None
    return parent if isinstance(parent, QuestionRow) else None
