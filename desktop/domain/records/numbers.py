"""Local numbers people read aloud. They carry the device letter and never look like an official number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

_SERIAL: Final = re.compile(r"[A-Z](\d{1,6})")
"""What follows the case's number in an order's: the kind's letter and the serial."""
_DIGITS: Final = 9
"""Of the longest serial. What another device wrote may be longer than a computer counts."""


def serial_in(digits: str) -> int:
    """The serial that ``digits`` write; 0 where they write none."""
    plain = digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS
    return int(digits) if plain else 0


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


def order_number(case: str, letter: str, kind: str, taken: Iterable[str]) -> str:
    """``1124-A-0017-Z1``, ``…-D2``: an order within its case; ``止1`` would read badly over a telephone.

    ``case`` is the short number of the case, ``letter`` that of this device, ``kind`` the letter of the kind. Another
    device than the case's own names itself (``…-BZ1``), so each counts on without asking the others. Serials run
    over all kinds; ``taken`` are the numbers given in this case so far. Official numbers hold no hyphen.
    """
    own = case.split("-")[1:2] == [letter]
    start = f"{case}-" if own else f"{case}-{letter}"
    serials = (_SERIAL.fullmatch(number.removeprefix(start)) for number in taken)
    last = max((int(found.group(1)) for found in serials if found), default=0)
    return f"{start}{kind}{last + 1}"


def bundle_number(letter: str, serial: int) -> str:
    """``A-000213``: device letter and running number."""
    return f"{letter}-{serial:06d}"


def batches_of(letter: str, day: date) -> str:
    """How the numbers of a day's packs begin."""
    return f"{day:%m%d}-{letter}-P"


def batch_number(letter: str, day: date, taken: Iterable[str]) -> str:
    """``1126-C-P03``: the centre's packs of orders to institutions, counted anew each day; ``taken`` are those given
    so far. Official numbers hold no hyphen."""
    start = batches_of(letter, day)
    serials = (serial_in(n.removeprefix(start)) for n in taken if n.startswith(start))
    return f"{start}{max(serials, default=0) + 1:02d}"
