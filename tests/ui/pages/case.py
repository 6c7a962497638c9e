"""The case page as a person works it."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from desktop.ui.case.case_screen import CaseScreen
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.shared.orders.handouts import OrderHandouts
from desktop.ui.shared.widgets.texts.label import ElidedLabel
from tests.ui.pages.window_page import WindowPage


class CasePage(WindowPage):
    """Parts and buttons by their names."""

    widget: CaseScreen

    @property
    def handouts(self) -> OrderHandouts:
        """What prints forms and slips."""
        return self.widget._works.handouts

    def go_to(self, tab: str) -> None:
        """Click the name of a part."""
        self.click(f"case_tab_{tab}")

    def part(self) -> Tab:
        """The part in front."""
        return self.widget.header.tabs.value()

    def tab_text(self, tab: str) -> str:
        """A part's name with its count."""
        return self.find(f"case_tab_{tab}", QAbstractButton).text()

    def words(self, widget: QWidget | None = None) -> str:
        """Every text in sight, joined."""
        QApplication.processEvents()  # what was just added becomes visible
        labels = [x for x in (widget or self.widget).findChildren(QLabel) if x.isVisible()]
        return "\n".join(
            label.whole_text() if isinstance(label, ElidedLabel) else label.text()
            for label in labels
        )

    def offers(self, name: str) -> bool:
        """Whether a button of that name is there to be pressed."""
        QApplication.processEvents()
        found = self.widget.findChild(QAbstractButton, name)
        return found is not None and found.isVisible() and found.isEnabled()
