"""统一社会信用代码 (GB 32100-2015), with the organisation code of GB 11714 inside."""

from __future__ import annotations

from typing import Final

from desktop.domain.identifiers.plain import raised_digits
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result

_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""No I, O, S, V, Z: they look like digits."""

_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
_INNER: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_DEPARTMENTS: Final = frozenset("123456789ANY")


def uscc_check_digit(body: str) -> str:
    """The last character for the 17 characters ``body``."""
    total = sum(weight * _ALPHABET.index(sign) for weight, sign in zip(_WEIGHTS, body, strict=True))
    return _ALPHABET[-total % 31]


def organisation_check_digit(body: str) -> str:
    """The last character for the eight characters ``body`` of an organisation code (MOD 11)."""
    total = sum(weight * int(sign, 36) for weight, sign in zip(_INNER, body, strict=True))
    return "0123456789X"[-total % 11]


@reads(raised_digits)
def check_uscc(kind: str, value: str, code: str, context: CheckContext) -> IdentifierCheck:
    """Alphabet and check digit decide; the inner organisation code and the place advise.

    Facts: ``department`` (first character: who registered it), ``place``, ``organisation_code``.
    """
    if len(code) != 18:
        return result(kind, value, code, invalid=("length",))
    if any(sign not in _ALPHABET for sign in code):
        return result(kind, value, code, invalid=("characters",))
    invalid = () if uscc_check_digit(code[:17]) == code[17] else ("checksum",)
    warn = []
    if organisation_check_digit(code[8:16]) != code[16]:
        warn.append("organisation_code")
    division = context.directories.division(code[2:8])
    if division is None:
        warn.append("place_unknown")
    facts = {
        "department": code[0] if code[0] in _DEPARTMENTS else "",
        "place": division.name if division else "",
        "organisation_code": f"{code[8:16]}-{code[16]}",
    }
    return result(kind, value, code, invalid=invalid, warn=tuple(warn), facts=facts)
