"""Bech32 and bech32m (BIP 173, BIP 350): Bitcoin addresses, and the keys of age, which have no 90-character limit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

BECH32: Final = 1
BECH32M: Final = 0x2BC830A3

_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES: Final = {sign: value for value, sign in enumerate(_ALPHABET)}
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM: Final = 6
_LONGEST: Final = 90
_LONGEST_KEY: Final = 200


def encode(prefix: str, data: bytes) -> str:
    """``data`` as bech32 under the human-readable ``prefix``, lower case."""
    five = regroup(data, 8, 5, pad=True)
    residue = _polymod([*_expand(prefix), *five, *[0] * _CHECKSUM]) ^ BECH32
    checksum = [residue >> 5 * (5 - index) & 31 for index in range(_CHECKSUM)]
    return prefix + "1" + "".join(_ALPHABET[value] for value in five + checksum)


def decode(text: str) -> tuple[str, bytes]:
    """The lower-case prefix and the data of an age key; ``ValueError`` when it is not bech32."""
    prefix, five, constant = split(text, longest=_LONGEST_KEY)
    if constant != BECH32:
        raise ValueError("bech32: checksum")
    return prefix, bytes(regroup(five, 5, 8, pad=False))


def split(text: str, *, longest: int = _LONGEST) -> tuple[str, list[int], int]:
    """Lower-case prefix, five-bit values without checksum, and which constant fits, ``BECH32`` or
    ``BECH32M``; ``ValueError`` when neither does, or the text breaks the rules."""
    if len(text) > longest or text not in (text.lower(), text.upper()):
        raise ValueError("bech32: too long or mixed case")
    prefix, separator, body = text.lower().rpartition("1")
    if not separator or not prefix or len(body) < _CHECKSUM:
        raise ValueError("bech32: no prefix or too short")
    if any(not 33 <= ord(sign) <= 126 for sign in prefix) or not _VALUES.keys() >= set(body):
        raise ValueError("bech32: foreign character")
    values = [_VALUES[sign] for sign in body]
    constant = _polymod([*_expand(prefix), *values])
    if constant not in (BECH32, BECH32M):
        raise ValueError("bech32: checksum")
    return prefix, values[:-_CHECKSUM], constant


def regroup(values: Iterable[int], old: int, new: int, *, pad: bool) -> list[int]:
    """Bits in groups of ``old`` as groups of ``new``; ``ValueError`` unless leftover bits are zero padding."""
    pool, bits, out = 0, 0, []
    for value in values:
        pool = (pool << old | value) & 0xFFFF
        bits += old
        while bits >= new:
            bits -= new
            out.append(pool >> bits & ((1 << new) - 1))
    rest = pool & ((1 << bits) - 1)
    if pad and bits:
        out.append(rest << (new - bits))
    elif not pad and (bits >= old or rest):
        raise ValueError("bech32: padding is not zero")
    return out


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
