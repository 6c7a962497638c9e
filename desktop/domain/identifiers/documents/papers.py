"""Numbers on papers and parcels."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.plain import packed, raised, raised_digits
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result

_S10: Final = re.compile(r"[A-Z]{2}([0-9]{8})([0-9])[A-Z]{2}")
_S10_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)
_CARRIERS: Final = (
    ("sf", re.compile(r"SF[0-9]{12,15}")),
    ("yto", re.compile(r"YT[0-9]{12,15}")),
    ("jd", re.compile(r"JD[A-Z]{0,2}[0-9]{10,18}(?:-[0-9]+-[0-9]+-?)?")),
    ("jt", re.compile(r"JT[0-9]{12,15}")),
    ("deppon", re.compile(r"DPK[0-9]{10,15}")),
)
_NAMES: Final = tuple(
    (carrier, re.compile(rf"(?:{names})(?:快递|速运|速递|物流)?(?:单号|运单号)?", re.IGNORECASE))
    for carrier, names in (
        ("sf", "顺丰"),
        ("yto", "圆通"),
        ("zto", "中通"),
        ("sto", "申通"),
        ("yunda", "韵达"),
        ("jd", "京东"),
        ("jt", "极兔"),
        ("deppon", "德邦"),
        ("post", "中国邮政|邮政|EMS"),
    )
)
_PARCEL_LENGTHS: Final = range(8, 31)
_CASE: Final = re.compile(r"A([0-9]{12})(20[0-9]{2})([0-9]{2})[0-9]{4}")
_NEARLY: Final = re.compile(r"A[0-9]{16,29}")
"""Meant as a national number, and none: a digit is missing, or its year cannot be."""
_CASE_LENGTH: Final = 23
_LOCAL_CASE: Final = re.compile(r"[0-9]{12}-[0-9]{8}-[A-Z]-[0-9]{4,}")


_SHAPES: Final = (
    ("hong_kong_macau_permit", re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?")),
    ("two_way_permit", re.compile(r"[CW][0-9A-Z][0-9]{7}")),
    ("chinese", re.compile(r"(?:[DEGPS][0-9]{8}|(?:[DS]E|PE|E[A-Z])[0-9]{7}|1[45][0-9]{7})")),
    ("taiwan_permit", re.compile(r"[0-9]{8}|[0-9]{10}[A-Z]?")),
    ("foreign", re.compile(r"(?=.*[0-9])[A-Z0-9]{6,12}")),
)


_SHORTEST: Final = 5


@reads(raised_digits)
def check_passport(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """Fact ``document``: what the shape fits best. Shapes overlap and change, so an odd one is only a doubt;
    the machine-readable zone has no other signs than Latin letters and digits, and no document number is so
    short."""
    for document, shape in _SHAPES:
        if shape.fullmatch(number):
            return result(kind, value, number, facts={"document": document})
    if not (number.isascii() and number.isalnum()):
        return result(kind, value, number, invalid=("characters",))
    if len(number) < _SHORTEST:
        return result(kind, value, number, invalid=("length",))
    return result(kind, value, number, warn=("form_unknown",))


def s10_digit(serial: str) -> str:
    """The check digit of an international postal item (UPU S10) for its eight digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_S10_WEIGHTS, serial, strict=True))
    return {10: "0", 11: "5"}.get(11 - total % 11, str(11 - total % 11))


def check_parcel(kind: str, value: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """Fact ``carrier`` where the number or a name before it shows it; postal items (UPU S10) have a check digit."""
    named, text = carrier_named(packed(value))
    number = raised(text)
    if not number:
        return result(kind, value, "", invalid=("empty",))
    postal = _S10.fullmatch(number)
    if postal:
        invalid = () if s10_digit(postal.group(1)) == postal.group(2) else ("checksum",)
        return result(kind, value, number, invalid=invalid, facts={"carrier": "post"})
    for carrier, shape in _CARRIERS:
        if shape.fullmatch(number):
            return result(kind, value, number, facts={"carrier": carrier})
    bare = number.replace("-", "")
    if bare.isascii() and bare.isalnum() and len(bare) not in _PARCEL_LENGTHS:
        return result(kind, value, number, invalid=("length",), facts={"carrier": named})
    warn = () if re.fullmatch(r"[0-9A-Z]{10,20}", bare) else ("form_unknown",)
    return result(kind, value, number, warn=warn, facts={"carrier": named})


def carrier_named(text: str) -> tuple[str, str]:
    """(carrier, the rest) where ``text`` begins with the name of a carrier: numbers of many look alike."""
    for carrier, names in _NAMES:
        match = names.match(text)
        if match:
            return carrier, text[match.end() :].lstrip(":")
    return "", text


@reads(lambda text: raised(packed(text)))
def check_case_number(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:
    """``A`` + unit code (12) + month (6) + serial (4), as the national systems write it.

    Facts: ``form`` (``national``/``local``: our own, never official), ``unit_code``, ``place``, ``month``.
    """
    if _LOCAL_CASE.fullmatch(number):
        return result(kind, value, number, facts={"form": "local", "unit_code": number[:12]})
    match = _CASE.fullmatch(number)
    if match is None:
        return _no_case(kind, value, number)
    unit, year, month = match.groups()
    if not 1 <= int(month) <= 12:
        return result(kind, value, number, invalid=("month",))
    division = context.directories.division(unit[:6])
    facts = {
        "form": "national",
        "unit_code": unit,
        "month": f"{year}-{month}",
        "place": division.name if division else "",
    }
    return result(kind, value, number, warn=() if division else ("place_unknown",), facts=facts)


def _no_case(kind: str, value: str, number: str) -> IdentifierCheck:
    if not _NEARLY.fullmatch(number):
        return result(kind, value, number, warn=("form_unknown",))
    return result(
        kind, value, number, invalid=("length" if len(number) != _CASE_LENGTH else "month",)
    )
