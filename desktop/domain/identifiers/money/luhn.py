"""The check digit of cards and handsets (ISO/IEC 7812-1 annex B)."""

from __future__ import annotations

from typing import Final

_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn_valid(number: str) -> bool:
    """Whether the last digit of ``number`` fits the others. Catches every single wrong digit."""
    return _remainder(number) == 0


def luhn_digit(body: str) -> str:
    """The digit that makes ``body`` + digit valid."""
    return str(-_remainder(f"{body}0") % 10)


def _remainder(number: str) -> int:
    total = sum(
        _DOUBLED[int(digit)] if place % 2 else int(digit)
        for place, digit in enumerate(reversed(number))
    )
    return total % 10
