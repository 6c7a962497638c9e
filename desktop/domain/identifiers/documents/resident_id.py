"""居民身份证号: 18 digits of GB 11643-1999, and the 15 digits before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from desktop.domain.identifiers.plain import is_digits, raised_digits
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_OLDEST: Final = 125
_CLOCK_SLACK: Final = timedelta(days=1)
"""By which the clock of this computer may be behind; whoever is born after that is not born yet."""
_PROVINCE: Final = re.compile("9?(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])")
"""How every division of GB/T 2260 there ever was begins, the permits of residence, and behind a 9 the place that issued
外国人永久居留身份证 (since 2023): a county may be missing from the tables, a province that never was is not a matter of
tables."""
_REGIONS: Final = {"81": "hong_kong", "82": "macau", "83": "taiwan"}
"""港澳台居民居住证 carries a resident id number with these regions instead of a division."""


def resident_check_digit(body: str) -> str:
    """The last character for the 17 digits ``body`` (ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return _CHECKS[total % 11]


def birth_date(number: str) -> date | None:
    """The birth date in an 18-character number; None when the calendar has no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def age_at(birth: date, on: date) -> int:
    """Full years on a day; one born on 29 February has the birthday on 1 March in common years."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


@reads(raised_digits)
def check_resident_id(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:
    """Length, alphabet, calendar and check digit decide; place and age only advise.

    Facts: ``birth``, ``age`` today, ``sex`` (``male``/``female``), ``place``, ``place_state``
    (``abolished``: the code was given up, cards with it live on), ``region``, ``document``.
    """
    if len(number) == 15 and is_digits(number):
        return _old(kind, value, number, context)
    if len(number) != 18:
        return result(kind, value, number, invalid=("length",))
    if not is_digits(number[:17]) or number[17] not in "0123456789X":
        return result(kind, value, number, invalid=("characters",))
    birth = birth_date(number)
    invalid = tuple(_faults(number, birth, context.today))
    warn, facts = _read(number, birth, context)
    return result(kind, value, number, invalid=invalid, warn=warn, facts=facts)


def _faults(number: str, birth: date | None, today: date) -> Iterator[str]:
    if birth is None:
        yield "birth_date"
    elif birth > today + _CLOCK_SLACK:
        yield "birth_future"
    if resident_check_digit(number[:17]) != number[17]:
        yield "checksum"
    if not _PROVINCE.match(number):
        yield "place_unknown"


def _old(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:
    """15 digits: two-digit year, no check digit. The normal form is the 18-character number."""
    body = f"{number[:6]}19{number[6:]}"
    normal = body + resident_check_digit(body)
    birth = birth_date(normal)
    if birth is None or not _PROVINCE.match(number):
        problem = "birth_date" if birth is None else "place_unknown"
        return result(kind, value, number, invalid=(problem,))
    warn, facts = _read(normal, birth, context)
    return result(kind, value, normal, warn=("old_form", *warn), facts=facts)


def _read(
    number: str, birth: date | None, context: CheckContext
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Warnings and facts of 18 characters."""
    warn, facts = _place(number[:6], context)
    facts["sex"] = "male" if int(number[16]) % 2 else "female"
    if birth is None:
        return warn, facts
    facts["birth"] = birth.isoformat()
    age = age_at(birth, context.today)
    if age < 0:
        return warn, facts
    facts["age"] = str(age)
    return ((*warn, "age") if age > _OLDEST else warn), facts


def _place(code: str, context: CheckContext) -> tuple[tuple[str, ...], dict[str, str]]:
    if code[0] == "9":
        # 外国人永久居留身份证, since 2023: 9, province, country of three digits; same birth and check digits.
        return (), {"document": "foreign_pr"}
    if code[:2] in _REGIONS and code[2:] == "0000":
        return (), {"region": _REGIONS[code[:2]], "document": "residence_permit"}
    division = context.directories.division(code)
    if division is None:
        return ("place_unknown",) if _PROVINCE.match(code) else (), {}
    state = "abolished" if division.abolished else ""
    return (), {"place": division.name, "place_state": state}
