"""What a case knows about a number, in the fields of an order to a carrier."""

from __future__ import annotations

from typing import Final

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Identifier
from desktop.domain.identifiers import IdentifierCheck, check
from desktop.domain.orders.number import Anomaly, CallDirection, LineKind, NumberKind, NumberTerms
from desktop.services.session import Session

PHONES: Final = frozenset({"mobile", "landline", "service_number", "sms_port", "displayed_number"})
"""Kinds of identifier that are numbers of the telephone network, which can be forged on a display."""
_KINDS: Final = {
    "mobile": NumberKind.MOBILE,
    "landline": NumberKind.LANDLINE,
    "sms_port": NumberKind.SERVICE_106,
}
_FAMILIES: Final = (
    ("400", NumberKind.SERVICE_400),
    ("95", NumberKind.SERVICE_95),
    ("96", NumberKind.SERVICE_95),
    ("106", NumberKind.SERVICE_106),
)


def number_terms(session: Session, file: CaseFile, identifier: Identifier) -> NumberTerms:
    """Filled as far as the case goes.

    A displayed number is known to be one. Of any other telephone number somebody must say whether it was read off a
    display or is the line that really called.
    """
    found = _checked(session, identifier)
    line = LineKind.DISPLAYED if identifier.kind == "displayed_number" else None
    return NumberTerms(
        identifier_kind=identifier.kind,
        raw=identifier.value,
        normal=identifier.normal,
        line=line,
        number_kind=_number_kind(identifier, found),
        anomalies=_anomalies(identifier, found),
        direction=CallDirection.MESSAGE if identifier.kind == "sms_port" else None,
        victim_number=file.case.victim.phone,
    )


def carrier_of(session: Session, terms: NumberTerms) -> str:
    """The carrier that gave out a mobile number; "" where nobody can tell. Numbers move between carriers."""
    if terms.number_kind is not NumberKind.MOBILE:
        return ""
    segment = session.directories.mobile_segment(terms.normal)
    return segment.operator if segment is not None else ""


def owner_if_protected(session: Session, terms: NumberTerms) -> str:
    """The institution whose number this is, or is made to look like; "" for any other."""
    if terms.identifier_kind not in PHONES:
        return ""
    for value in (terms.normal, terms.raw):
        owner = session.directories.protected_number(value)
        if owner:
            return owner
        found = check("displayed_number", value, session.directories, session.today)
        if "imitates_official" in found.problems:
            return str(found.facts.get("owner", "")) or found.normal
    return ""


def _checked(session: Session, identifier: Identifier) -> IdentifierCheck | None:
    if identifier.kind not in PHONES:
        return None
    return check("displayed_number", identifier.value, session.directories, session.today)


def _number_kind(identifier: Identifier, found: IdentifierCheck | None) -> NumberKind:
    if found is not None and found.facts.get("origin") == "foreign":
        return NumberKind.OVERSEAS
    digits = identifier.normal.lstrip("+0")
    family = next((kind for start, kind in _FAMILIES if digits.startswith(start)), None)
    known = _KINDS.get(identifier.kind) or _KINDS.get(
        str(found.facts.get("family", "")) if found else ""
    )
    return known or family or NumberKind.UNKNOWN


def _anomalies(identifier: Identifier, found: IdentifierCheck | None) -> tuple[str, ...]:
    several = []
    if identifier.kind == "displayed_number" and identifier.value.strip().startswith(("00", "+")):
        several.append(Anomaly.LEADING_ZEROS.value)
    if found is not None and "imitates_official" in found.problems:
        several.append(Anomaly.IMITATES_OFFICIAL.value)
    return tuple(several)
