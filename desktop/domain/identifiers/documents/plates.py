"""号牌: plates of vehicles."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.plain import digits_of, is_han, raised, without
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result

_PROVINCES: Final = {
    "京": "北京", "津": "天津", "沪": "上海", "渝": "重庆", "冀": "河北", "豫": "河南", "云": "云南", "辽": "辽宁",
    "黑": "黑龙江", "湘": "湖南", "皖": "安徽", "鲁": "山东", "新": "新疆", "苏": "江苏", "浙": "浙江", "赣": "江西",
    "鄂": "湖北", "桂": "广西", "甘": "甘肃", "晋": "山西", "蒙": "内蒙古", "陕": "陕西", "吉": "吉林", "闽": "福建",
    "贵": "贵州", "粤": "广东", "青": "青海", "藏": "西藏", "川": "四川", "宁": "宁夏", "琼": "海南",
}  # fmt: skip
_OFFICES: Final = {
    "冀": "A-HJRTX", "晋": "A-FHJ-M", "蒙": "A-HJ-M", "辽": "A-HJ-NPV", "吉": "A-HJK", "黑": "A-HJ-NPR",
    "苏": "A-HJ-NU", "浙": "A-HJ-L", "皖": "A-HJ-NP-S", "闽": "A-HJK", "赣": "A-HJ-M", "鲁": "A-HJ-NP-SU-WY",
    "豫": "A-HJ-NP-SUV", "鄂": "A-HJ-NP-SW", "湘": "A-HJ-NPSU", "粤": "A-HJ-NP-Z", "桂": "A-HJ-NPR", "琼": "A-F",
    "川": "A-HJ-NQ-Z", "贵": "A-HJ", "云": "A-HJ-NP-SV", "藏": "A-HJ", "陕": "A-HJKUV", "甘": "A-HJ-NP", "青": "A-H",
    "宁": "A-E", "新": "A-HJ-NP-S",
}  # fmt: skip
"""The letters of the offices of each province, from experience with the list of offices that the police publish
(发牌机关代号, GA 36); no copy of it lies beside the program. Letters come and go (安徽 gave up Q, cities open a second
letter), so one that is missing is a doubt, never refused. The four cities under the government give letters out as they
need them and are not listed; O was the letter of offices of the state everywhere."""
_ANY_PROVINCE: Final = "".join(_PROVINCES)
_PLATE_LENGTHS: Final = range(6, 9)
_SIGN: Final = "A-HJ-NP-Z0-9"
_PLATES: Final = (
    ("new_energy", rf"[{_ANY_PROVINCE}][A-HJ-Z](?:[A-HJK][{_SIGN}][0-9]{{4}}|[0-9]{{5}}[A-HJK])"),
    ("ordinary", rf"[{_ANY_PROVINCE}][A-HJ-Z][{_SIGN}]{{5}}"),
    ("special", rf"[{_ANY_PROVINCE}][A-HJ-Z][{_SIGN}]{{4}}[挂学警港澳试超领]"),
    ("embassy", r"(?:使[0-9]{6}|[0-9]{6}使)"),
    ("armed_police", rf"WJ[{_ANY_PROVINCE}]?[{_SIGN}]{{5,6}}"),
    ("military", r"[A-Z]{2}[0-9]{5}"),
)


@reads(lambda text: raised(without(digits_of(text), "·•.・。_")))
def check_plate(kind: str, value: str, plate: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """Facts ``form``: ``ordinary``, ``new_energy``, ``special``, ``embassy``, ``armed_police``, ``military``;
    ``place``: the province of the first character.

    ``plate_letter``: no plate has O or I behind its second character (GA 36), so either is refused; whether 0 or 1
    stands there is for whoever sees the plate to say. No office ever had I. ``office_unknown``: the province has no
    such letter, as far as is known.
    """
    for form, shape in _PLATES:
        if re.fullmatch(shape, plate):
            facts = {"form": form, "place": _PROVINCES.get(plate[0], "")}
            offices = _OFFICES.get(plate[0], "A-Z")
            known = not facts["place"] or re.fullmatch(f"[{offices}O]", plate[1])
            warn = () if known else ("office_unknown",)
            return result(kind, value, plate, warn=warn, facts=facts)
    if plate[0] in _PROVINCES and plate[1:2] == "I":
        return result(kind, value, plate, invalid=("characters",))
    if plate[0] in _PROVINCES and set("IO") & set(plate[2:]):
        return result(kind, value, plate, invalid=("plate_letter",))
    if len(plate) not in _PLATE_LENGTHS:
        return result(kind, value, plate, invalid=("length",))
    if plate[0] not in _PROVINCES and is_han(plate[0]):
        return result(kind, value, plate, invalid=("prefix",))
    return result(kind, value, plate, warn=("form_unknown",))
