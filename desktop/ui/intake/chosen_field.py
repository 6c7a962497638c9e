"""Answers that are not written: one of several, and what was told or given, to be ticked."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from desktop.domain.cases.answers import TICKED, Blank, choice_mark
from desktop.domain.cases.scam_types import ScriptQuestion
from desktop.ui.intake.growing_edit import GrowingEdit
from desktop.ui.intake.question_row import QuestionRow
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.check_box import CheckBox
from desktop.ui.shared.widgets.line_edit import Combo, Option


class ChoiceField(QuestionRow):
    """The answers a question offers, then the reasons for having none. What must be done at once stands below."""

    def __init__(self, kit: Kit, question: ScriptQuestion, path: str) -> None:
        self.combo = Combo(kit)
        super().__init__(kit, question, path, self.combo)
        self.combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        said = Row(kit)
        said.addWidget(self.combo, 1)
        self.arrange(said)
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
        said = Row(kit)
        said.addWidget(self.box)
        said.addStretch(1)
        self.arrange(said)
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
        said = Row(kit, gap="space_s")
        said.addWidget(self.box)
        said.addWidget(self.edit, 1)
        self.arrange(said)
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
