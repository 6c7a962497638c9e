"""Stations with freshness and gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Permission
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class StationRow:
    """One enrolled device and how fresh our picture of it is. ``cases``, ``open_orders`` and ``open_tasks`` are of
    its whole unit."""

    unit_code: str
    unit_name: str
    letter: str
    device: DeviceId
    last_bundle_at: datetime | None
    cases: int
    open_orders: int
    gaps: int
    fingerprint: DeviceId
    open_tasks: int = 0


def stations(session: Session) -> tuple[StationRow, ...]:
    """Every enrolled device, the stalest first."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        bundles, waiting = reader.bundles(), reader.waiting_by_unit()
        cases = reader.case_counts()
        held = reader.held_streams()
        tasks = reader.assigned_by_unit()
        peers = reader.peers()
    last: dict[DeviceId, datetime] = {}
    for row in bundles:
        if not row.outgoing:
            last[row.peer] = max(row.at, last.get(row.peer, row.at))
    rows = [
        StationRow(
            peer.card.unit_code,
            peer.card.unit_name,
            peer.card.device_letter,
            peer.card.device,
            last.get(peer.card.device),
            cases.get(peer.card.unit_code, 0),
            waiting.get(peer.card.unit_code, 0),
            held.get(peer.card.device, 0),
            peer.card.fingerprint,
            tasks.get(peer.card.unit_code, 0),
        )
        for peer in peers
        if not peer.revoked
    ]
    return tuple(sorted(rows, key=lambda row: (row.last_bundle_at is not None, row.last_bundle_at)))
