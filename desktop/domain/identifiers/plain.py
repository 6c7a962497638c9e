"""Typed, pasted and dictated text to the characters that count."""

from __future__ import annotations

import re
import string
import unicodedata
from typing import Final

from desktop.domain.text.hidden_signs import without_hidden

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
    if text.isascii() and text.isprintable():
        return text.strip()  # nothing to fold: the numbers of hundreds of payments are read at once
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES)
    signs = (
        sign for sign in folded if sign.isspace() or unicodedata.category(sign) not in _INVISIBLE
    )
    return unicodedata.normalize("NFKC", "".join(signs)).strip()


def packed(text: str) -> str:
    """:func:`plain` text without any space; what a space kept apart may then combine."""
    joined = "".join(plain(text).split())
    return joined if joined.isascii() else unicodedata.normalize("NFKC", joined)


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


def raised_digits(text: str) -> str:
    """:func:`digits_of`, raised: a number that may have letters in it."""
    return raised(digits_of(text))


def is_digits(text: str) -> bool:
    """Only ASCII digits, and at least one."""
    return text.isascii() and text.isdigit()


def is_han(sign: str) -> bool:
    """Whether ``sign`` is a Chinese character of the common plane."""
    return "\u4e00" <= sign <= "\u9fff"


def clean_number(text: str) -> str:
    """A number as it will be compared and sent: half-width, no spaces, no hyphens, upper case.

    Cleaning what is clean changes nothing, so a case that is reopened and registered again says nothing new.
    """
    known, cleaned = "", raised_digits(clean(text))
    while (
        cleaned != known
    ):  # a spacing accent leaves a bare one, which then joins the letter before it
        known, cleaned = cleaned, raised_digits(cleaned)
    return cleaned


_LONE_SURROGATES: Final = re.compile("[\ud800-\udfff]")
"""Halves of a character that stand alone: no text, and nothing that can be written as UTF-8."""


def is_text(value: str) -> bool:
    """Whether ``value`` can be written down."""
    return not _LONE_SURROGATES.search(value)


def clean(text: str) -> str:
    """Words as they were typed, without outer spaces and signs nobody sees; rare characters and punctuation stay as
    they are. A NUL, which nobody types and no database keeps, becomes what it is shown as: reopening the case then
    changes nothing."""
    return without_hidden(_LONE_SURROGATES.sub("\ufffd", text).replace("\0", "\ufffd")).strip()
