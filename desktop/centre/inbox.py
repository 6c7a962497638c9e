"""Stations with freshness and gaps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import DeviceId
from desktop.domain.officer import Permission
from desktop.domain.orders.order import OrderState
from desktop.services.desk import Desk

_OPEN = frozenset({OrderState.ISSUED, OrderState.CARRIED, OrderState.ACKNOWLEDGED})


@dataclass(frozen=True, slots=True)
class StationRow:
    """One enrolled device and how fresh our picture of it is."""

    unit_code: str
    unit_name: str
    letter: str
    device: DeviceId
    last_bundle_at: datetime | None
    cases: int
    open_orders: int
    gaps: int
    fingerprint: DeviceId


def stations(desk: Desk) -> tuple[StationRow, ...]:
    """Every enrolled device, the stalest first."""
    desk.require(Permission.READ_CASES)
    with desk.store.read() as reader:
        bundles, orders = reader.bundles(), reader.orders()
        cases = Counter(case for case in reader.units())
        held = reader.held_streams()
        parties = reader.parties()
    last: dict[DeviceId, datetime] = {}
    for row in bundles:
        if not row.outgoing:
            last[row.peer] = max(row.at, last.get(row.peer, row.at))
    waiting = Counter(view.order.unit_code for view in orders if view.state in _OPEN)
    rows = [
        StationRow(
            party.card.unit_code,
            party.card.unit_name,
            party.card.device_letter,
            party.card.device,
            last.get(party.card.device),
            cases[party.card.unit_code],
            waiting[party.card.unit_code],
            held.get(party.card.device, 0),
            party.card.fingerprint,
        )
        for party in parties
        if not party.revoked
    ]
    return tuple(sorted(rows, key=lambda row: (row.last_bundle_at is not None, row.last_bundle_at)))
