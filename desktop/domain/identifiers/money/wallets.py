"""Addresses and transactions on public chains."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from desktop.domain.identifiers.money import bech32
from desktop.domain.identifiers.plain import packed
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result

_BASE58_FORMS: Final = {0x00: "p2pkh", 0x05: "p2sh", 0x6F: "testnet", 0xC4: "testnet"}
_SEGWIT: Final = re.compile(r"(?:bc|tb|bcrt)1", re.IGNORECASE)
_TRON: Final = 0x41
_HEX_ADDRESS: Final = re.compile(r"(?:0x)?([0-9a-f]{40})", re.IGNORECASE)
_TRON_HEX: Final = re.compile(r"(?:0x)?(41[0-9a-f]{40})", re.IGNORECASE)
_HASH: Final = re.compile(r"(?:0x)?([0-9a-f]{64})", re.IGNORECASE)


_ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES: Final = {sign: value for value, sign in enumerate(_ALPHABET)}
_CHECKSUM: Final = 4


_MASK: Final = (1 << 64) - 1
_RATE: Final = 136
_LANES: Final = 25


def segwit_program(text: str) -> tuple[str, int, bytes] | None:
    """Human-readable part, witness version and program of an address; None when it is not one."""
    try:
        prefix, values, constant = bech32.split(text)
        program = bytes(bech32.regroup(values[1:], 5, 8, pad=False))
    except ValueError:
        return None
    if not values or values[0] > 16 or not 2 <= len(program) <= 40:
        return None
    version = values[0]
    if version == 0 and len(program) not in (20, 32):
        return None
    if constant != (bech32.BECH32 if version == 0 else bech32.BECH32M):
        return None
    return prefix, version, program


def _round_constants() -> tuple[int, ...]:
    """The 24 constants, from the shift register of the specification (x^8 + x^6 + x^5 + x^4 + 1)."""
    register, constants = 1, []
    for _ in range(24):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << (1 << power) - 1
            register <<= 1
            if register & 0x100:
                register ^= 0x171
        constants.append(constant)
    return tuple(constants)


def _steps() -> tuple[tuple[int, int], ...]:
    """Lane and rotation, in the order in which rho and pi walk."""
    x, y, steps = 1, 0, []
    for turn in range(24):
        x, y = y, (2 * x + 3 * y) % 5
        steps.append((x + 5 * y, (turn + 1) * (turn + 2) // 2 % 64))
    return tuple(steps)


_CONSTANTS: Final = _round_constants()
_STEPS: Final = _steps()


def keccak_256(data: bytes) -> bytes:
    """The digest, 32 bytes."""
    return _sponge(data, 0x01)


def _sponge(data: bytes, domain: int) -> bytes:
    """Absorb and squeeze; ``domain`` is the byte after the data (0x06 would give SHA3-256)."""
    padded = bytearray(data + bytes(_RATE - len(data) % _RATE))
    padded[len(data)] ^= domain
    padded[-1] ^= 0x80
    lanes = [0] * _LANES
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            word = padded[start + 8 * lane : start + 8 * lane + 8]
            lanes[lane] ^= int.from_bytes(word, "little")
        _permute(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def _permute(lanes: list[int]) -> None:
    for constant in _CONSTANTS:
        columns = [
            lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20]
            for x in range(5)
        ]
        for x in range(5):
            mixed = columns[x - 1] ^ _rotated(columns[(x + 1) % 5], 1)
            for y in range(0, _LANES, 5):
                lanes[x + y] ^= mixed
        carried = lanes[1]
        for lane, turn in _STEPS:
            lanes[lane], carried = _rotated(carried, turn), lanes[lane]
        for y in range(0, _LANES, 5):
            row = lanes[y : y + 5]
            for x in range(5):
                lanes[x + y] = row[x] ^ (~row[(x + 1) % 5] & _MASK & row[(x + 2) % 5])
        lanes[0] ^= constant


def _rotated(lane: int, turn: int) -> int:
    return (lane << turn | lane >> 64 - turn) & _MASK


class Base58AlphabetError(ValueError):
    """A character that is not in the alphabet (0, O, I and l never are)."""


class Base58ChecksumError(ValueError):
    """The four bytes at the end do not fit the rest."""


def decode_check(text: str) -> bytes:
    """The payload: version byte and what follows, without the checksum."""
    number = 0
    for sign in text:
        value = _VALUES.get(sign)
        if value is None:
            raise Base58AlphabetError
        number = number * 58 + value
    zeros = len(text) - len(text.lstrip("1"))
    raw = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    payload, checksum = raw[:-_CHECKSUM], raw[-_CHECKSUM:]
    if len(raw) <= _CHECKSUM or _checksum(payload) != checksum:
        raise Base58ChecksumError
    return payload


def encode_check(payload: bytes) -> str:
    """``payload`` and its checksum in base 58."""
    raw = payload + _checksum(payload)
    number = int.from_bytes(raw, "big")
    signs = ""
    while number:
        number, rest = divmod(number, 58)
        signs = _ALPHABET[rest] + signs
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + signs


def _checksum(payload: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:_CHECKSUM]


@reads(lambda text: packed(text).removeprefix("bitcoin:").partition("?")[0])
def check_btc(kind: str, value: str, text: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """Base58Check (``1…``, ``3…``), bech32 (``bc1q…``) or bech32m (``bc1p…``). Fact ``form``."""
    if _SEGWIT.match(text):
        return _segwit(kind, value, text)
    try:
        payload = decode_check(text)
    except Base58AlphabetError:
        return result(kind, value, text, invalid=("characters",))
    except Base58ChecksumError:
        return result(kind, value, text, invalid=("checksum",))
    form = _BASE58_FORMS.get(payload[0])
    if form is None or len(payload) != 21:
        return result(kind, value, text, invalid=("prefix",))
    warn = ("testnet",) if form == "testnet" else ()
    return result(kind, value, text, warn=warn, facts={"form": form})


def _segwit(kind: str, value: str, text: str) -> IdentifierCheck:
    found = segwit_program(text)
    if found is None:
        return result(kind, value, text, invalid=("checksum",))
    prefix, version, program = found
    forms = {(0, 20): "p2wpkh", (0, 32): "p2wsh", (1, 32): "p2tr"}
    facts = {"form": forms.get((version, len(program)), "witness")}
    warn = () if prefix == "bc" else ("testnet",)
    return result(kind, value, text.lower(), warn=warn, facts=facts)


def eip55(address: str) -> str:
    """40 hex digits in the mixed case that carries a checksum (EIP-55), with ``0x``."""
    lower = address.lower()
    digest = keccak_256(lower.encode("ascii")).hex()
    return "0x" + "".join(
        sign.upper() if int(nibble, 16) > 7 else sign
        for sign, nibble in zip(lower, digest, strict=False)
    )


@reads(packed)
def check_eth(kind: str, value: str, text: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """``0x`` + 40 hex digits, also of BSC and other chains of the same form. Mixed case must be EIP-55.

    The normal form is EIP-55. Fact ``case`` = ``unchecked``: one case throughout, no checksum to compare.
    """
    match = _HEX_ADDRESS.fullmatch(text)
    if match is None:
        return result(kind, value, text, invalid=(_hex_problem(text),))
    address = match.group(1)
    normal = eip55(address)
    if address in (address.lower(), address.upper()):
        warn = ("repeated",) if len(set(address)) == 1 else ()
        return result(kind, value, normal, warn=warn, facts={"case": "unchecked"})
    invalid = () if f"0x{address}" == normal else ("checksum",)
    return result(kind, value, normal, invalid=invalid)


def _hex_problem(text: str) -> str:
    digits = text.lower().removeprefix("0x")
    return "length" if re.fullmatch(r"[0-9a-f]+", digits) else "characters"


@reads(packed)
def check_tron(kind: str, value: str, text: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """``T`` + 33 characters in Base58Check, version 0x41. The node's hex form (``41…``) becomes that."""
    raw = _TRON_HEX.fullmatch(text)
    if raw:
        normal = encode_check(bytes.fromhex(raw.group(1)))
        return result(kind, value, normal, facts={"form": "hex"})
    try:
        payload = decode_check(text)
    except Base58AlphabetError:
        return result(kind, value, text, invalid=("characters",))
    except Base58ChecksumError:
        return result(kind, value, text, invalid=("checksum",))
    if payload[0] != _TRON or len(payload) != 21:
        return result(kind, value, text, invalid=("prefix",))
    return result(kind, value, text)


@reads(packed)
def check_tx_hash(kind: str, value: str, text: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """64 hex digits; the normal form is lower case without ``0x``. The chain must be told beside it."""
    match = _HASH.fullmatch(text)
    if match is None:
        return result(kind, value, text, invalid=(_hex_problem(text),))
    normal = match.group(1).lower()
    return result(kind, value, normal, warn=("repeated",) if len(set(normal)) == 1 else ())
