"""A question on the left, what was said on the right; what each kind of answer has in common."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.cases.scam_types import ScriptQuestion
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.layout.card import Row

_ASKED, _SAID = 9, 11


class QuestionRow(Field):
    """Subclasses arrange their editor with :meth:`arrange` and keep ``value`` and ``set_value``."""

    def __init__(self, kit: Kit, question: ScriptQuestion, path: str, editor: QWidget) -> None:
        super().__init__(kit, path, "questions.answer", editor)
        self.question = question
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
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
        row = Row(self._kit, gap="space_m")
        row.addWidget(self.label, _ASKED)
        row.addLayout(answer, _SAID)
        layout.insertLayout(0, row)

    def _read_question(self) -> None:
        text = self.question.text(self._kit.texts.language)
        self.label.set_text(text)
        self.editor.setAccessibleName(text)


def question_row_of(widget: QWidget | None) -> QuestionRow | None:
    """The row around an editor."""
    parent = widget.parentWidget() if widget is not None else None
    return parent if isinstance(parent, QuestionRow) else None
