"""A number of which a receipt shows only some digits: what is known, and what it may be.

Receipts blot in three ways: a star for every digit (``6222 02** **** **** 123``), a fixed run of stars for any
number of digits (``6222****1234``), or the last digits alone (``尾号 1234``). Only the visible digits are certain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import Final

from desktop.domain.identifiers.labels import number_of, unlabelled
from desktop.domain.identifiers.money.cards import CARD_LENGTHS
from desktop.domain.identifiers.money.luhn import luhn_valid
from desktop.domain.identifiers.plain import clean, is_digits, masked, raised
from desktop.domain.reference.directories import Directories

LONGEST: Final = 64
"""Characters of the longest masked number; a line of stars longer than this is something else."""
SHORTEST_PREFIX: Final = 6
"""Visible first digits below which an issuer would be a mere guess."""
_TAIL: Final = re.compile(
    r"(?:账号|卡号|帐号)?(?:尾号|末[三四五六3456]?位|后[三四五六3456]位)(?:为|是|:)?([0-9]{3,8})"
)
_SHAPE: Final = re.compile(r"[0-9*]*\*[0-9*]*X?")
_BARE_TAIL: Final = 4
_MOBILE: Final = re.compile(r"1[3-9][0-9]?\*")
_MOBILE_LENGTH: Final = 11
_RESIDENT_LENGTH: Final = 18
_MOST_MISSING: Final = 2
"""More missing digits than this have hundreds of readings that fit the check digit: no help to anybody."""


@dataclass(frozen=True, slots=True)
class MaskedNumber:
    """``pattern``: digits, and ``*`` for what is not seen; runs of stars stay as long as they were printed."""

    pattern: str

    @property
    def prefix(self) -> str:
        """The visible digits at the beginning."""
        return self.pattern.partition("*")[0]

    @property
    def suffix(self) -> str:
        """The visible digits at the end."""
        return self.pattern.rpartition("*")[2]

    @property
    def visible(self) -> int:
        """How many digits are seen."""
        return len(self.pattern) - self.pattern.count("*")

    @property
    def form(self) -> str:
        """``mobile``, ``resident_id`` or ``card`` by length; empty where the stars cannot be counted."""
        length = len(self.pattern)
        if length == _MOBILE_LENGTH and _MOBILE.match(self.pattern):
            return "mobile"
        if self.pattern.endswith("X"):
            return "resident_id" if length == _RESIDENT_LENGTH else ""
        return "card" if length in CARD_LENGTHS else ""

    def lengths(self, directories: Directories) -> tuple[int, ...]:
        """Possible lengths, shortest first: the issuer's, else the printed one; empty when neither is known."""
        if self.form in ("mobile", "resident_id"):
            return (len(self.pattern),)
        long_enough = len(self.prefix) >= SHORTEST_PREFIX
        issued = directories.card_lengths(self.prefix) if long_enough else ()
        possible = tuple(length for length in issued if length >= self.visible)
        if len(self.pattern) in possible:
            return (len(self.pattern),)
        if possible:
            return possible
        return (len(self.pattern),) if self.form else ()

    def fits(self, number: str) -> bool:
        """Whether ``number`` shows the same digits where this one shows any; runs of stars may stretch."""
        if len(number) <= self.visible:
            return False
        runs = [run for run in re.split(r"\*+", self.pattern) if run]
        at = 0
        for place, run in enumerate(runs):
            first = place == 0 and not self.pattern.startswith("*")
            found = 0 if first and number.startswith(run) else -1 if first else number.find(run, at)
            if found < 0:
                return False
            at = found + len(run)
        return self.pattern.endswith("*") or number.endswith(self.suffix)

    def completions(self) -> tuple[str, ...]:
        """Every card number with the right check digit, where the stars are counted and at most two are missing."""
        blots = self.pattern.count("*")
        if self.form != "card" or not 1 <= blots <= _MOST_MISSING:
            return ()
        shape = self.pattern.replace("*", "{}")
        filled = (shape.format(*digits) for digits in product("0123456789", repeat=blots))
        return tuple(number for number in filled if luhn_valid(number))


def read_masked(text: str) -> MaskedNumber | None:
    """The masked number ``text`` is, in any spelling; None when it is whole, or no number at all.

    Four digits alone are the last four (``尾号``): no account is that short.
    """
    if len(text) > 4 * LONGEST:
        return None
    number = masked(unlabelled(text, "masked_card"))
    tail = _tail_in(number)
    if tail:
        return MaskedNumber(f"*{tail}")
    pattern = _starred(number)
    if len(pattern) > LONGEST or not _SHAPE.fullmatch(pattern):
        return None
    return MaskedNumber(pattern) if any(sign != "*" for sign in pattern) else None


def tail_of(text: str) -> str:
    """The digits of ``尾号1234``, ``末四位 1234`` or ``1234`` alone; empty for anything else."""
    return _tail_in(masked(unlabelled(text, "masked_card")))


def _tail_in(number: str) -> str:
    if is_digits(number) and len(number) == _BARE_TAIL:
        return number
    match = _TAIL.fullmatch(number.strip("()"))
    return match.group(1) if match else ""


def starred(text: str) -> str:
    """Every usual blot as ``*``. Runs of X are blots too, but a single X behind stars ends a resident id."""
    return _starred(masked(text))


def _starred(blotted: str) -> str:
    number = raised(blotted)
    if "*" in number:
        return number
    return re.sub(r"X+", lambda run: "*" * len(run.group()), number)


def as_printed(number: str, earlier: str) -> str:
    """The number as a receipt shows it, when some of it is blotted out: what stands there now, else what stood there
    ``earlier``."""
    blotted, known = read_masked(number), read_masked(earlier)
    shown = blotted is not None and blotted != known
    return clean(unlabelled(number, "masked_card") if shown else earlier)


def group_account(text: str) -> str:
    """``6230 5200 1003 7788 994``: digits in fours from the left, as they are read aloud."""
    tail = tail_of(text)
    if tail:
        return f"*{tail}"
    number = number_of(text, "bank_account")
    if not number.isdigit():
        return text.strip()  # a masked number is read as it is printed
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))
