"""Cards in memory, for pages that show and take them."""

from __future__ import annotations

from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.exchange import PartyCard
from desktop.services.card_sheets import CardSheet
from desktop.services.ports import Pdf
from tests.documents.making import qr_png


class MemoryCards:
    """Implements ``CardPort``. ``pictures``: what is found in a file with these octets."""

    def __init__(self, own: PartyCard, other: PartyCard) -> None:
        self._own = own
        self._other = other
        self.pictures: dict[bytes, str] = {}

    def own(self) -> CardSheet:
        return self.sheet("Fanzha Desk card 1\nkind: enrolment\n")

    def sheet(self, text: str) -> CardSheet:
        return CardSheet(text, self._own, qr_png(), Pdf(b"%PDF-1.7", 1))

    def find(self, data: bytes) -> str:
        if data in self.pictures:
            return self.pictures[data]
        if data.startswith(b"\x89PNG"):
            raise TrustError("card.no_code")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise UserInputError("card.unreadable") from error

    def read(self, text: str) -> PartyCard:
        if not text.startswith("Fanzha Desk card"):
            raise TrustError("card.damaged")
        return self._other
