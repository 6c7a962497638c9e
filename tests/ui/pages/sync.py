"""The synchronisation screen as tests use it."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.exchange.volumes import WrittenVolume
from desktop.services.exchange.peers.trust import read_card
from desktop.ui.shared.widgets.input.target_combo import TargetCombo
from desktop.ui.sync.enrolling import CentreEnrolment
from desktop.ui.sync.exporting import Exporting
from desktop.ui.sync.history_table import HistoryTable
from desktop.ui.sync.sync_screen import SyncScreen
from tests.ui.pages.file_page import FilePage


def trust_compared(enrolling: CentreEnrolment, text: str) -> None:
    """As once the fingerprint of the centre's card was compared."""
    enrolling._text = text
    enrolling._card = read_card(enrolling._session, text)
    enrolling._trust()


class SyncPage(FilePage):
    """Export, import, enrol."""

    widget: SyncScreen

    @property
    def target(self) -> TargetCombo:
        return self.find("sync_target", TargetCombo)

    @property
    def history(self) -> HistoryTable:
        return self.find("sync_history", HistoryTable)

    @property
    def exporting(self) -> Exporting:
        """What writes the volumes."""
        return self.widget._exporting

    def volume_written(self, number: int, of: int, volume: WrittenVolume) -> None:
        """As the worker tells of each that it wrote and read back."""
        self.exporting._volume_written(number, of, volume)

    def check(self, *files: Path) -> None:
        """As after files were chosen to be looked at."""
        self.widget._importing.check(files)

    def figures(self) -> tuple[str, str, str]:
        """Cases, records, size."""
        return self.text("sync_cases"), self.text("sync_entries"), self.text("sync_size")

    def cell(self, row: int, column: int) -> str:
        """A cell of the history."""
        model = self.history.model()
        return str(model.index(row, column).data())
