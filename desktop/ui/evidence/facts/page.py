"""What is known of a file before its content: names on the left, values on the right, wrapped."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView

from desktop.domain.evidence.contents import ContentsTable, Fact
from desktop.ui.evidence.facts.texts import fact_value
from desktop.ui.evidence.viewer_pages import TablePage
from desktop.ui.shared.kit.kit import Kit


class FactsPage(TablePage):
    """Facts as a table of two columns, to read and to copy from."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "evidence_facts")
        self._kit = kit
        self._facts: tuple[Fact, ...] = ()
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setMaximumSectionSize(-1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        kit.texts.bind(self.setAccessibleName, "viewer.facts")
        kit.texts.changed.connect(self._show)

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show other facts."""
        self._facts = facts
        self._show()

    def _show(self) -> None:
        words = self._kit.texts
        rows = tuple(
            (words.text(f"viewer.fact.{fact.name}"), fact_value(words, fact))
            for fact in self._facts
        )
        self.show_table(ContentsTable("", rows, 2))
        header = self.horizontalHeader()
        if rows:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
