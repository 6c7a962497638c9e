"""Passports and permits: their shapes only, for none of them carries a check digit on its face."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.plain import digits_of, raised
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, result

_SHAPES: Final = (
    ("hong_kong_macau_permit", re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?")),
    ("two_way_permit", re.compile(r"[CW][0-9A-Z][0-9]{7}")),
    ("chinese", re.compile(r"(?:[DEGPS][0-9]{8}|(?:[DS]E|PE|E[A-Z])[0-9]{7}|1[45][0-9]{7})")),
    ("taiwan_permit", re.compile(r"[0-9]{8}|[0-9]{10}[A-Z]?")),
    ("foreign", re.compile(r"(?=.*[0-9])[A-Z0-9]{6,12}")),
)


_SHORTEST: Final = 5


def check_passport(kind: str, value: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """Fact ``document``: what the shape fits best. Shapes overlap and change, so an odd one is only a doubt;
    the machine-readable zone has no other signs than Latin letters and digits, and no document number is so
    short."""
    number = raised(digits_of(value))
    if not number:
        return result(kind, value, "", invalid=("empty",))
    for document, shape in _SHAPES:
        if shape.fullmatch(number):
            return result(kind, value, number, facts={"document": document})
    if not (number.isascii() and number.isalnum()):
        return result(kind, value, number, invalid=("characters",))
    if len(number) < _SHORTEST:
        return result(kind, value, number, invalid=("length",))
    return result(kind, value, number, warn=("form_unknown",))
