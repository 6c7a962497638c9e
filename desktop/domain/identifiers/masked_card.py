"""Numbers somebody blotted out: ``622202******1234``, ``159****3321``."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.cards import CARD_LENGTHS, issuer_facts
from desktop.domain.identifiers.luhn import luhn_fill
from desktop.domain.identifiers.plain import is_digits, masked, raised
from desktop.domain.identifiers.result import Check, Context, result

_MOBILE: Final = re.compile(r"1[3-9][0-9]?\*")
_MOBILE_LENGTH: Final = 11
_BIN: Final = 6
_MASKED: Final = re.compile(r"([0-9]*)(\*+)([0-9]*X?)")


def check_masked_card(kind: str, value: str, context: Context) -> Check:
    """What is known of a masked number, to complete it or to find its kind again.

    Facts: ``prefix``, ``suffix``, ``missing`` (how many digits; absent when the blot does not tell), ``form``
    (``card``, ``mobile``, ``resident_id``), ``digit`` (the only possible one when a card lacks a single digit)
    and those of the issuer.
    """
    number = _starred(value)
    match = _MASKED.fullmatch(number)
    if match is None:
        problem = "not_masked" if is_digits(number) else "characters" if number else "empty"
        return result(kind, value, number, invalid=(problem,))
    prefix, blot, suffix = match.groups()
    if not prefix and not suffix:
        return result(kind, value, number, invalid=("nothing_known",))
    form = _form(number)
    facts = {"prefix": prefix, "suffix": suffix, "form": form}
    if not form:
        # Receipts print four stars for any number of digits: only the visible ends can be trusted.
        return result(kind, value, number, warn=("missing_unknown",), facts=facts)
    facts["missing"] = str(len(blot))
    if form == "card":
        facts |= _card_facts(number, prefix, blot, context)
    return result(kind, value, number, facts=facts)


def _starred(value: str) -> str:
    """Runs of X are blots, a single X behind stars ends a resident id."""
    number = raised(masked(value))
    if "*" in number:
        return number
    return re.sub(r"X+", lambda run: "*" * len(run.group()), number)


def _form(number: str) -> str:
    if len(number) == _MOBILE_LENGTH and _MOBILE.match(number):
        return "mobile"
    if number.endswith("X"):
        return "resident_id" if len(number) == 18 else ""
    return "card" if len(number) in CARD_LENGTHS else ""


def _card_facts(number: str, prefix: str, blot: str, context: Context) -> dict[str, str]:
    facts = {"length": str(len(number))}
    if len(prefix) >= _BIN:
        facts |= issuer_facts(context.directories.card_issuer(number))
    if len(blot) == 1:
        facts["digit"] = luhn_fill(number)
    return facts
