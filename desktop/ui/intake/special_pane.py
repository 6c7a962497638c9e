"""What may make a case special: how money went besides transfers, other ways of the law, what aggravates it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.case import Visit
from desktop.domain.cases.scam_types import Section
from desktop.domain.scripts import Scripts
from desktop.ui.intake.flag_bar import FlagBar
from desktop.ui.intake.form_fields import FormFields
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.question_list import QuestionList
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.card import Column

_KEYS = "branches.keys"


class SpecialPane(QWidget):
    """``wanted(part)`` should be scrolled to. The calls of the law stand in ``calls``, which belongs at the top of
    the page: who may take their life must not be below a list."""

    wanted = Signal(QWidget)

    def __init__(self, kit: Kit, model: FormModel, fields: FormFields, scripts: Scripts) -> None:
        super().__init__()
        law = scripts.lawful(Section.BRANCH)
        self.delivery = FlagBar(
            kit, model, fields, "branches.delivery", scripts.common(Section.DELIVERY)
        )
        self.law = FlagBar(kit, model, fields, "branches.law", law)
        self.calls = self.law.panels
        self.circumstances = QuestionList(
            kit, fields, "branches.circumstances", "questions_circumstances"
        )
        self._aggravating = scripts.lawful(Section.CIRCUMSTANCE)
        column = Column(kit, self, gap="space_m")
        column.addWidget(self.delivery)
        column.addWidget(self.delivery.panels)
        column.addWidget(self.law)
        column.addWidget(self.circumstances)
        for name, keys, handler in (
            ("branches.to_delivery", "Alt+D", self._to_delivery),
            ("branches.to_law", "Alt+B", self._to_law),
            ("branches.to_circumstances", "Alt+C", self._to_circumstances),
        ):
            kit.actions.add(self, name, keys, handler, group_key=_KEYS)

    def show_visit(self, visit: str) -> None:
        """What aggravates a case is asked at a report."""
        shown = self._aggravating if visit == Visit.REPORT else ()
        self.circumstances.show_questions(shown)

    def suggest(self, branches: frozenset[str]) -> None:
        """Call for what may hold."""
        self.law.suggest(branches)

    def _to_delivery(self) -> None:
        self._go(self.delivery.first_focus())
        self.wanted.emit(self.delivery.panels)

    def _to_law(self) -> None:
        self._go(self.law.first_focus())

    def _to_circumstances(self) -> None:
        if self.circumstances.rows:
            self._go(self.circumstances.rows[0].editor)

    def _go(self, target: QWidget) -> None:
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.wanted.emit(target)
