"""What the synchronisation screen shows."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.delivery import Delivery
from desktop.domain.exchange import BundleRow, Party, Pending
from desktop.domain.ids import DeviceId
from desktop.services.desk import Desk
from desktop.services.exchange.adopt_records import Left, left_records
from desktop.services.exchange.copy_age import days_without_copy
from desktop.services.exchange.plan_export import is_set_back, left_to_write
from desktop.services.exchange.trust import centre, expiring


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """``pending`` and ``centre`` are None while the desk is not enrolled. ``rolled_back``: somebody holds entries of
    this desk that the desk itself has lost, as after an old backup was restored. ``quarantined``: volumes kept for want
    of trust. ``expiring``: trust that ends soon. ``delivery``: how far everything of this desk has got. ``left``: what
    desks that are gone left here and the centre lacks. ``uncopied``: days without a safety copy, when they are too
    many. ``to_write``: bytes of evidence the next export has yet to write."""

    pending: Pending | None
    bundles: tuple[BundleRow, ...]
    centre: Party | None
    own: DeviceId
    rolled_back: bool = False
    quarantined: int = 0
    expiring: tuple[Party, ...] = ()
    delivery: Delivery | None = None
    left: tuple[Left, ...] = ()
    uncopied: int = 0
    to_write: int = 0


def pending_at_centre(desk: Desk) -> Pending | None:
    """What the centre lacks; None while the desk is not enrolled. Asked for after every change."""
    party = centre(desk)
    if party is None:
        return None
    with desk.store.read() as reader:
        return reader.pending(party.card.device)


def sync_status(desk: Desk) -> SyncStatus:
    """What is only here, what is on the way, what the centre proved to hold."""
    party, left = centre(desk), left_records(desk)
    with desk.store.read() as reader:
        waiting = reader.pending(party.card.device) if party else None
        rows = reader.bundles()
        return SyncStatus(
            waiting,
            rows,
            party,
            desk.profile.device,
            party is not None and is_set_back(desk, reader, party.card.device),
            len(desk.quarantine.rows()),
            expiring(desk),
            reader.delivery(party.card.device) if party else None,
            left,
            days_without_copy(desk, reader),
            left_to_write(desk, reader, rows, party.card.device) if party else 0,
        )
