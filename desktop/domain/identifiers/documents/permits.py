"""Papers of people from Hong Kong, Macau, Taiwan and abroad: passes, residence permits, permanent residence."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.documents.resident_id import check_resident_id
from desktop.domain.identifiers.plain import raised_digits
from desktop.domain.identifiers.result import (
    CheckContext,
    CheckVerdict,
    IdentifierCheck,
    reads,
    result,
)

_SHAPES: Final = {
    "hk_macau_pass": re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?"),
    "taiwan_pass": re.compile(r"[0-9]{8}|[0-9]{10}[A-Z]?"),
    "foreign_resident": re.compile(r"[A-Z]{3}[0-9]{12}"),
}
"""港澳居民来往内地通行证; 台湾居民来往大陆通行证; 外国人永久居留身份证 before the one of 18 digits."""
_LIKE_RESIDENTS: Final = {
    "residence_permit": "residence_permit",
    "foreign_resident": "foreign_pr",
}
"""Numbers made as those of residents → what the check of those says such a number is of."""
_LENGTH: Final = 18


@reads(raised_digits)
def check_permit(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:
    """Shapes of passes change, so an odd one is only a doubt; a number made as a resident's has its check digit."""
    shape = _SHAPES.get(kind)
    if shape is not None and shape.fullmatch(number):
        return result(kind, value, number)
    if not (number.isascii() and number.isalnum()):
        return result(kind, value, number, invalid=("characters",))
    document = _LIKE_RESIDENTS.get(kind)
    if document is None or len(number) != _LENGTH:
        return result(kind, value, number, warn=("form_unknown",))
    found = check_resident_id(kind, value, context)
    if found.facts.get("document") == document:
        return found
    if found.verdict is CheckVerdict.INVALID:
        return found
    return result(kind, value, number, warn=("form_unknown",), facts=found.facts)
