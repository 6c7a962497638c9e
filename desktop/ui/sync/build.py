"""Makes the synchronisation screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from desktop.domain.case_file.views import OrderView
from desktop.domain.exchange import Peer
from desktop.domain.ids import DeviceId, OrderId
from desktop.domain.orders.order import UNHEARD, OrderKind
from desktop.domain.progress import Progress
from desktop.services import look_up
from desktop.services.exchange import adopt_records, apply_bundle, export_bundle, sync_status, trust
from desktop.services.exchange.replace_centre import Replaced, replace_centre
from desktop.services.exchange.revoke_peer import revoke_peer
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.orders import make_slip
from desktop.services.ports import Pdf
from desktop.services.ports.quarantine import Quarantined
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.trust.cards_port import SessionCards
from desktop.ui.shared.trust.keys_port import SessionKeys
from desktop.ui.shared.widgets.drives import SystemDrives
from desktop.ui.sync.port import ExportTarget, OnVolume, OwnInstallation, SyncNavigator, SyncView
from desktop.ui.sync.sync_screen import SyncScreen

_STOPS = frozenset({OrderKind.STOP, OrderKind.SECOND_STOP})


class SessionSync:
    """Implements :class:`desktop.ui.sync.port.SyncPort`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.keys = SessionKeys(session)
        self.cards = SessionCards(session)

    def own(self) -> OwnInstallation:
        """Who this is."""
        profile = self._session.profile
        return OwnInstallation(
            profile.unit_code, profile.unit_name, profile.device_letter, self.keys.fingerprint()
        )

    def load(self) -> SyncView:
        """What is pending, what went to and fro, whom we trust."""
        orders = self._orders()
        unheard = tuple(view for view in orders if view.state in UNHEARD)
        return SyncView(sync_status.sync_status(self._session), newest_unheard(orders), unheard)

    def slip(self, *orders: OrderId) -> make_slip.Slip:
        """The orders as sealed QR codes."""
        return make_slip.make_slip(self._session, *orders)

    def export(
        self, folder: Path, progress: Progress, on_volume: OnVolume, target: ExportTarget
    ) -> export_bundle.Exported:
        """Write what the receiver lacks."""
        return export_bundle.export_bundle(
            self._session,
            folder,
            progress,
            receiver=target.receiver,
            on_volume=on_volume,
            afresh=target.afresh,
        )

    def peers(self) -> tuple[Peer, ...]:
        """Every installation ever trusted."""
        return trust.peers(self._session)

    def warned_before(self) -> timedelta:
        """How long before an enrolment ends people are told."""
        return trust.warned_before(self._session)

    def revoked_unmet(self) -> tuple[DeviceId, ...]:
        """Devices on the centre's revocation list that were never trusted here."""
        return trust.revoked_unmet(self._session)

    def revoke(self, device: DeviceId, reason: str, second: TypedSecond | None = None) -> Peer:
        """Trust it no longer."""
        return revoke_peer(self._session, device, reason, proved(self._session, second))

    def quarantine(self) -> tuple[Quarantined, ...]:
        """Refused volumes, newest first."""
        return self._session.quarantine.rows()

    def release(self, progress: Progress) -> apply_bundle.AppliedBundle:
        """Take in what was kept for want of trust."""
        return apply_bundle.release_quarantine(self._session, progress)

    def adopt(self, device: DeviceId) -> int:
        """Say what a device that is gone left here."""
        return adopt_records.adopt_records(self._session, device)

    def verify(self, paths: Sequence[Path], progress: Progress) -> apply_bundle.BundleVerdict:
        """Check volumes."""
        return apply_bundle.verify_bundle(self._session, paths, progress)

    def apply(
        self, paths: Sequence[Path], progress: Progress, *, dry_run: bool
    ) -> apply_bundle.AppliedBundle:
        """Take volumes in, or only look."""
        return apply_bundle.apply_bundle(self._session, paths, progress, dry_run=dry_run)

    def replace_centre(self, text: str, second: TypedSecond | None = None) -> Replaced:
        """Name another centre. The record is shown at once, for both officers to print and sign."""
        return replace_centre(self._session, text, proved(self._session, second), _shown_at_once)

    def trust(self, text: str, second: TypedSecond | None = None) -> Peer:
        """Trust the installation on the card."""
        return trust.trust_peer(self._session, text, proved(self._session, second))

    def _orders(self) -> tuple[OrderView, ...]:
        return look_up.orders(self._session)


def _shown_at_once(_record: Pdf) -> None:
    """The window opens it over the page as soon as the change stands."""


def newest_unheard(orders: Sequence[OrderView]) -> OrderView | None:
    """The newest stop the centre has not acknowledged."""
    waiting = [view for view in orders if view.order.kind in _STOPS and view.state in UNHEARD]
    return max(waiting, key=lambda view: view.order.issued_at, default=None)


def sync_screen(kit: Kit, session: Session, navigator: SyncNavigator) -> SyncScreen:
    """The screen for ``desk``."""
    return SyncScreen(kit, SessionSync(session), navigator, SystemDrives())
