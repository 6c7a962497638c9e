"""Enrolment and approval cards: text files that carry an installation's public keys and name.

A card is signed by the key it shows, so a changed letter is noticed; that the key belongs to whom it
says is for two people to confirm by comparing its fingerprint by voice.

A device that changed its keys writes version 2: the card names the device, which stays, and the fingerprint of the
key shown. A planned change is signed by the former key as well, so that who trusts that one need not compare again.
"""

from __future__ import annotations

import hashlib
import unicodedata
import zlib
from dataclasses import replace
from typing import Final

from desktop.domain.errors import TrustError
from desktop.domain.exchange.peers import NO_KEY, PeerCard
from desktop.domain.ids import DeviceId
from desktop.sealing.age_identity import AgeRecipient
from desktop.sealing.fingerprint import device_id, grouped, parse
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import BEGIN, parse_public_line, sign, verify

NAMESPACE: Final = "fanzha-card"
SUCCESSION: Final = "fanzha-succession"
"""The former key's signature: of its own, or an old card could pass for the naming of a successor."""
ENROLMENT: Final = "enrolment"
APPROVAL: Final = "approval"

_TITLE: Final = "Fanzha Desk card 1"
_TITLE_CHANGED: Final = "Fanzha Desk card 2"
_TITLE_STEM: Final = "Fanzha Desk card "
_MAX_TEXT: Final = 8192
"""Octets of the longest card a reader looks at."""
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
    "key": "key",
    "succeeds": "succeeds",
    "approves-device": "approves",
    "approves-card": "approves_card",
}
_APPROVAL_ONLY: Final = ("approves-device", "approves-card")
_CHANGED_ONLY: Final = ("key", "succeeds")
_GROUPED: Final = ("device", "key", "succeeds")


def make_card(  # noqa: PLR0913 - what a card says
    kind: str,
    keys: DeviceKeys,
    unit_code: str,
    unit_name: str,
    device_letter: str,
    role: str,
    made_at: str,
    *,
    approves: PeerCard | None = None,
    device: DeviceId | None = None,
    former: DeviceKeys | None = None,
) -> str:
    """The signed text of a card. ``approves``: the enrolment card an approval card answers; ``device``: whose card it
    is, where ``keys`` are not its first; ``former``: the keys that name these their successors.

    ``ValueError`` for text that does not fit on one line, or an approval without a card to approve.
    """
    if (kind == APPROVAL) is not (approves is not None):
        raise ValueError("an approval card approves an enrolment card, and no other card does")
    card = PeerCard(
        kind=kind,
        device=device or keys.device_id,
        unit_code=unit_code,
        unit_name=unicodedata.normalize("NFC", unit_name),
        device_letter=device_letter,
        role=role,
        signing_key=keys.signing_line,
        recipient=keys.age.recipient.text,
        made_at=made_at,
        approves=approves.fingerprint if approves else "",
        approves_card=card_id(approves) if approves else "",
        key=keys.device_id,
        succeeds=former.device_id if former else NO_KEY,
    )
    body = _body(card)
    if _fields(body) != card:
        raise ValueError("a text of the card is empty, too long or not one line")
    data = body.encode("utf-8")
    text = body + sign(data, keys.signing, NAMESPACE)
    return text + sign(data, former.signing, SUCCESSION) if former else text


def parse_card(text: str) -> PeerCard:
    """The card in ``text``, its own signature verified. Line ends and a byte order mark do not matter.

    ``TrustError``: card.not_a_card, card.newer_version, card.damaged (altered or mistyped).
    """
    text = card_text(text)
    if not text.startswith(_TITLE_STEM):
        raise TrustError("card.not_a_card")
    if not text.startswith((_TITLE + "\n", _TITLE_CHANGED + "\n")):
        raise TrustError("card.newer_version")
    body, *signatures = text.split(BEGIN)
    if not fits_card(text) or len(signatures) not in {1, 2}:
        raise TrustError("card.damaged")
    try:
        signer = verify(body.encode("utf-8"), BEGIN + signatures[0], NAMESPACE)
        card = _fields(body)
        _check_keys(card, signer)
        _check_succession(card, body, signatures[1:])
    except (TrustError, ValueError, KeyError):
        raise TrustError("card.damaged") from None
    if _body(card) != body:
        raise TrustError("card.damaged")
    return card


def fits_card(text: str) -> bool:
    """Whether the text is short enough for a reader to look at it: 8 KiB, in octets."""
    return len(text.encode("utf-8", "surrogatepass")) <= _MAX_TEXT


def card_text(text: str) -> str:
    """A card without what editors and mail programs add to a text."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").strip() + "\n"


def card_id(card: PeerCard) -> str:
    """SHA-256 of what a card's signature covers: names exactly this card."""
    return hashlib.sha256(_body(card).encode("utf-8")).hexdigest()


def _body(card: PeerCard) -> str:
    """The signed part: fixed labels in fixed order, one a line."""
    changed = card.key != card.device
    ids = {name: DeviceId(grouped(getattr(card, name))) for name in _GROUPED}
    shown = replace(card, device=ids["device"], key=ids["key"], succeeds=ids["succeeds"])
    skipped = (
        *(() if card.kind == APPROVAL else _APPROVAL_ONLY),
        *(() if changed else _CHANGED_ONLY),
        *(() if card.succeeds else ("succeeds",)),
    )
    labels = [label for label in _LABELS if label not in skipped]
    rows = [f"{label}: {getattr(shown, _LABELS[label])}" for label in labels]
    return "\n".join((_TITLE_CHANGED if changed else _TITLE, *rows, ""))


def _fields(body: str) -> PeerCard:
    """The fields of a body; ``ValueError`` or ``KeyError`` when one is missing, double or unfit."""
    values: dict[str, str] = {}
    for line in body.split("\n")[1:-1]:
        label, colon, value = line.partition(": ")
        fit = 0 < len(value) <= _MAX_FIELD and value.isprintable() and value == value.strip()
        if not colon or not fit or _LABELS[label] in values:
            raise ValueError("not a field of a card")
        values[_LABELS[label]] = value
    values.setdefault("key", values["device"])
    values |= {name: parse(values[name]) for name in _GROUPED if name in values}
    card = PeerCard(**values)  # type: ignore[arg-type]  # ids are text
    approves = card.kind == APPROVAL
    if card.kind not in {ENROLMENT, APPROVAL} or approves is not bool(card.approves):
        raise ValueError("not a kind of card")
    return card


def _check_keys(card: PeerCard, signer: bytes) -> None:
    """The key that signed is the one shown, and the fingerprint is its own; of a first key that is the device id."""
    AgeRecipient.from_text(card.recipient)
    if parse_public_line(card.signing_key) != signer or card.key != device_id(signer):
        raise ValueError("the card shows another key than its own")


def _check_succession(card: PeerCard, body: str, signatures: list[str]) -> None:
    """A card that names a former key bears that key's signature, and no other card has a second one."""
    if bool(card.succeeds) is not bool(signatures):
        raise ValueError("a former key signs, and nobody else")
    for signature in signatures:
        if device_id(verify(body.encode("utf-8"), BEGIN + signature, SUCCESSION)) != card.succeeds:
            raise ValueError("another key signed than is named")


CODE_OCTETS: Final = 950
"""Octets of a code that still scans from a fax or a phone's photo, as of an urgent slip."""
_PACKED: Final = b"FZC1"


def code_of_card(text: str) -> bytes:
    """What the code of a card holds: any reader of codes shows a short card as it is.

    ``ValueError`` for a text that is too long even so; no card of ours is.
    """
    plain = text.encode("utf-8")
    if len(plain) <= CODE_OCTETS:
        return plain
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = _PACKED + squeezer.compress(plain) + squeezer.flush()
    if len(packed) > CODE_OCTETS:
        raise ValueError("a card fits one code")
    return packed


def card_of_code(data: bytes) -> str:
    """The text in a code; ``TrustError`` card.not_a_card, or card.damaged for one that does not unpack."""
    if data.startswith(_PACKED):
        opener = zlib.decompressobj(-15)
        try:
            data = opener.decompress(data[len(_PACKED) :], _MAX_TEXT)
        except zlib.error:
            raise TrustError("card.damaged") from None
        if not opener.eof or opener.unused_data:
            raise TrustError("card.damaged")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise TrustError("card.not_a_card") from None
