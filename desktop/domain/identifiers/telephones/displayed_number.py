"""The number a phone showed, which need not be the line that called (改号)."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.plain import digits_of, is_digits, without
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result
from desktop.domain.identifiers.telephones.phones import (
    bare_phone,
    check_landline,
    check_mobile,
    service_family,
    sms_port_family,
)

_ABROAD: Final = re.compile(r"(?:\+|00)([0-9]*)")
_HOME: Final = "86"
_E164: Final = range(7, 16)
_COUNTRIES: Final = re.compile(
    r"1|7|20|21[12368]|22[0-9]|23[0-9]|24[0-9]|25[0-8]|26[0-9]|27|29[01789]|3[0-469]|35[0-9]|37[0-9]|38[0-35-79]|4[013-9]|42[013]"
    r"|50[0-9]|5[1-8]|59[0-9]|6[0-6]|67[02-9]|68[0-35-9]|69[0-2]|80[08]|8[1246]|85[02356]|87[08]|88[012368]|9[0-58]|96[0-8]|97[0-79]"
    r"|99[2-8]"
)
"""Country codes that are given out (ITU-T E.164, list of 2016 with later notices): callers from nowhere are spoofed."""
_AREA: Final = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})")
_TRUNK: Final = re.compile(r"^((?:\+|00)[0-9]{1,3})\(0\)")
"""The 0 that is dialled within a country only, written for both: ``+44 (0)20 …``."""
_DIALLED_FIRST: Final = ("17951", "17909", "12593", _HOME)
"""What callers put before an official number: IP-telephony prefixes, the country."""


@reads(lambda text: without(_TRUNK.sub(r"\1", digits_of(text)), "()."))
def check_displayed_number(
    kind: str, value: str, number: str, context: CheckContext
) -> IdentifierCheck:
    """Facts: ``origin`` (``domestic``/``foreign``), ``family``, ``owner`` and those of mobile and landline.

    ``country_unknown``: no country has what it begins with.
    ``imitates_official``: the display shows, or hides behind a prefix, the number of an institution. Its owner
    is innocent: such a number may be intercepted, blocked or traced, never shut down.
    """
    abroad = _ABROAD.fullmatch(number)
    if not abroad and not is_digits(number):
        return result(kind, value, number, warn=("no_number",))
    if abroad and not abroad.group(1):
        return result(kind, value, number, invalid=("length",))
    imitated = _imitated(abroad.group(1) if abroad else number, context)
    if imitated:
        return result(
            kind, value, _normal(number), warn=("imitates_official",), facts={"owner": imitated}
        )
    if abroad and not abroad.group(1).startswith(_HOME):
        warn = () if len(abroad.group(1)) in _E164 else ("length",)
        if not warn and not _COUNTRIES.match(abroad.group(1)):
            warn = ("country_unknown",)
        return result(kind, value, _normal(number), warn=warn, facts={"origin": "foreign"})
    return _domestic(kind, value, number, context)


def _normal(number: str) -> str:
    return re.sub(r"^00", "+", number)


def _imitated(digits: str, context: CheckContext) -> str:
    """The owner of the official number in ``digits``, with or without something before it."""
    candidates = {digits}
    for _ in range(2):  # "0086" and then an area code
        for text in tuple(candidates):
            candidates.add(text.lstrip("0"))
            candidates.add(_AREA.sub("", text, count=1) if _AREA.match(text) else text)
            candidates.update(text.removeprefix(prefix) for prefix in _DIALLED_FIRST)
            if text.startswith(_HOME):
                candidates.add("0" + text.removeprefix(_HOME))  # area codes lose their zero abroad
    owners = (
        context.directories.protected_number(text) for text in sorted(candidates) if len(text) > 2
    )
    return next((owner for owner in owners if owner), "")


def _domestic(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:
    bare = bare_phone(number)
    mobile = check_mobile(kind, value, context) if len(bare) in (11, 13) else None
    if mobile and not {"length", "prefix", "characters"} & set(mobile.problems):
        facts = {"origin": "domestic", "family": "mobile", **mobile.facts}
        return result(kind, value, mobile.normal, warn=mobile.problems, facts=facts)
    landline = check_landline(kind, value, context)
    if set(landline.problems) <= {"area_unknown"}:
        facts = {"origin": "domestic", "family": "landline", **landline.facts}
        return result(kind, value, landline.normal, warn=landline.problems, facts=facts)
    family = service_family(bare) or sms_port_family(bare)
    warn = () if family else ("form_unknown",)
    facts = {"origin": "domestic", "family": family}
    return result(kind, value, _normal(bare), warn=warn, facts=facts)
