"""The centre window's calls, answered by the centre's verbs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from desktop.bundles.quarantine import Quarantine
from desktop.centre import inbox, ingest, replies, scan
from desktop.centre.scan import Scanned
from desktop.centre.waiting_slips import WaitingSlip, waiting_slips
from desktop.domain.clock import to_wire
from desktop.domain.evidence.gray_frame import GrayFrame
from desktop.domain.evidence.item import Evidence
from desktop.domain.exchange import Peer
from desktop.domain.ids import CaseId, DeviceId, OrderId
from desktop.domain.orders.order import OrderReply
from desktop.domain.orders.slip_collector import SlipCollector
from desktop.domain.progress import Progress
from desktop.services.cases.reveal_case import reveal_case
from desktop.services.exchange import trust
from desktop.services.exchange.apply_bundle import AppliedBundle, release_quarantine
from desktop.services.exchange.revoke_peer import revoke_peer
from desktop.services.exchange.trust import approve
from desktop.services.look_up import case_evidence
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.orders.list_orders import orders_on_clock
from desktop.services.orders.record_reply import ReplyBaseline
from desktop.services.ports.quarantine import Quarantined
from desktop.services.session import Session
from desktop.ui.shared.orders.order_clock import OrderRow, row_of
from desktop.ui.shared.orders.ordering.port import OrderPort
from desktop.ui.shared.orders.ordering.session_ordering import SessionOrdering
from desktop.ui.shared.trust.cards_port import SessionCards
from desktop.ui.shared.trust.keys_port import SessionKeys


class CentreVerbs:
    """Implements :class:`desktop.ui.centre.port.CentrePort`."""

    def __init__(self, session: Session, quarantine: Path) -> None:
        self._session = session
        self._ordering = SessionOrdering(session)
        self._quarantine = Quarantine(quarantine)
        self.keys = SessionKeys(session)
        self.cards = SessionCards(session)

    @property
    def ordering(self) -> OrderPort:
        """What is done with the orders themselves."""
        return self._ordering

    def inbox(self) -> tuple[inbox.StationRow, ...]:
        """Enrolled devices, the stalest first."""
        return inbox.stations(self._session)

    def quarantine(self) -> tuple[Quarantined, ...]:
        """Refused volumes, newest first."""
        return self._quarantine.rows()

    def orders(self) -> tuple[OrderRow, ...]:
        """Orders of all stations, each with its clock."""
        return tuple(row_of(item) for item in orders_on_clock(self._session))

    def reveal(self, case: CaseId) -> None:
        """Record that numbers of persons are shown in full. An order known by its slip alone has no case yet."""
        if case:
            reveal_case(self._session, case)

    def evidence(self, case: CaseId) -> tuple[Evidence, ...]:
        """What the station attached to the case."""
        return case_evidence(self._session, case)

    def ingest(self, paths: Sequence[Path], progress: Progress, *, dry_run: bool) -> AppliedBundle:
        """Take volumes in."""
        return ingest.ingest(self._session, self._quarantine, paths, progress, dry_run=dry_run)

    def reply(self, order: OrderId, answer: OrderReply, seen: OrderReply | None) -> None:
        """Record what the bank answered."""
        replies.reply(self._session, order, answer, ReplyBaseline(seen))

    def write_replies(self, folder: Path, progress: Progress) -> tuple[replies.ReplyBundle, ...]:
        """One bundle for every device that lacks something."""
        return replies.write_replies(self._session, folder, progress)

    def enrol(self, text: str, second: TypedSecond | None = None) -> str:
        """Trust the device on the card; the approval card that goes back."""
        return approve(self._session, text, proved(self._session, second))

    def scan(self, picture: bytes) -> tuple[bytes, ...]:
        """What the codes in a picture say."""
        return scan.scan(self._session, picture)

    def scan_frame(self, frame: GrayFrame) -> tuple[bytes, ...]:
        """What the codes in one picture of a camera say."""
        return self._session.slips.scan_frame(frame)

    def take_codes(self, collector: SlipCollector, codes: Sequence[bytes]) -> Scanned:
        """Put codes to those in the tray."""
        return scan.take_codes(self._session, collector, codes)

    def waiting_slips(self) -> tuple[WaitingSlip, ...]:
        """Scanned slips whose bundle has not come."""
        return waiting_slips(self._session)

    def peers(self) -> tuple[Peer, ...]:
        """Every device ever enrolled."""
        return trust.peers(self._session)

    def ending(self) -> tuple[Peer, ...]:
        """Enrolments that end soon or have ended."""
        found = trust.expiring(self._session)
        return tuple(sorted(found, key=lambda peer: to_wire(peer.valid_until or peer.trusted_at)))

    def warned_before(self) -> timedelta:
        """How long before an enrolment ends people are told."""
        return trust.warned_before(self._session)

    def revoked_unmet(self) -> tuple[DeviceId, ...]:
        """Devices on the centre's revocation list that were never trusted here."""
        return trust.revoked_unmet(self._session)

    def revoke(self, device: DeviceId, reason: str, second: TypedSecond | None = None) -> Peer:
        """Trust it no longer."""
        return revoke_peer(self._session, device, reason, proved(self._session, second))

    def release(self, progress: Progress) -> AppliedBundle:
        """Take in what was quarantined for want of trust."""
        return release_quarantine(self._session, progress)
