"""Where a case stands by law: the official numbers, and the steps that were taken."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.step import ProcedureStep
from desktop.domain.masking import masked_text
from desktop.services.case_sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, IconButton, Size
from desktop.ui.shared.widgets.layout.card import Card, Column, KeyValues, Row, let_go
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label

_NUMBERS = ("incident", "acceptance", "case")


class StepRow(QWidget):
    """One step: its name, and ``facts`` of it. ``withdraw_wanted(Step)``."""

    withdraw_wanted = Signal(object)

    def __init__(self, kit: Kit, step: ProcedureStep, facts: str, *, writes: bool) -> None:
        super().__init__()
        self._step = step
        self.setObjectName(f"case_step_{step.kind.value}")
        row = Row(kit, self)
        texts = Column(kit, gap="space_xxs")
        name = Label(kit, f"steps.kind.{step.kind.value}", ink="faint" if step.withdrawn else "")
        texts.addWidget(name)
        hint = ElidedLabel(kit, role="hint", ink="muted")
        hint.set_text(facts)
        texts.addWidget(hint)
        row.addLayout(texts, 1)
        if writes and not step.withdrawn:
            take_back = IconButton(
                kit, "steps.withdraw.button", "close", size=Size.COMPACT, name="case_step_withdraw"
            )
            take_back.clicked.connect(self._ask)
            row.addWidget(take_back)

    def _ask(self) -> None:
        self.withdraw_wanted.emit(self._step)


class ProcedureCard(Card):
    """``step_wanted``, ``official_wanted``: open their dialogs. ``withdraw_wanted(Step)``."""

    step_wanted = Signal()
    official_wanted = Signal()
    withdraw_wanted = Signal(object)

    def __init__(self, kit: Kit, *, writes: bool) -> None:
        super().__init__(kit, "steps.card.title")
        self._kit = kit
        self._writes = writes
        self.setObjectName("case_procedure")
        self._shown: object = None
        self._rows: list[QWidget] = []
        self._open = Label(kit, "steps.official.none", ink="amber", wrap=True)
        self._open.setObjectName("case_unregistered")
        self._values = KeyValues(kit, right=False)
        self._numbers = {
            name: self._values.add_row(f"steps.official.{name}", role="digits") for name in _NUMBERS
        }
        self._none = Label(kit, "steps.card.none", role="hint", ink="muted", wrap=True)
        self._list = Column(kit, gap="space_s")
        official = Button(
            kit, "steps.official.button", size=Size.COMPACT, keys="Ctrl+G", name="case_official"
        )
        record = Button(
            kit, "steps.card.record", size=Size.COMPACT, keys="Ctrl+R", name="case_record_step"
        )
        official.clicked.connect(self.official_wanted)
        record.clicked.connect(self.step_wanted)
        for part in (self._open, self._values, self._none):
            self.body.addWidget(part)
        self.body.addLayout(self._list)
        buttons = Row(kit)
        for button in (record, official):
            buttons.addWidget(button)
            set_shown(button, shown=writes)
        buttons.addStretch(1)
        self.body.addLayout(buttons)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show where a case stands."""
        official, steps = sheet.file.case.official, sheet.file.steps
        self._open.setVisible(not official.registered)
        self._values.setVisible(any((official.incident, official.acceptance, official.case)))
        for name, label in self._numbers.items():
            number = getattr(official, name)
            label.set_text(number or self._kit.texts.text("case.unknown"))
            label.set_ink("" if number else "faint")
        self._none.setVisible(not steps)
        wanted = (self._kit.texts.language, steps, tuple(sheet.officers.items()), revealed)
        if wanted != self._shown:
            self._shown = wanted
            self._show_steps(sheet, revealed=revealed)

    def _show_steps(self, sheet: CaseSheet, *, revealed: bool) -> None:
        let_go(self._list, *self._rows)
        self._rows = []
        for step in reversed(sheet.file.steps):
            note = step.note if revealed else masked_text(step.note)
            facts = _step_facts(self._kit, step, note, sheet.officer(step.officer))
            row = StepRow(self._kit, step, facts, writes=self._writes)
            row.withdraw_wanted.connect(self.withdraw_wanted)
            self._rows.append(row)
            self._list.addWidget(row)


def _step_facts(kit: Kit, step: ProcedureStep, note: str, officer: str) -> str:
    """``11-24 10:31 · 兰公（城）立字〔2026〕17号 · 王建国``."""
    parts = [show_local(step.at, kit.zone)[5:16], step.number, note, officer]
    if step.withdrawn:
        parts = [kit.texts.text("steps.withdraw.told", reason=step.withdrawn), *parts]
    return " · ".join(part for part in parts if part)
