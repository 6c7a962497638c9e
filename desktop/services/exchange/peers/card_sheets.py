"""Cards as codes and on paper, and cards found again in whatever file somebody brings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.installation.officer import Permission
from desktop.services.ports import Pdf
from desktop.services.session import Session

_LARGEST_TEXT: Final = 64 * 1024
"""A card has some hundred characters; whatever is larger is a picture or no card."""
_TITLE: Final = "Fanzha Desk card"


@dataclass(frozen=True, slots=True)
class CardSheet:
    """A card in every form it can be carried in. ``code``: a PNG with one QR code."""

    text: str
    card: PeerCard
    code: bytes
    page: Pdf


def card_sheet(session: Session, text: str) -> CardSheet:
    """The code and the page of a card, ours or one that we made for a station.

    Raises:
        TrustError: ``card.not_a_card``, ``card.damaged``.
    """
    session.require(Permission.EXCHANGE)
    card = session.cards.parse_card(text)
    code = session.cards.card_png(text)
    return CardSheet(text, card, code, session.sheets.device_card(card, code, session.clock.now()))


def card_in(session: Session, data: bytes) -> str:
    """The text of the card in a file: a text, a picture, a scan or a PDF. Says nothing about whom it belongs to.

    Raises:
        UserInputError: ``card.unreadable``. TrustError: ``card.no_code`` for a picture without a code,
            ``card.not_a_card`` for one with another code.
    """
    session.require(Permission.EXCHANGE)
    text = _as_text(data)
    if text is not None:
        return text
    try:
        codes = session.slips.scan(data)
    except UserInputError as error:
        if error.code == "picture.too_large":
            raise
        raise UserInputError("card.unreadable") from error
    if not codes:
        raise TrustError("card.no_code")
    return card_of_codes(session, codes)


def card_of_codes(session: Session, codes: Iterable[bytes]) -> str:
    """The text of the card in what was scanned. Raises ``TrustError("card.not_a_card")`` where none of it is one."""
    session.require(Permission.EXCHANGE)
    for code in codes:
        try:
            found = session.cards.card_of_code(code)
        except TrustError:
            continue
        if found.startswith(_TITLE):
            return found
    raise TrustError("card.not_a_card")


def _as_text(data: bytes) -> str | None:
    """The file as text; None where it is none, as a picture is not."""
    if len(data) > _LARGEST_TEXT or b"\0" in data or data.startswith(b"%PDF"):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
