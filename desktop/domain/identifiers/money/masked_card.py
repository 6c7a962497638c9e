"""Numbers somebody blotted out: ``622202******1234``, ``159****3321``, ``尾号1234``."""

from __future__ import annotations

from desktop.domain.identifiers.money.cards import issuer_facts
from desktop.domain.identifiers.money.masked_number import (
    SHORTEST_PREFIX,
    MaskedNumber,
    read_masked,
    starred,
)
from desktop.domain.identifiers.plain import is_digits
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, result


def check_masked_card(kind: str, value: str, context: CheckContext) -> IdentifierCheck:
    """What is known of a masked number, to complete it or to find its kind again.

    Facts: ``prefix``, ``suffix``, ``missing`` (how many digits; absent when the blot does not tell), ``form``
    (``card``, ``mobile``, ``resident_id``), ``digit`` (the only possible one when a card lacks a single digit),
    ``candidates`` (the ten that fit the check digit when two are missing), ``issuer_length`` (the lengths of the
    issuer's cards where the stars say another) and those of the issuer.
    """
    number = read_masked(value)
    if number is None:
        typed = starred(value)
        return result(kind, value, typed, invalid=(_problem(typed),))
    facts = {"prefix": number.prefix, "suffix": number.suffix, "form": number.form}
    if not number.form:
        # Receipts print four stars for any number of digits: only the visible digits can be trusted.
        facts |= _issuer(number, context)
        return result(kind, value, number.pattern, warn=("missing_unknown",), facts=facts)
    facts["missing"] = str(number.pattern.count("*"))
    if number.form == "card":
        facts |= {"length": str(len(number.pattern)), **_issuer(number, context), **_filled(number)}
    return result(kind, value, number.pattern, facts=facts)


def _problem(typed: str) -> str:
    if is_digits(typed):
        return "not_masked"
    if not typed.strip("*"):
        return "nothing_known" if typed else "empty"
    return "characters"


def _issuer(number: MaskedNumber, context: CheckContext) -> dict[str, str]:
    if len(number.prefix) < SHORTEST_PREFIX:
        return {}
    lengths = number.lengths(context.directories)
    other = lengths != (len(number.pattern),)
    return {
        **issuer_facts(context.directories.card_issuer(number.pattern)),
        "issuer_length": "/".join(map(str, lengths)) if other else "",
    }


def _filled(number: MaskedNumber) -> dict[str, str]:
    possible = number.completions()
    if len(possible) == 1:
        return {"digit": possible[0][number.pattern.index("*")]}
    return {"candidates": " ".join(possible)}
