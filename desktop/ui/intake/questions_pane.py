"""What is asked after the type is known: the core in its order, then the type's own; and how far one got."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.cases.answers import QuestioningProgress
from desktop.domain.cases.case import Visit
from desktop.domain.cases.scam_types import Section
from desktop.domain.scripts import Scripts
from desktop.ui.intake.form_fields import FormFields
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.question_list import QuestionList
from desktop.ui.intake.question_row import QuestionRow, question_row_of
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Button, Size
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.label import Label

_KEYS = "questions.keys"


class QuestionsPane(QWidget):
    """``wanted(row)``: a row that should be scrolled to."""

    wanted = Signal(QWidget)

    def __init__(self, kit: Kit, model: FormModel, fields: FormFields, scripts: Scripts) -> None:
        super().__init__()
        self._model = model
        self._scripts = scripts
        self.common = QuestionList(kit, fields, "questions.common", "questions_common")
        self.own = QuestionList(kit, fields, "questions.own", "questions_own")
        self.advice = QuestionList(kit, fields, "visits.advice", "questions_advice")
        column = Column(kit, self, gap="space_m")
        column.addLayout(self._head(kit))
        column.addWidget(self.common)
        column.addWidget(self.own)
        column.addWidget(self.advice)
        model.changed.connect(self._changed)
        model.replaced.connect(self.read)

    def rows(self) -> tuple[QuestionRow, ...]:
        """Every question in the order in which it is put."""
        return (*self.common.rows, *self.own.rows)

    def read(self) -> None:
        """Put the questions of the type on the form; at a visit that is no report, those of the visit."""
        code, visit = self._model.value("type"), self._model.value("visit")
        script = self._scripts.visit(visit)
        if visit == Visit.REPORT:
            self.common.show_questions(self._scripts.common(Section.ASK))
            self.own.show_questions(self._scripts.own(code, Section.ASK))
        else:
            self.common.show_questions(script.lines(Section.ASK))
            self.own.show_questions(())
        self.common.title.setVisible(visit == Visit.REPORT)
        self.advice.show_questions(script.lines(Section.ADVICE))
        self._chain()
        self._count()

    def _chain(self) -> None:
        """Tab goes down the rows, whenever each was made."""
        before: QWidget = self.button
        for row in (*self.rows(), *self.advice.rows):
            QWidget.setTabOrder(before, row.editor)
            before = row.editor

    def next_open(self) -> None:
        """Go to the next question that has neither answer nor reason, after the one with the keyboard."""
        rows = self.rows()
        here = question_row_of(QApplication.focusWidget())
        start = rows.index(here) + 1 if here in rows else 0
        for row in (*rows[start:], *rows[:start]):
            if not row.value():
                row.editor.setFocus(Qt.FocusReason.TabFocusReason)
                self.wanted.emit(row)
                return

    def cycle_reason(self) -> None:
        """Say why the question with the keyboard has no answer."""
        here = question_row_of(QApplication.focusWidget())
        if here is not None:
            here.cycle_reason()

    def _head(self, kit: Kit) -> Row:
        add = kit.actions.add
        self._next = add(self, "questions.next", "Ctrl+J", self.next_open, group_key=_KEYS)
        add(self, "questions.reason.cycle", "F7", self.cycle_reason, group_key=_KEYS)
        row = Row(kit, gap="space_s")
        row.addWidget(Label(kit, "questions.title", role="strong"))
        self._progress = Label(kit, role="small", ink="muted")
        self._progress.setObjectName("questions_progress")
        row.addWidget(self._progress)
        row.addStretch(1)
        row.addWidget(Label(kit, "questions.hint", role="small", ink="muted"))
        self.button = Button.of(kit, self._next, size=Size.COMPACT, name="questions_next")
        row.addWidget(self.button)
        return row

    def _changed(self, path: str) -> None:
        if path in ("type", "visit"):
            self.read()
        elif path.startswith("answers."):
            self._count()

    def _count(self) -> None:
        asked = QuestioningProgress(
            (row.question.id for row in self.rows()), dict(self._model.form.answers)
        )
        key = "questions.progress_open" if asked.blank else "questions.progress"
        self._progress.set_key(key, done=asked.done, total=asked.total, open=asked.blank)
        self._progress.set_ink("green" if asked.total and asked.done == asked.total else "muted")
