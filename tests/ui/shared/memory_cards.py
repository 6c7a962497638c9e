"""Cards in memory, for pages that show and take them."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.bundles.qr import codes_in_frame
from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.evidence.gray_frame import GrayFrame
from desktop.domain.exchange import PeerCard
from desktop.services.exchange.card_sheets import CardSheet
from desktop.services.ports import Pdf
from tests.documents.making import qr_png


class MemoryCards:
    """Implements ``CardPort``. ``pictures``: what is found in a file with these octets."""

    def __init__(self, own: PeerCard, other: PeerCard) -> None:
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

    def scan_frame(self, frame: GrayFrame) -> tuple[bytes, ...]:
        return codes_in_frame(memoryview(frame.pixels).cast("B", (frame.height, frame.width)))

    def of_codes(self, codes: Iterable[bytes]) -> str:
        for code in codes:
            if code in self.pictures:
                return self.pictures[code]
        raise TrustError("card.not_a_card")

    def read(self, text: str) -> PeerCard:
        if not text.startswith("Fanzha Desk card"):
            raise TrustError("card.damaged")
        return self._other
