"""Addresses of machines. A provider finds the subscriber behind one only by the second it was used, and behind
a shared address (NAT) only by its port besides."""

from __future__ import annotations

import ipaddress
import re
from datetime import datetime, timedelta, timezone
from typing import Final

from desktop.domain.identifiers.network.web import undefanged
from desktop.domain.identifiers.plain import lowered, packed, plain
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, result

_DAY: Final = r"(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?"
_CLOCK: Final = r"([0-9]{1,2})[:时]([0-9]{2})(?:[:分]([0-9]{2})?)?秒?(?:\.[0-9]+)?"
_ZONE: Final = r"(z|utc|gmt|北京时间|(?:utc|gmt)?[+-][0-9]{1,2}(?::?[0-9]{2})?)?"
_MOMENT: Final = re.compile(rf"[\s,;@(（]*{_DAY}[\s,t]*{_CLOCK}\s*{_ZONE}[)）]?$")
_NAMED_ZONES: Final = {"z": 0, "utc": 0, "gmt": 0, "北京时间": 8 * 60}


def check_ip(kind: str, value: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """IPv4 or IPv6, with a port or without, and the moment it was used behind it
    (``45.148.10.77:51820 2026-11-24 10:12:35 +08:00``).

    Facts: ``version``, ``port``, ``used_at`` (with its zone where one is written). ``not_public``: no provider can
    tell whose it was; ``zone_missing``: logs are often in UTC, and eight hours are another subscriber.
    """
    typed, moment, doubts = _split_moment(lowered(plain(value)))
    text = undefanged(packed(typed))
    if not text:
        return result(kind, value, "", invalid=("empty",))
    bare, port = _split_port(text)
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return result(kind, value, text, invalid=("characters",))
    if port and int(port) > 65_535:
        return result(kind, value, text, invalid=("port",))
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    address = mapped or address
    warn = doubts if _of_one_user(address) else ("not_public", *doubts)
    facts = {"version": str(address.version), "port": port, "used_at": moment}
    return result(kind, value, str(address), warn=warn, facts=facts)


def _of_one_user(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether a provider may have given it to somebody; addresses of groups are public, and nobody's."""
    local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not address.is_multicast and not local


def _split_port(text: str) -> tuple[str, str]:
    match = re.fullmatch(r"\[([^\]]*)\](?::([0-9]{1,5}))?|([0-9.]+):([0-9]{1,5})", text)
    if match is None:
        return text, ""
    return match.group(1) or match.group(3), match.group(2) or match.group(4) or ""


def _split_moment(text: str) -> tuple[str, str, tuple[str, ...]]:
    """The address, the moment behind it as ISO 8601, and what is doubtful about the moment."""
    match = _MOMENT.search(text)
    if match is None:
        return text, "", ()
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        moment = datetime(  # noqa: DTZ001 - its zone follows, or is said to be missing
            int(year), int(month), int(day), int(hour), int(minute), int(second or 0)
        )
        if zone:
            moment = moment.replace(tzinfo=timezone(timedelta(minutes=_offset(zone))))
    except ValueError:
        return text, "", ()
    return text[: match.start()], moment.isoformat(" "), () if zone else ("zone_missing",)


def _offset(zone: str) -> int:
    """Minutes east of Greenwich."""
    if zone in _NAMED_ZONES:
        return _NAMED_ZONES[zone]
    sign, digits = re.sub(r"^(?:utc|gmt)", "", zone).replace(":", "")[0], re.sub(r"\D", "", zone)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    return (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1)
