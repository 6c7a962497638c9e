"""The urgent slip: one order in at most 950 octets, signed by the desk and sealed to the centre.

Layout: ``FZ1``, id (4), part and number of parts (1 + 1), CRC-32 of the rest (4), then an age file to
the centre whose plain text is: device (10, what the device id spells), Ed25519 signature (64), packed
payload. Packed is raw deflate (RFC 1951) with a preset dictionary over canonical JSON in GB 18030, which
spends two octets where UTF-8 spends three. The signature covers ``fanzha-slip``, a zero octet, the
centre's age key and the packed payload, so a slip can not be passed on to another centre.
"""

from __future__ import annotations

import hashlib
import io
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop.bundles.slip_words import DICTIONARY
from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.fields import Json
from desktop.domain.ids import DeviceId
from desktop.journal.canonical import canonical, parse
from desktop.sealing.age import AgeIdentity, AgeReader, AgeRecipient, AgeWriter, sealed_size
from desktop.sealing.fingerprint import device_id, short_digest, spell
from desktop.sealing.keys import DeviceKeys

MAX_SIZE: Final = 950
"""Octets that a QR code of version 25, error correction M, still holds with room."""
CUT_FIRST: Final = ("reason",)
"""The texts that are shortened before any other, in this order."""
CUT_TO: Final = 12
"""No text is shortened below this many characters."""

_MAGIC: Final = b"FZ1"
_HEAD: Final = 13
_DEVICE: Final = 10
_SIGNATURE: Final = 64
_CONTEXT: Final = b"fanzha-slip\0"
_MAX_JSON: Final = 64 * 1024
_CODEC: Final = "gb18030"
_ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class OpenSlip:
    """An unsealed slip. It says who sent it; only :meth:`verified` gives out what it says."""

    device: DeviceId
    _signature: bytes = field(repr=False)
    _packed: bytes = field(repr=False)
    _opened_by: AgeIdentity = field(repr=False)

    def verified(self, raw_public_key: bytes) -> dict[str, Json]:
        """The payload, if the holder of this key signed it; ``TrustError`` slip.signature or slip.damaged."""
        signed = _signed(self._opened_by.recipient, self._packed)
        try:
            Ed25519PublicKey.from_public_bytes(raw_public_key).verify(self._signature, signed)
        except (InvalidSignature, ValueError):
            raise TrustError("slip.signature") from None
        if device_id(raw_public_key) != self.device:
            raise TrustError("slip.signature")
        return _unpack(self._packed)


def seal_slip(
    payload: Mapping[str, Json], keys: DeviceKeys, centre_recipient: str, *, limit: int = MAX_SIZE
) -> bytes:
    """The slip of ``payload``, at most ``limit`` octets.

    What is too long is shortened, the cut marked with an ellipsis: first the texts of :data:`CUT_FIRST`,
    then the other texts that hold Chinese characters, longest first; numbers and ids never.
    ``UserInputError`` slip.too_long when that does not suffice.
    """
    recipient = AgeRecipient.from_text(centre_recipient)
    room = limit - _HEAD - sealed_size(_DEVICE + _SIGNATURE, 1)
    packed = _pack(_fitted(dict(payload), room))
    signature = keys.signing.sign(_signed(recipient, packed))
    sink = io.BytesIO()
    with AgeWriter(sink, (recipient,)) as writer:
        writer.write(short_digest(keys.public_raw) + signature + packed)
    body = sink.getvalue()
    return _head(body) + body


def open_slip(data: bytes, identities: Sequence[AgeIdentity]) -> OpenSlip:
    """Unseal a slip.

    ``TrustError``: slip.not_a_slip, slip.newer_version, slip.damaged, slip.not_for_us.
    """
    if not data.startswith(_MAGIC[:2]):
        raise TrustError("slip.not_a_slip")
    if not data.startswith(_MAGIC):
        raise TrustError("slip.newer_version")
    body = data[_HEAD:]
    if data[:_HEAD] != _head(body):
        raise TrustError("slip.damaged")
    for identity in identities:
        try:
            plain = AgeReader(io.BytesIO(body), (identity,)).read()
        except TrustError as error:
            if error.code == "age.not_for_us":
                continue
            raise TrustError("slip.damaged") from error
        signature, packed = plain[_DEVICE : _DEVICE + _SIGNATURE], plain[_DEVICE + _SIGNATURE :]
        if len(signature) != _SIGNATURE:
            raise TrustError("slip.damaged")
        return OpenSlip(spell(plain[:_DEVICE]), signature, packed, identity)
    raise TrustError("slip.not_for_us")


def _head(body: bytes) -> bytes:
    part_of = b"\x01\x01"
    return (
        _MAGIC + hashlib.sha256(body).digest()[:4] + part_of + zlib.crc32(body).to_bytes(4, "big")
    )


def _signed(recipient: AgeRecipient, packed: bytes) -> bytes:
    return _CONTEXT + recipient.raw + packed


def _pack(payload: Mapping[str, Json]) -> bytes:
    text = canonical(payload).decode("utf-8").encode(_CODEC)
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, DICTIONARY)
    return squeezer.compress(text) + squeezer.flush()


def _unpack(packed: bytes) -> dict[str, Json]:
    opener = zlib.decompressobj(-15, DICTIONARY)
    try:
        text = opener.decompress(packed, _MAX_JSON)
        whole = opener.eof and not opener.unused_data
        payload = parse(text.decode(_CODEC).encode("utf-8")) if whole else None
    except (zlib.error, UnicodeError, TrustError, json.JSONDecodeError):
        payload = None
    if not isinstance(payload, dict):
        raise TrustError("slip.damaged")
    return payload


def _fitted(payload: dict[str, Json], room: int) -> dict[str, Json]:
    """``payload``, its texts shortened by the stated rule until it packs into ``room`` octets."""
    for name in _cut_order(payload):
        if len(_pack(payload)) <= room:
            break
        full = str(payload[name])
        least, most = CUT_TO, len(full) - 1
        while least < most:  # the longest cut that fits; the shortest when none does
            middle = (least + most + 1) // 2
            payload[name] = full[:middle] + _ELLIPSIS
            least, most = (middle, most) if len(_pack(payload)) <= room else (least, middle - 1)
        payload[name] = full[:least] + _ELLIPSIS
    if len(_pack(payload)) > room:
        raise UserInputError("slip.too_long")
    return payload


def _cut_order(payload: Mapping[str, Json]) -> list[str]:
    texts = {name: value for name, value in payload.items() if isinstance(value, str)}
    long = {name: len(text) for name, text in texts.items() if len(text) > CUT_TO + 1}
    first = [name for name in CUT_FIRST if name in long]
    others = [name for name in long if name not in first and not texts[name].isascii()]
    return first + sorted(others, key=lambda name: (-long[name], name))
