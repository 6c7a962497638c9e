"""Which bank or payment institution to call, by what a person in a hurry types."""

from __future__ import annotations

from typing import Final

from desktop.domain.identifiers.plain import digits_of, is_digits, lowered, packed
from desktop.domain.reference.directories import Directories, Hotline
from desktop.domain.text.pinyin import spelled_by

_SHORTEST_BIN: Final = 3
_LONGEST_PHONE: Final = 12


def find_hotlines(directories: Directories, typed: str) -> tuple[Hotline, ...]:
    """By part of a name, by initials of its pinyin (``gsyh``, ``gh``), by the first digits of a card, or by a
    hotline itself; the best first, and all of them while nothing is typed.

    A card number leads to its issuer alone: the table says which one, so others would only mislead.
    """
    everything = directories.hotlines()
    text = lowered(packed(typed))
    if not text:
        return everything
    digits = digits_of(text).partition("*")[0]
    if is_digits(digits):
        return _by_digits(directories, everything, digits)
    whole = [item for item in everything if text in map(lowered, _names(item))]
    part = [item for item in everything if any(text in lowered(name) for name in _names(item))]
    letters = text.isascii() and text.isalpha()
    spelled = [
        item for item in everything if letters and any(spelled_by(n, text) for n in _names(item))
    ]
    return tuple(dict.fromkeys((*whole, *part, *spelled)))


def _names(item: Hotline) -> tuple[str, ...]:
    return (item.name, *item.aliases)


def _by_digits(
    directories: Directories, everything: tuple[Hotline, ...], digits: str
) -> tuple[Hotline, ...]:
    called = tuple(
        item
        for item in everything
        if len(digits) <= _LONGEST_PHONE
        and any(number.replace("-", "").startswith(digits) for number in item.numbers)
    )
    issuer = directories.card_issuer(digits) if len(digits) >= _SHORTEST_BIN else None
    bank = directories.hotline(issuer.bank) if issuer else None
    return tuple(dict.fromkeys((*called, *((bank,) if bank else ()))))
