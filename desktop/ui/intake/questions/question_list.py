"""Questions under one heading, a row each."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.cases.answers import TICKED, Blank, blank_of, choice_mark, next_blank
from desktop.domain.cases.scam_types import ScriptQuestion, Section
from desktop.ui.intake.form.cycle_chip import CycleChip
from desktop.ui.intake.form.form_fields import FormFields
from desktop.ui.intake.form.growing_edit import GrowingEdit
from desktop.ui.intake.questions.question_row import QuestionRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.check_box import CheckBox
from desktop.ui.shared.widgets.input.line_edit import Combo, Option
from desktop.ui.shared.widgets.layout.card import Column, Row, let_go
from desktop.ui.shared.widgets.texts.label import Label


class ChoiceField(QuestionRow):
    """The answers a question offers, then the reasons for having none. What must be done at once stands below."""

    def __init__(self, kit: Kit, question: ScriptQuestion, path: str) -> None:
        self.combo = Combo(kit)
        super().__init__(kit, question, path, self.combo)
        self.combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        answer = Row(kit)
        answer.addWidget(self.combo, 1)
        self.arrange(answer)
        self._read_choices()
        self.combo.currentIndexChanged.connect(self._chosen)
        kit.texts.changed.connect(self._read_choices)

    def value(self) -> str:
        """The mark of what was chosen."""
        return self.combo.value()

    def set_value(self, value: str) -> None:
        """Show an answer that comes from the program."""
        self.combo.set_value(value)
        self._show_call()

    def _read_choices(self) -> None:
        chosen, language = self.combo.value(), self._kit.texts.language
        offered = tuple(
            Option(choice_mark(choice.id), text=choice.text(language))
            for choice in self.question.choices
        )
        reasons = tuple(Option(f"@{reason}", key=f"questions.reason.{reason}") for reason in Blank)
        self.combo.set_options((Option("", key="intake.unset"), *offered, *reasons))
        self.combo.set_value(chosen)
        self._show_call()

    def _chosen(self) -> None:
        self._show_call()
        self.edited.emit(self.value())

    def _show_call(self) -> None:
        self.label.set_ink("muted" if self.value() else "")
        choice = self.question.choice(self.value())
        call = choice.call(self._kit.texts.language) if choice else ""
        if call:
            self.set_hint(Tone.BAD, call)
        else:
            self.clear_hint()


class TickField(QuestionRow):
    """Space ticks."""

    def __init__(self, kit: Kit, question: ScriptQuestion, path: str) -> None:
        self.box = CheckBox(kit, "visits.told")
        super().__init__(kit, question, path, self.box)
        answer = Row(kit)
        answer.addWidget(self.box)
        answer.addStretch(1)
        self.arrange(answer)
        self.box.toggled.connect(self._toggled)
        self.label.set_ink("")

    def value(self) -> str:
        """The mark of a tick, or nothing."""
        return TICKED if self.box.isChecked() else ""

    def set_value(self, value: str) -> None:
        """Show what comes from the program."""
        self.box.blockSignals(True)
        self.box.setChecked(value == TICKED)
        self.box.blockSignals(False)
        self.label.set_ink("muted" if self.box.isChecked() else "")

    def _toggled(self) -> None:
        self.label.set_ink("muted" if self.box.isChecked() else "")
        self.edited.emit(self.value())


class ProofField(QuestionRow):
    """Something that may hold, and who or what proves it. A proof that is written says that it holds."""

    def __init__(self, kit: Kit, question: ScriptQuestion, path: str) -> None:
        self.edit = GrowingEdit(kit)
        self.box = CheckBox(kit, "branches.proved")
        super().__init__(kit, question, path, self.edit)
        self.edit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        answer = Row(kit, gap="space_s")
        answer.addWidget(self.box)
        answer.addWidget(self.edit, 1)
        self.arrange(answer)
        self.edit.textChanged.connect(self._written)
        self.edit.committed.connect(self._on_committed)
        self.box.toggled.connect(self._toggled)

    def value(self) -> str:
        """The proof, or the mark of a tick without one."""
        return self.edit.toPlainText().strip() or (TICKED if self.box.isChecked() else "")

    def set_value(self, value: str) -> None:
        """Show what comes from the program."""
        for part in (self.edit, self.box):
            part.blockSignals(True)
        self.edit.set_value("" if value == TICKED else value)
        self.box.setChecked(bool(value))
        for part in (self.edit, self.box):
            part.blockSignals(False)

    def _written(self) -> None:
        if self.edit.toPlainText().strip():
            self.box.blockSignals(True)
            self.box.setChecked(True)
            self.box.blockSignals(False)
        self.edited.emit(self.value())

    def _toggled(self) -> None:
        if not self.box.isChecked() and self.edit.toPlainText().strip():
            self.box.setChecked(True)  # what is written is taken back by taking the words away
            return
        self.edited.emit(self.value())


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
        answer = Row(kit, gap="space_xs")
        answer.addWidget(self.edit, 1)
        answer.addWidget(self.chip)
        self.arrange(answer)
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
        answered = bool(self.edit.toPlainText().strip())
        self.chip.set_value(self._blank)
        self.chip.setVisible(not answered and (here or bool(self._blank)))
        self.label.set_ink("muted" if answered or self._blank else "")


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
