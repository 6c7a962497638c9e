"""Numbers of accounts that a spreadsheet took for sums and rounded."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_POWER: Final = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2}")
_EXACT_DIGITS: Final = 15
_LONG: Final = 18


def damaged(text: str) -> bool:
    """Whether a spreadsheet turned an identifier into a rounded number: ``6.22202E+18``."""
    return (
        not text.isdecimal()
        and _POWER.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None
    )


def zeroed(account: str) -> bool:
    """Whether all digits of an account behind the fifteenth are noughts, as spreadsheets leave them."""
    return len(account) >= _LONG and account.isdecimal() and not account[_EXACT_DIGITS:].strip("0")


def believed(account: str) -> str:
    """What is known of an account: of a rounded one its first fourteen digits, for the fifteenth may have been
    rounded up, and stars for the others; where the fifteenth is a nought, what was rounded up is a digit before it. ""
    where next to nothing is left."""
    if damaged(account):
        return ""
    if not zeroed(account):
        return account
    shown = account[:_EXACT_DIGITS]
    known = len(shown.rstrip("0")) - 1
    return account[:known] + "*" * (len(account) - known)
