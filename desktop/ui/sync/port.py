"""What the synchronisation screen asks of the desk, and of the window around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from desktop.domain.exchange import Party, WrittenVolume
from desktop.domain.ids import DeviceId, OrderId
from desktop.domain.progress import Progress
from desktop.domain.views import OrderView
from desktop.ui.shared.trust.cards_port import CardPort
from desktop.ui.shared.trust.keys_port import KeyPort

if TYPE_CHECKING:
    from desktop.services.exchange.apply_bundle import AppliedBundle, Verdict
    from desktop.services.exchange.export_bundle import Exported
    from desktop.services.exchange.sync_status import SyncStatus
    from desktop.services.orders.make_slip import Slip
    from desktop.services.ports import Pdf

OnVolume = Callable[[int, int, WrittenVolume], None]


@dataclass(frozen=True, slots=True)
class ExportTarget:
    """For whom: the centre, or another desk of the station. ``afresh``: not continuing an interrupted export."""

    receiver: DeviceId | None = None
    afresh: bool = False


TO_CENTRE: Final = ExportTarget()


@dataclass(frozen=True, slots=True)
class OwnInstallation:
    """This desk, as the other side knows it."""

    unit_code: str
    unit_name: str
    letter: str
    fingerprint: DeviceId
    """Of the key in use, as people compare it."""


@dataclass(frozen=True, slots=True)
class SyncView:
    """One reading of everything the screen shows. ``urgent``: the newest stop the centre has not acknowledged;
    ``unheard``: every order of which nothing proves that the centre knows, newest first."""

    status: SyncStatus
    urgent: OrderView | None
    unheard: tuple[OrderView, ...] = ()


class SyncPort(Protocol):
    """The services behind the screen. All but ``own`` may be slow and raise ``AppError``."""

    def own(self) -> OwnInstallation:
        """Who this is; never slow."""
        ...

    def load(self) -> SyncView:
        """What is pending, what went to and fro, whom we trust."""
        ...

    def slip(self, *orders: OrderId) -> Slip:
        """The orders as sealed QR codes; recorded."""
        ...

    def export(
        self, folder: Path, progress: Progress, on_volume: OnVolume, target: ExportTarget
    ) -> Exported:
        """Write what the receiver lacks. ``on_volume(index, volumes, volume)``: one is written and verified."""
        ...

    def parties(self) -> tuple[Party, ...]:
        """Every installation ever trusted."""
        ...

    def warned_before(self) -> timedelta:
        """How long before an enrolment ends people are told; never slow."""
        ...

    def revoked_unmet(self) -> tuple[DeviceId, ...]:
        """Devices on the centre's revocation list that were never trusted here."""
        ...

    def revoke(self, device: DeviceId, reason: str) -> Party:
        """Trust it no longer."""
        ...

    @property
    def keys(self) -> KeyPort:
        """Our own keys."""
        ...

    def release(self, progress: Progress) -> AppliedBundle:
        """Take in what was kept for want of trust."""
        ...

    def verify(self, paths: Sequence[Path], progress: Progress) -> Verdict:
        """Check volumes; nothing is changed."""
        ...

    def apply(self, paths: Sequence[Path], progress: Progress, *, dry_run: bool) -> AppliedBundle:
        """Take volumes in, or only find out what that would change."""
        ...

    @property
    def cards(self) -> CardPort:
        """Cards, ours and others'."""
        ...

    def trust(self, text: str) -> Party:
        """Trust the installation on the card."""
        ...


class SyncNavigator(Protocol):
    """The ways out of the screen; the window that holds the screens implements it."""

    def open_paper(self, pdf: Pdf, title: str) -> None:
        """Show a finished paper to be looked at and printed. ``title`` names the file."""
        ...
