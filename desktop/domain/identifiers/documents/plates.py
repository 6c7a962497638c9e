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


@reads(lambda text: raised(without(digits_of(text), "·•.・")))
def check_plate(kind: str, value: str, plate: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """Facts ``form``: ``ordinary``, ``new_energy``, ``special``, ``embassy``, ``armed_police``, ``military``;
    ``place``: the province of the first character.

    O in the place of 0 and I in the place of 1 are mended after the second character: plates have neither there. No
    office ever had I.
    """
    if plate[0] in _PROVINCES:
        plate = plate[:2] + plate[2:].replace("O", "0").replace("I", "1")
    for form, shape in _PLATES:
        if re.fullmatch(shape, plate):
            facts = {"form": form, "place": _PROVINCES.get(plate[0], "")}
            return result(kind, value, plate, facts=facts)
    if plate[0] in _PROVINCES and plate[1:2] == "I":
        return result(kind, value, plate, invalid=("characters",))
    if len(plate) not in _PLATE_LENGTHS:
        return result(kind, value, plate, invalid=("length",))
    if plate[0] not in _PROVINCES and is_han(plate[0]):
        return result(kind, value, plate, invalid=("prefix",))
    return result(kind, value, plate, warn=("form_unknown",))
