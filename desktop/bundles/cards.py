"""Enrolment and approval cards: text files that carry an installation's public keys and name.

A card is signed by the key it shows, so a changed letter is noticed; that the key belongs to whom it
says is for two people to confirm by comparing the device id by voice.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace
from typing import Final

from desktop.domain.errors import TrustError
from desktop.domain.exchange import PartyCard
from desktop.domain.ids import DeviceId
from desktop.sealing.age import AgeRecipient
from desktop.sealing.fingerprint import device_id, grouped, parse
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import parse_public_line, sign, verify

NAMESPACE: Final = "fanzha-card"
ENROLMENT: Final = "enrolment"
APPROVAL: Final = "approval"

_TITLE: Final = "Fanzha Desk card 1"
_TITLE_STEM: Final = "Fanzha Desk card "
_SIGNATURE: Final = "-----BEGIN SSH SIGNATURE-----"
_MAX_TEXT: Final = 8192
_MAX_FIELD: Final = 200
_LABELS: Final = {
    "kind": "kind",
    "device": "device",
    "unit-code": "unit_code",
    "unit-name": "unit_name",
    "device-letter": "device_letter",
    "role": "role",
    "made-at": "made_at",
    "signing-key": "signing_key",
    "age-recipient": "recipient",
    "approves-device": "approves",
    "approves-card": "approves_card",
}
_APPROVAL_ONLY: Final = ("approves-device", "approves-card")


def make_card(  # noqa: PLR0913 - what a card says
    kind: str,
    keys: DeviceKeys,
    unit_code: str,
    unit_name: str,
    device_letter: str,
    role: str,
    made_at: str,
    *,
    approves: PartyCard | None = None,
) -> str:
    """The signed text of a card. ``approves``: the enrolment card an approval card answers.

    ``ValueError`` for text that does not fit on one line, or an approval without a card to approve.
    """
    if (kind == APPROVAL) is not (approves is not None):
        raise ValueError("an approval card approves an enrolment card, and no other card does")
    card = PartyCard(
        kind=kind,
        device=keys.device_id,
        unit_code=unit_code,
        unit_name=unicodedata.normalize("NFC", unit_name),
        device_letter=device_letter,
        role=role,
        signing_key=keys.signing_line,
        recipient=keys.age.recipient.text,
        made_at=made_at,
        approves=approves.device if approves else "",
        approves_card=card_id(approves) if approves else "",
    )
    body = _body(card)
    if _fields(body) != card:
        raise ValueError("a text of the card is empty, too long or not one line")
    return body + sign(body.encode("utf-8"), keys.signing, NAMESPACE)


def parse_card(text: str) -> PartyCard:
    """The card in ``text``, its own signature verified. Line ends and a byte order mark do not matter.

    ``TrustError``: card.not_a_card, card.newer_version, card.damaged (altered or mistyped).
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").strip() + "\n"
    if not text.startswith(_TITLE_STEM):
        raise TrustError("card.not_a_card")
    if not text.startswith(_TITLE + "\n"):
        raise TrustError("card.newer_version")
    body, mark, rest = text.partition(_SIGNATURE)
    if len(text) > _MAX_TEXT or not mark:
        raise TrustError("card.damaged")
    try:
        signer = verify(body.encode("utf-8"), mark + rest, NAMESPACE)
        card = _fields(body)
        _check_keys(card, signer)
    except (TrustError, ValueError, KeyError):
        raise TrustError("card.damaged") from None
    if _body(card) != body:
        raise TrustError("card.damaged")
    return card


def card_id(card: PartyCard) -> str:
    """SHA-256 of what a card's signature covers: names exactly this card."""
    return hashlib.sha256(_body(card).encode("utf-8")).hexdigest()


def _body(card: PartyCard) -> str:
    """The signed part: fixed labels in fixed order, one a line."""
    shown = replace(card, device=DeviceId(grouped(card.device)))
    labels = [label for label in _LABELS if card.kind == APPROVAL or label not in _APPROVAL_ONLY]
    rows = [f"{label}: {getattr(shown, _LABELS[label])}" for label in labels]
    return "\n".join((_TITLE, *rows, ""))


def _fields(body: str) -> PartyCard:
    """The fields of a body; ``ValueError`` or ``KeyError`` when one is missing, double or unfit."""
    values: dict[str, str] = {}
    for line in body.split("\n")[1:-1]:
        label, colon, value = line.partition(": ")
        fit = 0 < len(value) <= _MAX_FIELD and value.isprintable() and value == value.strip()
        if not colon or not fit or _LABELS[label] in values:
            raise ValueError("not a field of a card")
        values[_LABELS[label]] = value
    values["device"] = parse(values["device"])
    card = PartyCard(**values)  # type: ignore[arg-type]  # ids are text
    approves = card.kind == APPROVAL
    if card.kind not in {ENROLMENT, APPROVAL} or approves is not bool(card.approves):
        raise ValueError("not a kind of card")
    return card


def _check_keys(card: PartyCard, signer: bytes) -> None:
    """The key that signed is the one shown, and the device id is its fingerprint."""
    AgeRecipient.from_text(card.recipient)
    if parse_public_line(card.signing_key) != signer or card.device != device_id(signer):
        raise ValueError("the card shows another key than its own")
