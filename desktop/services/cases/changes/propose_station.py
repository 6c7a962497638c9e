"""Which station a call belongs to: by the place the victim lives, then by how much each has in hand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.cases.case import Case
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.services.session import Session

_OWN_NAME: Final = re.compile(r"(?:.*(?:分局|公安局))?(.+?)派出所$")
_LEAST: Final = 2
_DIVISION: Final = 6


class StationReason(StrEnum):
    """Why a station is proposed, the strongest first."""

    NAMED = "named"
    """The address names the place that the station is called by."""
    DISTRICT = "district"
    """The address names the district of the station's division code."""
    REGISTERED = "registered"
    """The victim's ID number begins with the division code: where the household is registered."""
    ELSEWHERE = "elsewhere"


_ORDER: Final = tuple(StationReason)


@dataclass(frozen=True, slots=True)
class ProposedStation:
    """A station that takes cases, why, and how many it has in hand."""

    unit_code: str
    unit_name: str
    reason: StationReason
    place: str
    """The name by which it was found; "" without one."""
    in_hand: int


def propose_stations(session: Session, case: Case) -> tuple[ProposedStation, ...]:
    """The stations whose PCs are enrolled here, the best first."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        peers = [
            peer.card
            for peer in reader.peers()
            if not peer.revoked and peer.card.role == InstallationRole.DESK.value
        ]
        load = Counter(reader.units())
    names = {card.unit_code: card.unit_name for card in peers}
    found = [
        ProposedStation(unit, name, *_why(session, case, unit, name), load[unit])
        for unit, name in names.items()
    ]
    return tuple(
        sorted(found, key=lambda one: (_ORDER.index(one.reason), one.in_hand, one.unit_code))
    )


def _why(session: Session, case: Case, unit: str, name: str) -> tuple[StationReason, str]:
    address = case.victim.address
    called = _OWN_NAME.match(name)
    own = called[1] if called else ""
    if len(own) >= _LEAST and own in address:
        return StationReason.NAMED, own
    code = unit[:_DIVISION]
    division = session.directories.division(code)
    district = division.path[-1] if division is not None else ""
    if district and district in address:
        return StationReason.DISTRICT, district
    if case.victim.id_number[:_DIVISION] == code:
        return StationReason.REGISTERED, district
    return StationReason.ELSEWHERE, ""
