"""The list of a centre's devices: its root's card, theirs as they are, a number that grows, and the root's signature
over it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from desktop.bundles.signed_files.cards import parse_card
from desktop.bundles.signed_files.signed_json import SignedJson
from desktop.domain.errors import TrustError
from desktop.domain.exchange.centre_list import CentreList
from desktop.domain.records.fields import Json
from desktop.sealing.keys import DeviceKeys

LIST: Final = SignedJson("Fanzha Desk centre list ", "fanzha-centre-list", most=512 << 10)
MOST_DEVICES: Final = 32
_NAMES: Final = {"root", "number", "made_at", "cards"}


def make_list(root: str, number: int, made_at: str, cards: Sequence[str], keys: DeviceKeys) -> str:
    """A list signed by ``keys``, the pair that the card ``root`` shows."""
    document: dict[str, Json] = {
        "root": root,
        "number": number,
        "made_at": made_at,
        "cards": list(cards),
    }
    return LIST.signed(document, keys)


def parse_list(text: str) -> CentreList:
    """The list in ``text``, its signature and those of its cards verified; whose it is, the receiver asks.

    ``TrustError``: centre_list.newer_version, centre_list.damaged.
    """
    if LIST.is_newer(text):
        raise TrustError("centre_list.newer_version")
    try:
        return _parsed(text)
    except (TrustError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise TrustError("centre_list.damaged") from error


def _parsed(text: str) -> CentreList:
    document, signer = LIST.verified(text)
    number, cards = document["number"], document["cards"]
    if not all(isinstance(card, str) for card in (document["root"], *cards)):
        raise TypeError("a card is a text")
    root = parse_card(document["root"])
    whole = (
        document.keys() == _NAMES
        and root.fingerprint == signer
        and type(number) is int
        and 0 < number < 2**53
        and len(cards) <= MOST_DEVICES
    )
    if not whole:
        raise ValueError("no list")
    return CentreList(
        centre=root.device,
        number=number,
        made_at=str(document["made_at"]),
        signer=signer,
        cards=tuple(map(parse_card, cards)),
        texts=tuple(cards),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
