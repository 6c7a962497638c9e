"""What the windows ask of the services about cards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from desktop.domain.evidence.gray_frame import GrayFrame
from desktop.domain.exchange import PeerCard
from desktop.services.exchange.card_sheets import CardSheet, card_in, card_of_codes, card_sheet
from desktop.services.exchange.trust import own_card, read_card
from desktop.services.session import Session


class CardPort(Protocol):
    """Each may be slow and raise ``AppError``."""

    def own(self) -> CardSheet:
        """Our enrolment card in every form it can be carried in."""
        ...

    def sheet(self, text: str) -> CardSheet:
        """The same of another card that we made."""
        ...

    def find(self, data: bytes) -> str:
        """The text of the card in a file: a text, a picture, a scan or a PDF."""
        ...

    def scan_frame(self, frame: GrayFrame) -> tuple[bytes, ...]:
        """What the codes in one picture of a camera say; mostly none."""
        ...

    def of_codes(self, codes: Iterable[bytes]) -> str:
        """The text of the card among codes that were scanned."""
        ...

    def read(self, text: str) -> PeerCard:
        """The card in ``text``; its seal holds, which says nothing about whom it belongs to."""
        ...


class SessionCards:
    """Implements :class:`CardPort` by way of the services, for a desk and for a centre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def own(self) -> CardSheet:
        """Our enrolment card."""
        return self.sheet(own_card(self._session))

    def sheet(self, text: str) -> CardSheet:
        """Another card that we made."""
        return card_sheet(self._session, text)

    def find(self, data: bytes) -> str:
        """The text of the card in a file."""
        return card_in(self._session, data)

    def scan_frame(self, frame: GrayFrame) -> tuple[bytes, ...]:
        """What the codes in one picture of a camera say."""
        return self._session.slips.scan_frame(frame)

    def of_codes(self, codes: Iterable[bytes]) -> str:
        """The text of the card among codes that were scanned."""
        return card_of_codes(self._session, codes)

    def read(self, text: str) -> PeerCard:
        """The card in ``text``."""
        return read_card(self._session, text)
