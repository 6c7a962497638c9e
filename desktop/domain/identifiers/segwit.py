"""Bech32 and bech32m addresses of Bitcoin (BIP 173, BIP 350)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES: Final = {sign: value for value, sign in enumerate(_ALPHABET)}
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32: Final = 1
_BECH32M: Final = 0x2BC830A3
_CHECKSUM: Final = 6
_LONGEST: Final = 90


def decode_bech32(text: str) -> tuple[str, list[int], int] | None:
    """Human-readable part, five-bit values without checksum, and which constant fits (1: bech32, else
    bech32m); None when neither does, or the text breaks the rules."""
    if len(text) > _LONGEST or text not in (text.lower(), text.upper()):
        return None
    prefix, separator, body = text.lower().rpartition("1")
    if not separator or not prefix or len(body) < _CHECKSUM:
        return None
    if any(not 33 <= ord(sign) <= 126 for sign in prefix) or any(
        sign not in _VALUES for sign in body
    ):
        return None
    values = [_VALUES[sign] for sign in body]
    constant = _polymod([*_expand(prefix), *values])
    if constant not in (_BECH32, _BECH32M):
        return None
    return prefix, values[:-_CHECKSUM], constant


def segwit_program(text: str) -> tuple[str, int, bytes] | None:
    """Human-readable part, witness version and program of an address; None when it is not one."""
    decoded = decode_bech32(text)
    if decoded is None or not decoded[1]:
        return None
    prefix, (version, *rest), constant = decoded
    program = _to_bytes(rest)
    if program is None or version > 16 or not 2 <= len(program) <= 40:
        return None
    if version == 0 and len(program) not in (20, 32):
        return None
    if constant != (_BECH32 if version == 0 else _BECH32M):
        return None
    return prefix, version, program


def _expand(prefix: str) -> list[int]:
    codes = [ord(sign) for sign in prefix]
    return [code >> 5 for code in codes] + [0] + [code & 31 for code in codes]


def _polymod(values: Iterable[int]) -> int:
    residue = 1
    for value in values:
        top = residue >> 25
        residue = (residue & 0x1FFFFFF) << 5 ^ value
        for bit, factor in enumerate(_GENERATOR):
            if top >> bit & 1:
                residue ^= factor
    return residue


def _to_bytes(values: list[int]) -> bytes | None:
    """Groups of five bits as bytes; None unless what is left over is less than a group of zeros."""
    number = 0
    for value in values:
        number = number << 5 | value
    spare = len(values) * 5 % 8
    if spare > 4 or number & (1 << spare) - 1:
        return None
    return (number >> spare).to_bytes(len(values) * 5 // 8, "big")
