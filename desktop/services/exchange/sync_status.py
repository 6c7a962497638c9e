"""What the synchronisation screen shows."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.exchange.delivery import Delivery, DeliveryStage
from desktop.domain.exchange.peers import Peer
from desktop.domain.exchange.volumes import BundleRow, Pending
from desktop.domain.ids import DeviceId
from desktop.services.exchange.copy_age import days_without_copy
from desktop.services.exchange.export.plan_export import carried_before, is_set_back
from desktop.services.exchange.peers.our_centre import centre
from desktop.services.exchange.peers.trust import expiring
from desktop.services.exchange.take_in.adopt_records import OrphanedRecords, left_records
from desktop.services.ports import Reader
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """``pending`` and ``centre`` are None while the desk is not enrolled. ``rolled_back``: somebody holds entries of
    this desk that the desk itself has lost, as after an old backup was restored. ``quarantined``: volumes kept for want
    of trust. ``expiring``: trust that ends soon. ``delivery``: how far everything of this desk has got. ``left``: what
    desks that are gone left here and the centre lacks. ``uncopied``: days without a safety copy, when they are too
    many. ``to_write``: bytes of evidence that the next export has to find room for."""

    pending: Pending | None
    bundles: tuple[BundleRow, ...]
    centre: Peer | None
    own: DeviceId
    rolled_back: bool = False
    quarantined: int = 0
    expiring: tuple[Peer, ...] = ()
    delivery: Delivery | None = None
    left: tuple[OrphanedRecords, ...] = ()
    uncopied: int = 0
    to_write: int = 0


def pending_at_centre(session: Session) -> Pending | None:
    """What the centre lacks; None while the desk is not enrolled. Asked for after every change."""
    peer = centre(session)
    if peer is None:
        return None
    with session.store.read() as reader:
        return reader.pending(peer.card.device)


def sync_status(session: Session) -> SyncStatus:
    """What is only here, what is on the way, what the centre proved to hold."""
    peer, left = centre(session), left_records(session)
    with session.store.read() as reader:
        waiting = reader.pending(peer.card.device) if peer else None
        delivery = reader.delivery(peer.card.device) if peer else None
        return SyncStatus(
            waiting,
            reader.bundles(),
            peer,
            session.profile.device,
            peer is not None and is_set_back(session, reader, peer.card.device),
            len(session.quarantine.rows()),
            expiring(session),
            delivery,
            left,
            days_without_copy(session, reader),
            _to_write(session, reader, peer, delivery) if peer and delivery else 0,
        )


def _to_write(session: Session, reader: Reader, peer: Peer, delivery: Delivery) -> int:
    """What the next export would write: all that nobody acknowledged but what an interrupted one left on a stick, of a
    file that is cut nothing before all of it is there. None while every file is on its way."""
    lacking = reader.unacknowledged_blobs(peer.card.device)
    if all(delivery.blob(blob.sha256) is not DeliveryStage.HERE for blob in lacking):
        return 0
    carried = carried_before(session, reader, peer.card.device)
    return sum(blob.size for blob in lacking if blob.sha256 not in carried)
