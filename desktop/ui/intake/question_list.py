"""Questions under one heading, a row each."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.cases.scam_types import ScriptQuestion, Section
from desktop.ui.intake.answer_field import AnswerField
from desktop.ui.intake.chosen_field import ChoiceField, ProofField, TickField
from desktop.ui.intake.form_fields import FormFields
from desktop.ui.intake.question_row import QuestionRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.card import Column, let_go
from desktop.ui.shared.widgets.label import Label


class QuestionList(QWidget):
    """The rows are made anew when other questions are to be put; what was said is in the form."""

    def __init__(self, kit: Kit, fields: FormFields, title_key: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._kit = kit
        self._fields = fields
        self._questions: tuple[ScriptQuestion, ...] = ()
        self.rows: tuple[QuestionRow, ...] = ()
        self._column = Column(kit, self, gap="space_xs")
        self.title = Label(kit, title_key, role="small_strong", ink="muted")
        self._column.addWidget(self.title)
        self.hide()

    def show_questions(self, questions: tuple[ScriptQuestion, ...]) -> None:
        """Put these; nothing is shown of an empty list."""
        if questions == self._questions:
            return
        self._questions = questions
        self._clear()
        made: list[QuestionRow] = []
        for question in questions:
            proof = question.section is Section.CIRCUMSTANCE
            path = f"{'circumstances' if proof else 'answers'}.{question.id}"
            row = _row(self._kit, question, path)
            self._fields.add(row, path)
            self._column.addWidget(row)
            made.append(row)
        self.rows = tuple(made)
        self.setVisible(bool(questions))

    def _clear(self) -> None:
        self._fields.drop_below(self)
        let_go(self._column, *self.rows)
        self.rows = ()


def _row(kit: Kit, question: ScriptQuestion, path: str) -> QuestionRow:
    if question.section is Section.CIRCUMSTANCE:
        return ProofField(kit, question, path)
    if question.section is Section.ADVICE:
        return TickField(kit, question, path)
    return (ChoiceField if question.choices else AnswerField)(kit, question, path)
