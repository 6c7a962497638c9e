"""What was asked and what was said, in the order in which it was asked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayoutItem

from desktop.domain.cases.answers import words_of
from desktop.domain.masking import masked_text
from desktop.domain.scripts import Scripts
from desktop.ui.case.field_texts import FieldTexts
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.card import Card
from desktop.ui.shared.widgets.label import Label

_ASKED, _SAID = 5, 6


class SaidCard(Card):
    """Hidden while nothing was asked. What was left open shows its reason, faint."""

    def __init__(self, kit: Kit, scripts: Scripts, words: FieldTexts) -> None:
        super().__init__(kit, "case.said.title")
        self.setObjectName("case_said")
        self._kit = kit
        self._scripts = scripts
        self._words = words
        self._sheet: CaseSheet | None = None
        self._revealed = False
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(kit.theme.space("space_m"))
        self._grid.setVerticalSpacing(kit.theme.space("space_s"))
        self._grid.setColumnStretch(0, _ASKED)
        self._grid.setColumnStretch(1, _SAID)
        self.body.addLayout(self._grid)
        kit.texts.changed.connect(self._read)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show what was said in a case."""
        self._sheet, self._revealed = sheet, revealed
        self._read()

    def _read(self) -> None:
        self._clear()
        case = self._sheet.file.case if self._sheet else None
        said = self._scripts.said(case.type, case.answers, case.visit) if case else ()
        self.setVisible(bool(said))
        for place, (question, answer) in enumerate(said):
            asked = Label(self._kit, role="small", ink="muted", wrap=True)
            asked.set_text(question.text(self._kit.texts.language))
            told = Label(self._kit, wrap=True, ink="" if words_of(answer) else "faint")
            told.setObjectName(f"said_{question.id}")
            text = self._words.answer(question.told(answer, self._kit.texts.language))
            told.set_text(text if self._revealed else masked_text(text))
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            for column, label in enumerate((asked, told)):
                label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self._grid.addWidget(label, place, column)

    def _clear(self) -> None:
        while self._grid.count():
            item: QLayoutItem | None = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
