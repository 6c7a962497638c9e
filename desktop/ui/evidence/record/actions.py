"""What the pane records of an item; a dialog stays open until the desk has recorded it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.ui.evidence.case_records import CaseRecords
from desktop.ui.evidence.record.dialog import RecordDialog, Recorded
from desktop.ui.evidence.record_views import RecordStart
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.kit.kit import Kit


class RecordActions(DialogActions):
    """``ask(evidence)`` opens the dialog of its record."""

    def __init__(self, kit: Kit, records: CaseRecords, window: QWidget) -> None:
        super().__init__(kit, window)
        self._records = records

    def ask(self, evidence: EvidenceId) -> None:
        """Read what is likely, then open the dialog."""
        work = partial(_start, self._records, evidence)
        self._kit.runner.start("db", work, self._open, self._failed)

    def _open(self, start: RecordStart) -> None:
        dialog = RecordDialog(self._kit, self._window, self._records.guide, start)
        dialog.typed.connect(self._record)
        self._show(dialog, "evidence_record.done")

    def _record(self, told: Recorded) -> None:
        self._run(partial(_record, self._records, told), lane="files" if told.password else "db")


def _record(records: CaseRecords, told: Recorded, _progress: Progress) -> None:
    records.record(told.items, told.typed, told.drafts, told.password)


def _start(records: CaseRecords, evidence: EvidenceId, _progress: Progress) -> RecordStart:
    return records.start_record(evidence)
