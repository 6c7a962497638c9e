"""Banks and accounts abroad: SWIFT codes (BIC, ISO 9362) and IBAN (ISO 13616)."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.plain import raised_digits
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result

_SWIFT: Final = re.compile(r"[A-Z]{4}[A-Z]{2}[0-9A-Z]{2}(?:[0-9A-Z]{3})?")
_SWIFT_LENGTHS: Final = frozenset({8, 11})
_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")
_IBAN_LENGTHS: Final = range(15, 35)
_TEST: Final = "0"
"""The eighth sign of a code that is for trials alone."""


@reads(raised_digits)
def check_swift(kind: str, value: str, code: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """8 or 11 signs: bank (4 letters), country (2 letters), place (2), branch (3). Fact ``country``."""
    if not code.isascii() or not code.isalnum():
        return result(kind, value, code, invalid=("characters",))
    if len(code) not in _SWIFT_LENGTHS:
        return result(kind, value, code, invalid=("length",))
    if not _SWIFT.fullmatch(code):
        return result(kind, value, code, invalid=("characters",))
    warn = ("form_unknown",) if code[7] == _TEST else ()
    return result(kind, value, code, warn=warn, facts={"country": code[4:6]})


@reads(raised_digits)
def check_iban(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """15–34 signs: country, two check digits (ISO 7064 MOD 97-10), the account. Fact ``country``."""
    if not number.isascii() or not number.isalnum():
        return result(kind, value, number, invalid=("characters",))
    if len(number) not in _IBAN_LENGTHS:
        return result(kind, value, number, invalid=("length",))
    if not _IBAN.fullmatch(number):
        return result(kind, value, number, invalid=("characters",))
    facts = {"country": number[:2]}
    moved = number[4:] + number[:4]
    if int("".join(str(int(sign, 36)) for sign in moved)) % 97 != 1:
        return result(kind, value, number, invalid=("checksum",), facts=facts)
    return result(kind, value, number, facts=facts)
