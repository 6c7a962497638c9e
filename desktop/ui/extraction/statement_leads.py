"""The addresses and transactions of coins in a statement: Enter takes one as a lead, Space chooses several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.intake import IdentifierText
from desktop.domain.cases.transfer import Certainty
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.place import EvidencePlace
from desktop.domain.statements.coin_identifiers import CoinIdentifier
from desktop.domain.statements.packed_rows import place_of
from desktop.domain.statements.proposal import Extraction
from desktop.domain.statements.statement import StatementRow
from desktop.services.extraction.coin_leads import CoinLeads
from desktop.services.extraction.evidence_supplement import Picked
from desktop.services.extraction.place_proposals import Offer
from desktop.ui.extraction import row_texts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.card import Column
from desktop.ui.shared.widgets.offers_table import OffersTable

_WIDTHS: Final = {"mark": 78, "kind": 150, "sure": 84, "target": 150}
_NONE: Final = CoinLeads(Extraction(""), ())


class StatementLeads(QWidget):
    """``taken(places)``: these offers now. ``chosen_changed``: others are chosen. ``told(text)``: the line in which
    the current one stands first."""

    taken = Signal(object)
    chosen_changed = Signal()
    told = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._leads = _NONE
        self._rows: Sequence[StatementRow] = ()
        self.table = OffersTable(kit, records=False, name="reading_leads", widths=_WIDTHS)
        self.table.chosen_changed.connect(self.chosen_changed)
        self.table.taken.connect(self._take_one)
        self.table.current_changed.connect(self._tell)
        Column(kit, self).addWidget(self.table)
        self.setFocusProxy(self.table)

    @property
    def leads(self) -> CoinLeads:
        """What is shown."""
        return self._leads

    def show_leads(
        self, leads: CoinLeads, offers: Sequence[Offer], rows: Sequence[StatementRow]
    ) -> None:
        """Show these; nothing is chosen beforehand, as an export also lists what is no fraud."""
        self._leads = leads
        self._rows = rows
        self.table.show_offers(offers, but=leads.reading.loose)

    def refresh(self, offers: Sequence[Offer]) -> None:
        """The same after the form changed."""
        self.table.refresh(offers)

    def picked(self, item: Evidence, places: Sequence[int]) -> Picked:
        """The leads at ``places``, each with its line."""
        leads = tuple(self._lead(item, self.table.offers[place]) for place in places)
        return Picked(leads[0].source if leads else "", leads=leads)

    def _lead(self, item: Evidence, offer: Offer) -> IdentifierText:
        found = self._leads.of(offer.proposal)
        words = self._kit.texts.text
        source = words("reading.source_rows", name=item.name, rows=found.row)
        origin = EvidencePlace(item.id, found.row).to_text()
        certainty = Certainty.RECEIPT.value
        return IdentifierText(
            "", found.kind, offer.text, self._note(found), certainty, source, origin
        )

    def _note(self, found: CoinIdentifier) -> str:
        return self._kit.texts.text("statement.of_chain", row=found.row, rows=found.rows)

    def _take_one(self, place: int) -> None:
        self.taken.emit((place,))

    def _tell(self, place: int | None) -> None:
        if place is None or place >= len(self.table.offers):
            self.told.emit("")
            return
        found = self._leads.of(self.table.offers[place].proposal)
        at = place_of(self._rows, found.row)
        said = row_texts.whole(self._kit, self._rows[at]) if at >= 0 else ""
        self.told.emit("　".join(filter(None, (self._note(found), said))))
