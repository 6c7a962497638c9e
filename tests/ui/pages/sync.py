"""The synchronisation screen as tests use it."""

from __future__ import annotations

from desktop.ui.shared.widgets.input.target_combo import TargetCombo
from desktop.ui.sync.history_table import HistoryTable
from desktop.ui.sync.sync_screen import SyncScreen
from tests.ui.pages.file_page import FilePage


class SyncPage(FilePage):
    """Export, import, enrol."""

    widget: SyncScreen

    @property
    def target(self) -> TargetCombo:
        return self.find("sync_target", TargetCombo)

    @property
    def history(self) -> HistoryTable:
        return self.find("sync_history", HistoryTable)

    def figures(self) -> tuple[str, str, str]:
        """Cases, records, size."""
        return self.text("sync_cases"), self.text("sync_entries"), self.text("sync_size")

    def cell(self, row: int, column: int) -> str:
        """A cell of the history."""
        model = self.history.model()
        return str(model.index(row, column).data())
