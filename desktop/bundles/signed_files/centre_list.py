"""The list of a centre's devices: its root's card, theirs, a number that grows, and the root's signature over it.

Two lines of text and an armored SSHSIG: a title, and canonical JSON with the cards as they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from desktop.bundles.signed_files.cards import parse_card
from desktop.domain.errors import TrustError
from desktop.domain.exchange.centre_list import CentreList
from desktop.domain.records.fields import Json
from desktop.journal.canonical import canonical
from desktop.sealing.fingerprint import device_id
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import sign, verify

NAMESPACE: Final = "fanzha-centre-list"
"""Of its own: no other signature of the centre must pass for one over a list."""
MOST_DEVICES: Final = 32
MAX_TEXT: Final = 512 << 10
"""Octets of the longest list a reader looks at."""
_TITLE: Final = "Fanzha Desk centre list 1\n"
_STEM: Final = "Fanzha Desk centre list "
_SIGNATURE: Final = "-----BEGIN SSH SIGNATURE-----"
_NAMES: Final = {"root", "number", "made_at", "cards"}


def make_list(root: str, number: int, made_at: str, cards: Sequence[str], keys: DeviceKeys) -> str:
    """A list signed by ``keys``, the pair that the card ``root`` shows."""
    document: dict[str, Json] = {
        "root": root,
        "number": number,
        "made_at": made_at,
        "cards": list(cards),
    }
    body = f"{_TITLE}{canonical(document).decode()}\n"
    return body + sign(body.encode(), keys.signing, NAMESPACE)


def parse_list(text: str) -> CentreList:
    """The list in ``text``, its signature and those of its cards verified; whose it is, the receiver asks.

    ``TrustError``: centre_list.newer_version, centre_list.damaged.
    """
    if text.startswith(_STEM) and not text.startswith(_TITLE):
        raise TrustError("centre_list.newer_version")
    try:
        return _parsed(text)
    except (TrustError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise TrustError("centre_list.damaged") from error


def _parsed(text: str) -> CentreList:
    body, mark, rest = text.rpartition(_SIGNATURE)
    if not body.startswith(_TITLE) or len(text.encode()) > MAX_TEXT:
        raise ValueError("no list")
    signer = device_id(verify(body.encode(), mark + rest, NAMESPACE))
    document: Any = json.loads(body.removeprefix(_TITLE))
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
