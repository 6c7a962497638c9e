"""The completeness meter of the pane: read behind each change, shown when asked for, and the way to what is missing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.completeness import FactFinding
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.ui.evidence.case_records import CaseRecords
from desktop.ui.evidence.checklist.dialog import ChecklistDialog
from desktop.ui.evidence.record_views import Checklist
from desktop.ui.shared.dialogs.dialog_frame import is_open
from desktop.ui.shared.kit.kit import Kit


class ChecklistActions(QObject):
    """``read(Meter | None)``: None while the case is a draft. ``record_wanted``, ``seal_wanted``, ``check_wanted``:
    the person goes to mend an item; ``told(words)`` what is done elsewhere."""

    read = Signal(object)
    record_wanted = Signal(str)
    seal_wanted = Signal(str)
    check_wanted = Signal()
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, kit: Kit, records: CaseRecords, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self._records = records
        self._window = window
        self._chosen = ""
        self._known: Checklist | None = None
        self._dialog: ChecklistDialog | None = None

    def refresh(self) -> None:
        """Read the findings again."""
        self._kit.runner.start("db", partial(_read, self._records), self._took, self._failed)

    def ask(self, evidence: EvidenceId) -> None:
        """Show the findings, those of ``evidence`` at hand."""
        self._chosen = evidence
        self._kit.runner.start("db", partial(_read, self._records), self._open, self._failed)

    def _took(self, found: Checklist | None) -> None:
        self._known = found
        self.read.emit(found)

    def _open(self, found: Checklist | None) -> None:
        self._took(found)
        if found is None:
            self.told.emit("completeness.not_registered")
            return
        if is_open(self._dialog):
            return
        self._dialog = ChecklistDialog(
            self._kit, self._window, found.completeness, found.titles, self._chosen
        )
        self._dialog.mend_wanted.connect(self._mend)
        self._dialog.open()

    def _mend(self, finding: FactFinding) -> None:
        kind, _, name = finding.about.partition("/")
        if kind != "evidence":
            self.told.emit("completeness.elsewhere")
        elif finding.fact.id == "digest":
            self.check_wanted.emit()
        elif finding.fact.id == "seal":
            self.seal_wanted.emit(name)
        elif finding.fact.id == "signed":
            self.told.emit("completeness.at_papers")
        else:
            self.record_wanted.emit(name)

    def _failed(self, error: Exception) -> None:
        self.failed.emit(error)


def _read(records: CaseRecords, _progress: Progress) -> Checklist | None:
    return records.checklist()
