"""The centre's screens as tests use them."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QTableView

from desktop.domain.case_file.views import OrderView
from desktop.ui.centre.batches.batches_screen import BatchesScreen
from desktop.ui.centre.dispatch_screen import DispatchScreen
from desktop.ui.centre.duty_screen import DutyScreen
from desktop.ui.centre.inbox_screen import InboxScreen
from desktop.ui.centre.institution_screen import InstitutionScreen
from tests.ui.pages.file_page import FilePage
from tests.ui.pages.window_page import WindowPage


class CentrePage(FilePage):
    """What both screens have."""

    def column(self, table: str, column: int) -> list[str]:
        """The texts of a column, top first."""
        model = self.find(table, QTableView).model()
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]

    def active_dialog(self, name: str) -> WindowPage:
        """The open dialog, once it has the keyboard: fields commit when the focus leaves them."""
        found = self.dialog(name)
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is found.widget)
        return found


class InboxPage(CentrePage):
    """Bundles in, devices enrolled, slips read."""

    widget: InboxScreen


class DispatchPage(CentrePage):
    """Orders answered and replies written."""

    widget: DispatchScreen

    def follow(self, view: OrderView) -> None:
        """As once an answer that names the next accounts was written down."""
        self.widget._replies.follow.emit(view)


class InstitutionPage(CentrePage):
    """The orders to one institution, answered by its clerk."""

    widget: InstitutionScreen


class DutyPage(CentrePage):
    """What wants somebody, and whose it is."""

    widget: DutyScreen


class PacksPage(CentrePage):
    """Orders out in packs, answers back."""

    widget: BatchesScreen
