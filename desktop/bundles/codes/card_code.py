"""A card in one QR code: its own text, or that text packed where it is too long to be scanned from paper."""

from __future__ import annotations

import zlib
from typing import Final

from desktop.bundles.signed_files.cards import MAX_TEXT
from desktop.domain.errors import TrustError

MOST: Final = 950
"""Octets of a code that still scans from a fax or a phone's photo, as of an urgent slip."""
_PACKED: Final = b"FZC1"


def code_of_card(text: str) -> bytes:
    """What the code of a card holds: any reader of codes shows a short card as it is.

    ``ValueError`` for a text that is too long even so; no card of ours is.
    """
    plain = text.encode("utf-8")
    if len(plain) <= MOST:
        return plain
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = _PACKED + squeezer.compress(plain) + squeezer.flush()
    if len(packed) > MOST:
        raise ValueError("a card fits one code")
    return packed


def card_of_code(data: bytes) -> str:
    """The text in a code; ``TrustError`` card.not_a_card, or card.damaged for one that does not unpack."""
    if data.startswith(_PACKED):
        opener = zlib.decompressobj(-15)
        try:
            data = opener.decompress(data[len(_PACKED) :], MAX_TEXT)
        except zlib.error:
            raise TrustError("card.damaged") from None
        if not opener.eof or opener.unused_data:
            raise TrustError("card.damaged")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise TrustError("card.not_a_card") from None
