"""What the PCs of one centre share: signed by one of them, sealed to the others.

Its JSON holds the card of whoever signed and an age file.
What its first PC makes for a new one is the approval that is carried there; later ones lie in the database.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from desktop.bundles.signed_files.cards import parse_card
from desktop.bundles.signed_files.signed_json import SignedJson
from desktop.domain.errors import TrustError
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.records.fields import Json
from desktop.journal.canonical import canonical
from desktop.sealing.age_identity import AgeIdentity, AgeRecipient
from desktop.sealing.age_reader import AgeReader
from desktop.sealing.age_writer import AgeWriter
from desktop.sealing.keys import DeviceKeys

SHARED: Final = SignedJson("Fanzha Desk seat keys ", "fanzha-seat-keys", most=1 << 20)


@dataclass(frozen=True, slots=True)
class SharedKeys:
    """What was opened. ``signer``: who signed, by the own card."""

    signer: PeerCard
    content: Mapping[str, Any] = field(repr=False)


def seal_shared(
    card: str, recipients: Sequence[str], content: Mapping[str, Json], keys: DeviceKeys
) -> str:
    """``content`` for these age recipients, signed by ``keys``, the pair that ``card`` shows."""
    sink = io.BytesIO()
    with AgeWriter(sink, [AgeRecipient.from_text(one) for one in recipients]) as writer:
        writer.write(canonical(dict(content)))
    document: dict[str, Json] = {
        "card": card,
        "sealed": base64.b64encode(sink.getvalue()).decode("ascii"),
    }
    return SHARED.signed(document, keys)


def open_shared(text: str, identities: Sequence[AgeIdentity]) -> SharedKeys:
    """What is in ``text``, its signature and that of the card verified; whose word it is, the reader asks.

    ``TrustError``: ``seat_keys.newer_version``, ``seat_keys.damaged``, ``seat_keys.for_another`` for one that is sealed
    to other PCs alone.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if SHARED.is_newer(text):
        raise TrustError("seat_keys.newer_version")
    try:
        return _opened(text, identities)
    except (TrustError, ValueError, KeyError, TypeError, RecursionError) as error:
        for_another = isinstance(error, TrustError) and error.code == "age.not_for_us"
        raise TrustError("seat_keys.for_another" if for_another else "seat_keys.damaged") from error


def open_for_seat(text: str, keys: DeviceKeys) -> SharedKeys:
    """What is in an approval, which has to name the seat that ``keys`` are of. Raises as :func:`open_shared`;
    ``seat_keys.for_another`` also for one that names another."""
    shared = open_shared(text, (keys.age,))
    if shared.content.get("seat") != keys.device_id:
        raise TrustError("seat_keys.for_another")
    return shared


def _opened(text: str, identities: Sequence[AgeIdentity]) -> SharedKeys:
    document, signer = SHARED.verified(text)
    if document.keys() != {"card", "sealed"}:
        raise ValueError("nothing shared")
    card = parse_card(document["card"])
    if card.fingerprint != signer:
        raise ValueError("signed by another than the card shows")
    sealed = base64.b64decode(document["sealed"], validate=True)
    content = json.loads(AgeReader(io.BytesIO(sealed), identities).read(SHARED.most))
    if not isinstance(content, dict):
        raise TypeError("shared keys are named")
    return SharedKeys(card, content)
