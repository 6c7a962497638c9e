"""What was read of the evidence of a draft goes into the form, where the officer sees and mends it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.cases.intake import TransferText
from desktop.domain.statements.proposal import Extraction
from desktop.services.extraction.evidence_supplement import Picked
from desktop.services.extraction.place_proposals import Offer, place_proposals
from desktop.ui.intake.form_filling import FormFilling
from desktop.ui.intake.form_model import FormModel
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink


class FormSink(ExtractionSink):
    """Implements the sink over the form; it is saved like everything typed."""

    def __init__(self, model: FormModel, filling: FormFilling, owner: QObject) -> None:
        super().__init__(owner)
        self._model = model
        self._filling = filling

    def known(self) -> tuple[TransferText, ...]:
        """The transfers on the form."""
        return self._model.form.transfers

    def holder(self) -> str:
        """The victim."""
        return self._model.form.victim.name

    def offers(self, reading: Extraction) -> tuple[Offer, ...]:
        """Where each proposal belongs."""
        return place_proposals(self._model.form, reading)

    def take(self, picked: Picked) -> None:
        """Put them in."""
        self._filling.put_transfers(picked.transfers)
        for lead in picked.leads:
            self._filling.put_lead(lead)
        for place, offer in enumerate(picked.offers):
            self._filling.put(offer, picked.source, picked.origins.get(place, ""))
        self.taken.emit(picked.count)
