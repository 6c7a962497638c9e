"""Typed, pasted and dictated text to the characters that count."""

from __future__ import annotations

import re
import string
import unicodedata
from typing import Final

_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−﹘"), "-")
_MASKS: Final = dict.fromkeys(map(ord, "•●∗✱○◦■□×"), "*")

_RAISE: Final = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)
_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs"})
"""Control, format and half characters (lone surrogates, from text cut in the middle)."""


def plain(text: str) -> str:
    """``text`` in compatibility form (full-width to half-width), dashes as ``-``, trimmed.

    Invisible characters go: zero-width spaces and direction marks travel with text copied from
    chats and make equal numbers differ.
    """
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES)
    kept = (
        sign for sign in folded if sign.isspace() or unicodedata.category(sign) not in _INVISIBLE
    )
    return unicodedata.normalize("NFKC", "".join(kept)).strip()


def packed(text: str) -> str:
    """:func:`plain` text without any space; what a space kept apart may then combine."""
    return unicodedata.normalize("NFKC", "".join(plain(text).split()))


def without(text: str, signs: str) -> str:
    """``text`` less every character of ``signs``; what they kept apart may then combine."""
    return unicodedata.normalize("NFKC", text.translate(dict.fromkeys(map(ord, signs))))


def digits_of(text: str) -> str:
    """:func:`packed` text without hyphens, as numbers are read aloud in groups."""
    return without(packed(text), "-")


def masked(text: str) -> str:
    """:func:`digits_of` with every usual blot (``•``, ``●``, ``×``, ``…``) written ``*``."""
    dotted = re.sub(r"\.{2,}", lambda run: "*" * len(run.group()), digits_of(text))
    return dotted.translate(_MASKS)


def raised(text: str) -> str:
    """Upper case of ASCII letters only: other letters would not survive the way back (``ß``, ``İ``)."""
    return unicodedata.normalize("NFKC", text.translate(_RAISE))


def lowered(text: str) -> str:
    """Lower case of ASCII letters only."""
    return unicodedata.normalize("NFKC", text.translate(_LOWER))


def is_digits(text: str) -> bool:
    """Only ASCII digits, and at least one."""
    return text.isascii() and text.isdigit()


def is_han(sign: str) -> bool:
    """Whether ``sign`` is a Chinese character of the common plane."""
    return "\u4e00" <= sign <= "\u9fff"
