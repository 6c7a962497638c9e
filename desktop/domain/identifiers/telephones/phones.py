"""Numbers of the Chinese telephone plan: mobile, landline, service numbers and SMS ports."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.plain import digits_of, is_digits, packed, without
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result

_COUNTRY: Final = re.compile(
    r"^(?:(?:(?:\+|00)?86)?0?(?=1[3-9][0-9]{9}$)|(?:\+|00)86(?=[48]00|(?:1[012]|9[56])[0-9]{1,4}$))"
)
"""What stands before a number that is dialled without it: the country, and the 0 of a call to another place."""
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_THINGS: Final = re.compile(r"14[0-4][0-9]{10}|1064[0-9]{9}")
_LANDLINE: Final = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))([2-9][0-9]{6,7})")
_EXTENSION: Final = re.compile(r"(.*[0-9])-([0-9]{1,6})")
_LEASED: Final = re.compile(r"[48]00[0-9]{7}")
_AREA_ALONE: Final = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})")
_TO_EXTENSION: Final = re.compile(r"(?:转|分机|内线|ext(?:ension)?|[,#]|x(?!x|$))+[号.:]{0,2}")
"""Several x, and one behind all, are digits that are not shown."""
_OTHER_COUNTRY: Final = re.compile(r"(?:\+|00)((?!86)[1-9][0-9]{6,14})")
_ABROAD: Final = re.compile(r"^(?:(?:\+|00)86|86(?=0?[1-9][0-9]{8,10}$))0?(?=[1-9])")
"""The country before a fixed line, whose area loses its 0 then, though many write it all the same."""
_BETWEEN: Final = "()[]【】.·_"
"""What parts the groups of a number besides spaces and hyphens."""
_EIGHT_DIGITS: Final = re.compile("010|02[0-57-9]")
_AREA: Final = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-9]")
_AREA_TWICE: Final = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})0[0-9]+")
"""No number behind an area code begins with the 0 of a call to another place (the ministry's plan of numbers)."""
_SERVICE: Final = (
    ("emergency", re.compile(r"11[0-9]|12[0-2]|999")),
    ("hotline", re.compile(r"1[2][0-9]{3}|9611[0]")),
    ("operator", re.compile(r"10[0-9]{3,4}")),
    ("national", re.compile(r"95[0-9]{3,4}")),
    ("provincial", re.compile(r"96[0-9]{3,6}")),
    ("free_400", re.compile(r"400[0-9]{7}")),
    ("free_800", re.compile(r"800[0-9]{7}")),
)
_ABROAD_PORT: Final = re.compile(r"^(?:\+|00)86(?=106)")
"""Before a gateway alone: a fixed line of Beijing may go on like one."""
_SMS_PORT: Final = re.compile(r"106[0-9]{5,17}")
_SERVICE_LENGTHS: Final = range(3, 13)
_LEASED_BEGIN: Final = ("400", "800")
_LONGEST_SHORT_CODE: Final = 8
_LESSORS: Final = (
    ("中国联通", re.compile(r"400[06].*|10655.*")),
    ("中国移动", re.compile(r"400[17].*|10657.*")),
    ("中国电信", re.compile(r"400[89].*|10659.*")),
)
"""Blocks as they were first given out; numbers move between operators, so this says whom to ask first."""


def bare_phone(text: str) -> str:
    """Digits as dialled inside China: no spaces, hyphens, brackets, and neither the country nor a 0 before a mobile
    number."""
    return _COUNTRY.sub("", without(digits_of(text), _BETWEEN), count=1)


@reads(bare_phone)
def check_mobile(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:
    """11 digits from 13 to 19; the segment tells operator and place of issue (which porting may have changed).

    Facts: ``operator``, ``virtual`` (``yes``: resold, a known risk), ``place``, ``area_code``.
    ``internet_of_things``: 13 digits that the plan of numbers gives to devices. The number exists, but a person who
    gives it as his own is hardly reached there. ``abroad``: a number of another country, which has other lengths.
    """
    elsewhere = _OTHER_COUNTRY.fullmatch(number)
    if elsewhere:
        return result(kind, value, f"+{elsewhere[1]}", warn=("abroad",))
    if not is_digits(number):
        return result(kind, value, number, invalid=("characters",))
    if _THINGS.fullmatch(number):
        return result(kind, value, number, warn=("internet_of_things",))
    if len(number) != 11:
        return result(kind, value, number, invalid=("length",))
    if not _MOBILE.fullmatch(number):
        return result(kind, value, number, invalid=("prefix",))
    segment = context.directories.mobile_segment(number)
    if segment is None:
        return result(kind, value, number, warn=("segment_unknown",))
    place = segment.city if segment.city == segment.province else segment.province + segment.city
    facts = {
        "operator": segment.operator,
        "virtual": "yes" if segment.virtual else "",
        "place": place,
        "area_code": segment.area_code,
    }
    return result(kind, value, number, facts=facts)


def check_landline(kind: str, value: str, context: CheckContext) -> IdentifierCheck:
    """Area code and 7 or 8 digits; an extension after ``-`` or ``转`` is kept as a fact.

    The normal form is ``0931-8888888``. Facts: ``area_code``, ``extension``, ``owner`` (protected numbers).
    ``area_unknown``: no place has this area code. ``length``: also of seven digits behind 010 and 02x, where every
    number has had eight since the nineties (the ministry's plan of telephone numbers); elsewhere both are dialled.
    """
    number, extension = _apart(value, _LANDLINE)
    if not number:
        return result(kind, value, "", invalid=("empty",))
    if not is_digits(number):
        return result(kind, value, number, invalid=("characters",))
    match = _LANDLINE.fullmatch(number)
    if match is None:
        if re.fullmatch(r"[2-9][0-9]{6,7}", number):
            return result(kind, value, number, warn=("no_area_code",))
        if _AREA.match(number) or _AREA_ALONE.fullmatch(number):
            # the area code is right, so what follows it can be counted
            return result(kind, value, number, invalid=("length",))
        invalid = ("form_unknown",) if _AREA_TWICE.fullmatch(number) else ()
        return result(
            kind, value, number, invalid=invalid, warn=() if invalid else ("form_unknown",)
        )
    if _EIGHT_DIGITS.fullmatch(match.group(1)) and len(match.group(2)) == 7:
        return result(kind, value, number, invalid=("length",))
    facts = {
        "area_code": match.group(1),
        "extension": extension,
        "owner": context.directories.protected_number(number) or "",
    }
    areas = context.directories.area_codes()
    warn = ("area_unknown",) if areas and match.group(1) not in areas else ()
    return result(kind, value, "-".join(match.groups()), warn=warn, facts=facts)


def _apart(value: str, whole: re.Pattern[str]) -> tuple[str, str]:
    """The digits of a fixed line, and its extension. A hyphen parts them only where what stands before is ``whole``."""
    spoken = _TO_EXTENSION.sub("#", packed(value).lower())
    main, _, extension = spoken.partition("#")
    hyphen = _EXTENSION.fullmatch(main)
    if not extension and hyphen and whole.fullmatch(_dialled(hyphen[1])):
        main, extension = hyphen.groups()
    return _dialled(main), extension.strip("-()")


def _dialled(text: str) -> str:
    return _ABROAD.sub("0", _COUNTRY.sub("", without(digits_of(text), _BETWEEN), count=1))


def leased_from(number: str) -> str:
    """The operator whose block a 400 number or an SMS port is in; empty where it does not tell."""
    return next((name for name, shape in _LESSORS if shape.fullmatch(number)), "")


def service_family(number: str) -> str:
    """Which family of short and service numbers the digits belong to; empty when to none."""
    return next((name for name, shape in _SERVICE if shape.fullmatch(number)), "")


def sms_port_family(number: str) -> str:
    """``sms_port`` for the digits under which a gateway sends messages, else empty."""
    return "sms_port" if _SMS_PORT.fullmatch(number) else ""


def check_service_number(kind: str, value: str, context: CheckContext) -> IdentifierCheck:
    """95xxx, 96xxx, 400, 800, 10xxx, 12xxx, 110 … Facts: ``family``, ``owner`` when it is protected, ``extension``,
    ``lessor``: the operator who leases a 400 number out and knows its user."""
    number, extension = _apart(value, _LEASED)
    if not number:
        return result(kind, value, "", invalid=("empty",))
    if not is_digits(number):
        return result(kind, value, number, invalid=("characters",))
    leased = number.startswith(_LEASED_BEGIN) and not _LEASED.fullmatch(number)
    if leased or len(number) not in _SERVICE_LENGTHS:
        return result(kind, value, number, invalid=("length",))
    family = service_family(number)
    owner = context.directories.protected_number(number) or ""
    warn = () if family or owner else ("form_unknown",)
    facts = {
        "family": family,
        "owner": owner,
        "extension": extension,
        "lessor": leased_from(number),
    }
    return result(kind, value, number, warn=warn, facts=facts)


@reads(lambda text: _ABROAD_PORT.sub("", bare_phone(text)))
def check_sms_port(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:
    """``106`` and 5 to 17 digits; service numbers send messages under their own number too.

    Fact ``lessor``: whose gateway it is; the gateway's contract names the sender.
    """
    if not is_digits(number):
        return result(kind, value, number, invalid=("characters",))
    if sms_port_family(number):
        facts = {"family": sms_port_family(number), "lessor": leased_from(number)}
        return result(kind, value, number, facts=facts)
    if number.startswith("10") and len(number) > _LONGEST_SHORT_CODE:
        problem = "length" if number.startswith("106") else "prefix"
        return result(kind, value, number, invalid=(problem,))
    family = service_family(number)
    owner = context.directories.protected_number(number) or ""
    warn = () if family else ("form_unknown",)
    return result(kind, value, number, warn=warn, facts={"family": family, "owner": owner})
