"""Numbers on things and papers: plates, parcels, case numbers."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.plain import digits_of, packed, raised, without
from desktop.domain.identifiers.result import Check, Context, result

_PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_SIGN: Final = "A-HJ-NP-Z0-9"
_PLATES: Final = (
    ("new_energy", rf"[{_PROVINCES}][A-Z](?:[A-HJK][{_SIGN}][0-9]{{4}}|[0-9]{{5}}[A-HJK])"),
    ("ordinary", rf"[{_PROVINCES}][A-Z][{_SIGN}]{{5}}"),
    ("special", rf"[{_PROVINCES}][A-Z][{_SIGN}]{{4}}[挂学警港澳试超领]"),
    ("embassy", r"(?:使[0-9]{6}|[0-9]{6}使)"),
    ("armed_police", rf"WJ[{_PROVINCES}]?[{_SIGN}]{{5,6}}"),
    ("military", r"[A-Z]{2}[0-9]{5}"),
)
_S10: Final = re.compile(r"[A-Z]{2}([0-9]{8})([0-9])[A-Z]{2}")
_S10_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)
_CARRIERS: Final = (
    ("sf", re.compile(r"SF[0-9]{12,15}")),
    ("yto", re.compile(r"YT[0-9]{12,15}")),
    ("jd", re.compile(r"JD[A-Z]{0,2}[0-9]{10,18}(?:-[0-9]+-[0-9]+-?)?")),
    ("jt", re.compile(r"JT[0-9]{12,15}")),
    ("deppon", re.compile(r"DPK[0-9]{10,15}")),
)
_CASE: Final = re.compile(r"A([0-9]{12})(20[0-9]{2})([0-9]{2})[0-9]{4}")
_LOCAL_CASE: Final = re.compile(r"[0-9]{12}-[0-9]{8}-[A-Z]-[0-9]{4,}")


def check_plate(kind: str, value: str, context: Context) -> Check:  # noqa: ARG001 - a Checker
    """Fact ``form``: ``ordinary``, ``new_energy``, ``special``, ``embassy``, ``armed_police``, ``military``.

    O in the place of 0 and I in the place of 1 are mended after the second character: plates have neither.
    """
    plate = raised(without(digits_of(value), "·•.・"))
    if not plate:
        return result(kind, value, "", invalid=("empty",))
    if plate[0] in _PROVINCES:
        plate = plate[:2] + plate[2:].replace("O", "0").replace("I", "1")
    for form, shape in _PLATES:
        if re.fullmatch(shape, plate):
            return result(kind, value, plate, facts={"form": form})
    return result(kind, value, plate, warn=("form_unknown",))


def s10_digit(serial: str) -> str:
    """The check digit of an international postal item (UPU S10) for its eight digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_S10_WEIGHTS, serial, strict=True))
    return {10: "0", 11: "5"}.get(11 - total % 11, str(11 - total % 11))


def check_parcel(kind: str, value: str, context: Context) -> Check:  # noqa: ARG001 - a Checker
    """Fact ``carrier`` where the number shows it; postal items (UPU S10) have a check digit."""
    number = raised(packed(value))
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
    warn = () if re.fullmatch(r"[0-9A-Z]{10,20}", bare) else ("form_unknown",)
    return result(kind, value, number, warn=warn)


def check_case_number(kind: str, value: str, context: Context) -> Check:
    """``A`` + unit code (12) + month (6) + serial (4), as the national systems write it.

    Facts: ``form`` (``national``/``local``: our own, never official), ``unit_code``, ``place``, ``month``.
    """
    number = raised(packed(value))
    if not number:
        return result(kind, value, "", invalid=("empty",))
    if _LOCAL_CASE.fullmatch(number):
        return result(kind, value, number, facts={"form": "local", "unit_code": number[:12]})
    match = _CASE.fullmatch(number)
    if match is None:
        return result(kind, value, number, warn=("form_unknown",))
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
