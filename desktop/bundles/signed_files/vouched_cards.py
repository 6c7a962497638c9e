"""A card that another installation vouches for: the card as it is, and a second signature over all of it.

A centre vouches for the card of its successor, and for the card of a desk that is to be enrolled by its colleagues
without anybody telephoning. Whether the voucher is believed is the receiver's question.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from desktop.bundles.signed_files.cards import card_text, fits_card, parse_card
from desktop.domain.errors import TrustError
from desktop.domain.exchange.peers import PeerCard
from desktop.sealing.fingerprint import device_id, grouped, parse
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import BEGIN, sign, verify

NAMESPACE: Final = "fanzha-vouched-card"
"""Of its own: a card's own signature must never pass for a voucher's."""
_TITLE: Final = "Fanzha Desk card, vouched 1"
_STEM: Final = "Fanzha Desk card, vouched "
_BY: Final = "vouched-by: "


def vouch(text: str, keys: DeviceKeys) -> str:
    """The card in ``text``, vouched for by ``keys``; one that was vouched for before loses that. Raises as
    :func:`parse_card` does."""
    plain = card_text(text)
    inner = _parts(plain)[1] if plain.startswith(_STEM) else plain
    parse_card(inner)
    body = f"{_TITLE}\n{_BY}{grouped(keys.device_id)}\n{inner}"
    return body + sign(body.encode(), keys.signing, NAMESPACE)


def parse_any_card(text: str) -> PeerCard:
    """The card in ``text``, all its signatures verified, whether somebody vouches for it or not.

    ``TrustError``: card.not_a_card, card.newer_version, card.damaged.
    """
    plain = card_text(text)
    if not plain.startswith(_STEM):
        return parse_card(plain)
    if not plain.startswith(_TITLE + "\n"):
        raise TrustError("card.newer_version")
    body, inner, signature = _parts(plain)
    try:
        by = parse(body.split("\n")[1].removeprefix(_BY))
        signer = device_id(verify(body.encode(), signature, NAMESPACE))
    except (TrustError, ValueError, IndexError):
        raise TrustError("card.damaged") from None
    if signer != by or not body.startswith(f"{_TITLE}\n{_BY}{grouped(by)}\n"):
        raise TrustError("card.damaged")
    return replace(parse_card(inner), vouched_by=by)


def _parts(text: str) -> tuple[str, str, str]:
    """What the voucher signed, the card within it, and the signature."""
    body, mark, rest = text.rpartition(BEGIN)
    head = body.split("\n", 2)
    if not mark or len(head) != 3 or not fits_card(text):
        raise TrustError("card.damaged")
    return body, head[2], mark + rest
