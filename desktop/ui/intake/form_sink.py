"""What was read of the evidence of a draft goes into the form, where the officer sees and mends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from desktop.domain.intake import IdentifierText, TransferText
from desktop.domain.proposal import Reading
from desktop.services.place_proposals import Offer, place_proposals
from desktop.ui.intake.form_filling import FormFilling
from desktop.ui.intake.form_model import FormModel
from desktop.ui.shared.reading_sink import ReadingSink


class FormSink(ReadingSink):
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

    def offers(self, reading: Reading) -> tuple[Offer, ...]:
        """Where each proposal belongs."""
        return place_proposals(self._model.form, reading)

    def take(
        self,
        source: str,
        *,
        transfers: Sequence[TransferText] = (),
        leads: Sequence[IdentifierText] = (),
        offers: Sequence[Offer] = (),
        origins: Mapping[int, str] | None = None,
    ) -> None:
        """Put them in."""
        self._filling.put_transfers(transfers)
        for lead in leads:
            self._filling.put_lead(lead)
        for place, offer in enumerate(offers):
            self._filling.put(offer, source, (origins or {}).get(place, ""))
        self.taken.emit(len(transfers) + len(leads) + len(offers))
