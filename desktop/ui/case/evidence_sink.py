"""What was read of the evidence of a registered case becomes a supplement; what stands is not touched."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.cases.intake import TransferText
from desktop.domain.cases.supplement import SupplementText
from desktop.domain.ids import CaseId
from desktop.domain.statements.proposal import Extraction
from desktop.services.cases.amend_case import form_of_file
from desktop.services.extraction.evidence_supplement import Picked, evidence_supplement
from desktop.services.extraction.pasted_supplement import offers_beside
from desktop.services.extraction.place_proposals import Offer
from desktop.ui.case.port import CasePort
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of


class EvidenceSink(ExtractionSink):
    """``sheet``: the case that is shown."""

    def __init__(self, kit: Kit, port: CasePort, owner: QObject) -> None:
        super().__init__(owner)
        self._kit = kit
        self._port = port
        self._taking = 0
        self.sheet: CaseSheet | None = None

    def known(self) -> tuple[TransferText, ...]:
        """The transfers of the case."""
        return form_of_file(self.sheet.file).transfers if self.sheet is not None else ()

    def holder(self) -> str:
        """The victim."""
        return self.sheet.file.case.victim.name if self.sheet is not None else ""

    def offers(self, reading: Extraction) -> tuple[Offer, ...]:
        """New parts only."""
        return offers_beside(self.sheet.file, reading) if self.sheet is not None else ()

    def take(self, picked: Picked) -> None:
        """Record it. What is sent off while the former is being recorded is let go: it was placed beside the case as
        it stood before, and may be the same."""
        if self.sheet is None or self._taking:
            return
        self._taking = picked.count
        typed = evidence_supplement(picked, self._kit.ticks.now())
        work = work_of(_record, self._port, self.sheet.file.case.id, typed)
        self._kit.runner.start("db", work, self._done, self._refused)

    def _done(self, sheet: CaseSheet) -> None:
        count, self._taking = self._taking, 0
        if self.sheet is not None and self.sheet.file.case.id == sheet.file.case.id:
            self.sheet = sheet
        self.taken.emit(count)

    def _refused(self, error: Exception) -> None:
        self._taking = 0
        self.failed.emit(error)


def _record(port: CasePort, case: CaseId, typed: SupplementText) -> CaseSheet:
    """Record, and the case as it stands then: what is picked next is placed beside that."""
    port.supplement(case, typed)
    return port.load(case)
