"""Which station a call belongs to: by the place the victim lives, then by how much each has in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from desktop.domain.cases.case import Case
from desktop.domain.installation.officer import Permission
from desktop.services.exchange.peers.trusted_stations import trusted_stations
from desktop.services.session import Session

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


def propose_stations(session: Session, case: Case, place: str = "") -> tuple[ProposedStation, ...]:
    """The stations whose PCs are enrolled here, the best first. ``place``: the division code of where something is to
    be done; "" where only the case tells."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        names = trusted_stations(reader)
        load = reader.case_counts(open_only=True)
    found = [
        ProposedStation(unit, name, *_why(session, case, unit, name, place), load.get(unit, 0))
        for unit, name in names.items()
    ]
    return tuple(
        sorted(found, key=lambda one: (_ORDER.index(one.reason), one.in_hand, one.unit_code))
    )


def _why(
    session: Session, case: Case, unit: str, name: str, place: str
) -> tuple[StationReason, str]:
    code, address = unit[:_DIVISION], case.victim.address
    division = session.directories.division(code)
    path = division.path if division is not None else ()
    if place:
        near = place[:_DIVISION] == code
        return (
            (StationReason.DISTRICT, path[-1] if path else code)
            if near
            else (StationReason.ELSEWHERE, "")
        )
    own = _named(address, name, path)
    if own:
        return StationReason.NAMED, own
    district = path[-1] if path else ""
    if district and district in address:
        return StationReason.DISTRICT, district
    if case.victim.id_number[:_DIVISION] == code:
        return StationReason.REGISTERED, district
    return StationReason.ELSEWHERE, ""


def _named(address: str, name: str, path: Sequence[str]) -> str:
    """The words that the address below its district shares with the name of the station, such as a road."""
    below = address
    for division in path:
        below = below.rpartition(division)[2]
    match = SequenceMatcher(None, below, name, autojunk=False).find_longest_match()
    shared = below[match.a : match.a + match.size]
    return shared if len(shared) >= _LEAST and shared not in "".join(path) else ""
