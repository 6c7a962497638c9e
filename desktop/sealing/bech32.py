"""Bech32 (BIP 173) without its 90-character limit: how age writes keys (C2SP age, "Bech32")."""

from __future__ import annotations

from typing import Final

_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES: Final = {character: value for value, character in enumerate(_ALPHABET)}
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH: Final = 6
_MAX_LENGTH: Final = 200


def encode(prefix: str, data: bytes) -> str:
    """``data`` under the human-readable ``prefix``, lower case."""
    five = _regroup(data, 8, 5, pad=True)
    residue = _polymod(_expand(prefix) + five + [0] * _CHECKSUM_LENGTH) ^ 1
    checksum = [(residue >> 5 * (5 - index)) & 31 for index in range(_CHECKSUM_LENGTH)]
    return prefix + "1" + "".join(_ALPHABET[value] for value in five + checksum)


def decode(text: str) -> tuple[str, bytes]:
    """The lower-case prefix and the data of ``text``; ``ValueError`` when it is not bech32."""
    if len(text) > _MAX_LENGTH or text not in (text.lower(), text.upper()):
        raise ValueError("bech32: too long or mixed case")
    prefix, separator, body = text.lower().rpartition("1")
    if not separator or not prefix or len(body) < _CHECKSUM_LENGTH:
        raise ValueError("bech32: no prefix or too short")
    try:
        five = [_VALUES[character] for character in body]
    except KeyError:
        raise ValueError("bech32: foreign character") from None
    if _polymod(_expand(prefix) + five) != 1:
        raise ValueError("bech32: checksum")
    return prefix, bytes(_regroup(five[:-_CHECKSUM_LENGTH], 5, 8, pad=False))


def _expand(prefix: str) -> list[int]:
    codes = [ord(character) for character in prefix]
    return [code >> 5 for code in codes] + [0] + [code & 31 for code in codes]


def _polymod(values: list[int]) -> int:
    residue = 1
    for value in values:
        top = residue >> 25
        residue = (residue & 0x1FFFFFF) << 5 ^ value
        for bit, factor in enumerate(_GENERATOR):
            if top >> bit & 1:
                residue ^= factor
    return residue


def _regroup(values: bytes | list[int], old: int, new: int, *, pad: bool) -> list[int]:
    """Bits in groups of ``old`` as groups of ``new``; leftover bits must be zero padding."""
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
