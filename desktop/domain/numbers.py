"""Local numbers people read aloud. They carry the device letter and never look like an official number."""

from __future__ import annotations

from datetime import date


def case_number(unit_code: str, day: date, letter: str, serial: int) -> str:
    """``620102540000-20261124-A-0017``: unit, day, device letter, serial of that device and day.

    The letter makes the numbers of two desks of one station differ without asking each other. Official case
    numbers (``A`` + 22 digits) never contain a hyphen.
    """
    return f"{unit_code}-{day:%Y%m%d}-{letter}-{serial:04d}"


def short_case_number(number: str) -> str:
    """``1124-A-0017``, as shown on cards."""
    parts = number.split("-")
    return "-".join((parts[1][4:], *parts[2:])) if len(parts) == 4 else number


def order_number(case: str, serial: int) -> str:
    """``1124-A-0017-止1`` reads badly over a telephone; orders are ``…-Z1``, ``…-Z2`` within their case."""
    return f"{case}-Z{serial}"


def bundle_number(letter: str, serial: int) -> str:
    """``A-000213``: device letter and running number."""
    return f"{letter}-{serial:06d}"
