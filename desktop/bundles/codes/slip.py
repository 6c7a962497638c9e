"""The urgent slip: orders signed by the desk and sealed to the centre, small enough for codes on a screen or on paper.

Sealed is an age file to the centre whose plain text is: device (10, what the device id spells), Ed25519 signature (64),
packed payload (see :func:`pack`). The signature covers a context, a zero octet, the centre's age key
and the packed payload, so a slip can not be passed on to another centre.

One order: ``FZ1``, first 4 octets of SHA-256 of the age file, 1, 1, CRC-32 of the age file, the age file; at most 950
octets, context ``fanzha-slip``, the payload is the order. More than fits there: the age file alone, in parts
(:mod:`desktop.bundles.codes.slip_codes`), context ``fanzha-slips``, the payload is ``{"orders": […]}`` and nothing is
cut.
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

from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.ids import DeviceId
from desktop.domain.records.fields import Json
from desktop.journal.canonical import canonical, parse
from desktop.sealing.age_identity import AgeIdentity, AgeRecipient
from desktop.sealing.age_payload import sealed_size
from desktop.sealing.age_reader import AgeReader
from desktop.sealing.age_writer import AgeWriter
from desktop.sealing.fingerprint import device_id, short_digest, spell
from desktop.sealing.keys import DeviceKeys

MAX_SIZE: Final = 950
"""Octets that a QR code of version 25, error correction M, still holds with room."""
CUT_FIRST: Final = "reason"
"""The only text that is shortened for the sake of one code: every other would be missed at the bank."""
CUT_TO: Final = 12
"""It is not shortened below this many characters."""

_MAGIC: Final = b"FZ1"
_HEAD: Final = 13
_DEVICE: Final = 10
_SIGNATURE: Final = 64
_ONE: Final = b"fanzha-slip\0"
_SEVERAL: Final = b"fanzha-slips\0"
_MOST_ONE: Final = 64 * 1024
_MOST_SEVERAL: Final = 512 * 1024
"""Octets of JSON, so that a small slip can not unpack to fill the memory."""
_ORDERS: Final = "orders"
_ELLIPSIS: Final = "…"


# What a slip says, packed: raw deflate (RFC 1951) with a preset dictionary over canonical JSON in GB 18030, which
# spends two octets where UTF-8 spends three.

_CODEC: Final = "gb18030"


# The preset dictionary of urgent slips, part of the format: change it only with the slip's version.
#
# Deflate finds the likeliest words cheapest near the end, so what stands in every slip comes last.

_BANKS: Final = (
    "浙商银行", "渤海银行", "恒丰银行", "广发银行", "平安银行", "华夏银行", "兴业银行", "浦发银行",
    "中国光大银行", "中国民生银行", "中信银行", "招商银行", "交通银行", "甘肃省农村信用社联合社",
    "甘肃银行", "兰州银行", "中国邮政储蓄银行", "中国建设银行", "中国农业银行", "中国银行",
    "中国工商银行", "股份有限公司", "兰州市", "城关", "七里河", "安宁", "西固", "支行", "分行",
    "支付宝（中国）网络技术有限公司",
    "财付通支付科技有限公司", "微信支付", "网络科技", "商贸", "有限公司",
)  # fmt: skip
_WORDS: Final = (
    "冒充客服退款", "刷单返利", "虚假投资理财", "冒充公检法", "冒充领导熟人", "虚假贷款", "网络购物",
    "被骗", "诈骗", "嫌疑人", "受害人", "报案人", "转账", "汇款", "要求", "账户", "资金", "紧急止付",
    "电信网络", "涉嫌", "派出所", "公安局", "分局", "市反诈中心", "甘肃省兰州市公安局城关分局",
)  # fmt: skip
_KEYS: Final = (
    '"shutdown","intercept","freeze","second_stop","stop","online_bank","mobile_bank","quick_pay","scan","cash","atm"',
    '"victim.address":"","remark":"', '"transfer":"0198', '"order_number":"', '"serial":"', '"second_officer":"',
    '"accepted_at":"2026-11-24T0', '"amount_fen":', ',"case":"0198', '","case_number":"C', '","channel":"mobile_bank',
    '","issued_at":"2026-', '","issued_by":"0', '","kind":"stop","number":"', '","operator_name":"', '","order":"0198',
    '","payee.account":"62', '","payee.bank":"中国', '","payee.name":"', '","payer.account":"62',
    '","payer.bank":"中国',
    '","payer.name":"', '","reason":"', '","serial":"', '","transfer":"0198', '","transfer_time":"2026-', ":00.000Z",
    '","type":"T0', '","unit_code":"6201', '","unit_name":"', '派出所","victim.id_number":"62010', '","victim.name":"',
    '","victim.phone":"13',
)  # fmt: skip

DICTIONARY: Final = "".join((*_BANKS, *_WORDS, *_KEYS)).encode("gb18030")


def pack(payload: Mapping[str, Json]) -> bytes:
    """The packed form."""
    text = canonical(payload).decode("utf-8").encode(_CODEC)
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, DICTIONARY)
    return squeezer.compress(text) + squeezer.flush()


def unpack(packed: bytes, most: int) -> dict[str, Json]:
    """What was packed, at most ``most`` octets of it; else ``TrustError("slip.damaged")``."""
    opener = zlib.decompressobj(-15, DICTIONARY)
    try:
        text = opener.decompress(packed, most)
        whole = opener.eof and not opener.unused_data
        payload = parse(text.decode(_CODEC).encode("utf-8")) if whole else None
    except (zlib.error, UnicodeError, TrustError, json.JSONDecodeError):
        payload = None
    if not isinstance(payload, dict):
        raise TrustError("slip.damaged")
    return payload


@dataclass(frozen=True, slots=True)
class OpenSlip:
    """An unsealed slip. It says who sent it; only :meth:`verified` gives out what it says."""

    device: DeviceId
    _signature: bytes = field(repr=False)
    _packed: bytes = field(repr=False)
    _opened_by: AgeIdentity = field(repr=False)
    _single: bool = field(repr=False)

    def verified(self, raw_public_key: bytes) -> tuple[dict[str, Json], ...]:
        """The orders, if the holder of this key signed them; ``TrustError`` slip.signature or slip.damaged."""
        signed = _signed(self._opened_by.recipient, self._packed, single=self._single)
        try:
            Ed25519PublicKey.from_public_bytes(raw_public_key).verify(self._signature, signed)
        except (InvalidSignature, ValueError):
            raise TrustError("slip.signature") from None
        if device_id(raw_public_key) != self.device:
            raise TrustError("slip.signature")
        if self._single:
            return (unpack(self._packed, _MOST_ONE),)
        return _orders(unpack(self._packed, _MOST_SEVERAL))


def seal_slip(
    payload: Mapping[str, Json], keys: DeviceKeys, centre_recipient: str, *, limit: int = MAX_SIZE
) -> bytes:
    """The slip of one order, at most ``limit`` octets.

    A reason that is too long is shortened as little as needed, the cut marked with an ellipsis; nothing else ever is.
    ``UserInputError`` slip.too_long when that does not suffice: :func:`seal_orders` carries it whole.
    """
    recipient = AgeRecipient.from_text(centre_recipient)
    room = limit - _HEAD - sealed_size(_DEVICE + _SIGNATURE, 1)
    body = _sealed(_fitted(payload, room), keys, recipient, single=True)
    return _head(body) + body


def seal_orders(
    payloads: Sequence[Mapping[str, Json]], keys: DeviceKeys, centre_recipient: str
) -> bytes:
    """The slip of any number of orders, of any length, for several codes."""
    listed: list[Json] = [dict(payload) for payload in payloads]
    packed = pack({_ORDERS: listed})
    return _sealed(packed, keys, AgeRecipient.from_text(centre_recipient), single=False)


def check_single(data: bytes) -> None:
    """Raise ``TrustError("slip.damaged")`` unless the octets behind ``FZ1`` are those that were written."""
    if data[:_HEAD] != _head(data[_HEAD:]):
        raise TrustError("slip.damaged")


def open_slip(data: bytes, identities: Sequence[AgeIdentity]) -> OpenSlip:
    """Unseal a whole slip.

    ``TrustError``: slip.damaged, slip.not_for_us.
    """
    single = data.startswith(_MAGIC)
    if single:
        check_single(data)
    body = data[_HEAD:] if single else data
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
        return OpenSlip(spell(plain[:_DEVICE]), signature, packed, identity, single)
    raise TrustError("slip.not_for_us")


def _sealed(packed: bytes, keys: DeviceKeys, recipient: AgeRecipient, *, single: bool) -> bytes:
    signature = keys.signing.sign(_signed(recipient, packed, single=single))
    sink = io.BytesIO()
    with AgeWriter(sink, (recipient,)) as writer:
        writer.write(short_digest(keys.public_raw) + signature + packed)
    return sink.getvalue()


def _head(body: bytes) -> bytes:
    part_of = b"\x01\x01"
    return (
        _MAGIC + hashlib.sha256(body).digest()[:4] + part_of + zlib.crc32(body).to_bytes(4, "big")
    )


def _signed(recipient: AgeRecipient, packed: bytes, *, single: bool) -> bytes:
    return (_ONE if single else _SEVERAL) + recipient.raw + packed


def _orders(payload: Mapping[str, Json]) -> tuple[dict[str, Json], ...]:
    listed = payload.get(_ORDERS)
    if not isinstance(listed, list) or not listed:
        raise TrustError("slip.damaged")
    orders = tuple(order for order in listed if isinstance(order, dict))
    if len(orders) != len(listed):
        raise TrustError("slip.damaged")
    return orders


def _fitted(payload: Mapping[str, Json], room: int) -> bytes:
    """``payload`` packed into ``room`` octets, its reason shortened where it must be."""
    packed = pack(payload)
    full = payload.get(CUT_FIRST)
    if len(packed) > room and isinstance(full, str):
        packed = _with_cut_reason(dict(payload), full, room)
    if len(packed) > room:
        raise UserInputError("slip.too_long")
    return packed


def _with_cut_reason(payload: dict[str, Json], full: str, room: int) -> bytes:
    """With the longest beginning of the reason that fits; the shortest where none does."""

    def cut(length: int) -> bytes:
        return pack({**payload, CUT_FIRST: full[:length] + _ELLIPSIS})

    least, most = CUT_TO, max(len(full) - 1, CUT_TO)
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if len(cut(middle)) <= room else (least, middle - 1)
    return cut(least)
