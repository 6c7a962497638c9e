"""What was read of the evidence of a registered case becomes a supplement; what stands is not touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject

from desktop.domain.intake import IdentifierText, TransferText
from desktop.domain.proposal import Reading
from desktop.services.amend_case import form_of_file
from desktop.services.evidence_supplement import evidence_supplement
from desktop.services.pasted_supplement import offers_beside
from desktop.services.place_proposals import Offer
from desktop.ui.case.port import CasePort
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.reading_sink import ReadingSink
from desktop.ui.shared.task_runner import work_of


class EvidenceSink(ReadingSink):
    """``sheet``: the case that is shown."""

    def __init__(self, kit: Kit, port: CasePort, owner: QObject) -> None:
        super().__init__(owner)
        self._kit = kit
        self._port = port
        self._count = 0
        self.sheet: CaseSheet | None = None

    def known(self) -> tuple[TransferText, ...]:
        """The transfers of the case."""
        return form_of_file(self.sheet.file).transfers if self.sheet is not None else ()

    def holder(self) -> str:
        """The victim."""
        return self.sheet.file.case.victim.name if self.sheet is not None else ""

    def offers(self, reading: Reading) -> tuple[Offer, ...]:
        """New parts only."""
        return offers_beside(self.sheet.file, reading) if self.sheet is not None else ()

    def take(
        self,
        source: str,
        *,
        transfers: Sequence[TransferText] = (),
        leads: Sequence[IdentifierText] = (),
        offers: Sequence[Offer] = (),
        origins: Mapping[int, str] | None = None,
    ) -> None:
        """Record them."""
        if self.sheet is None:
            return
        self._count = len(transfers) + len(leads) + len(offers)
        typed = evidence_supplement(
            source,
            self._kit.ticks.now(),
            transfers=transfers,
            leads=leads,
            offers=offers,
            origins=origins,
        )
        work = work_of(partial(self._port.supplement, self.sheet.file.case.id, typed))
        self._kit.runner.start("db", work, self._done, self._refused)

    def _done(self, _result: object) -> None:
        self.taken.emit(self._count)

    def _refused(self, error: Exception) -> None:
        self.failed.emit(error)
