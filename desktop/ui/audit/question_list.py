"""The ready questions, one under the other; arrows move, Enter asks, as does a click."""

from __future__ import annotations

from desktop.services.audit.audit_questions import QUESTIONS, AuditQuestion
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.table import Table


class QuestionList(Table[AuditQuestion]):
    """The question of the current row is the one that is asked."""

    def __init__(self, kit: Kit) -> None:
        self._question_kit = kit
        column = TableColumn("question", "audit.questions", self._words, tip=self._words)
        self.questions = RowsModel[AuditQuestion](kit, (column,), _name)
        super().__init__(kit, self.questions, "audit_questions")
        self.set_widths({}, stretch="question")
        self.questions.set_rows(QUESTIONS)
        kit.texts.bind(self.setAccessibleName, "audit.questions")

    def _words(self, question: AuditQuestion) -> str:
        return self._question_kit.texts.text(f"audit.question.{question.name}")


def _name(question: AuditQuestion) -> str:
    return question.name
