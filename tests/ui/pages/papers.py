"""The papers of a case as a person works them."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit

from desktop.ui.case.papers.tab import PapersTab
from desktop.ui.shared.widgets.input.line_edit import Combo
from tests.ui.pages.case import CasePage


class PapersPage(CasePage):
    """The tab in front of its case page."""

    @property
    def tab(self) -> PapersTab:
        """The tab itself."""
        return self.widget.parts.papers

    def states(self) -> list[tuple[str, str]]:
        """(title, state) of each row."""
        model = self.tab.table.rows
        columns = [column.text for column in model.columns]
        return [(columns[0](row), columns[2](row)) for row in model.rows]

    def choose(self, row: int) -> None:
        """Go to a row with the keyboard."""
        self.tab.table.setFocus()
        self.tab.table.select_key(self.tab.table.rows.rows[row].key)

    def editor(self, place: str) -> QPlainTextEdit:
        """Where a place is written."""
        return self.find(f"paper_text_{place}", QPlainTextEdit)

    def blank(self, place: str, reason: str) -> None:
        """Choose why a place stays blank."""
        combo = self.find(f"paper_blank_{place}", Combo)
        values = [option.value for option in combo._options]
        combo.setCurrentIndex(values.index(reason))
