"""What the synchronisation screen asks of the desk, and of the window around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from desktop.domain.case_file.views import OrderView
from desktop.domain.exchange import Peer, WrittenVolume
from desktop.domain.ids import DeviceId, OrderId
from desktop.domain.progress import Progress
from desktop.services.exchange.replace_centre import Replaced
from desktop.services.officers.second_officer import TypedSecond
from desktop.services.ports.quarantine import Quarantined
from desktop.ui.shared.trust.peers_port import PeersPort

if TYPE_CHECKING:
    from desktop.services.exchange.apply_bundle import AppliedBundle, BundleVerdict
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


class SyncPort(PeersPort, Protocol):
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

    def quarantine(self) -> tuple[Quarantined, ...]:
        """Refused volumes, newest first."""
        ...

    def release(self, progress: Progress) -> AppliedBundle:
        """Take in what was kept for want of trust."""
        ...

    def adopt(self, device: DeviceId) -> int:
        """Say in this desk's name what a device that is gone left here; how many records that were."""
        ...

    def verify(self, paths: Sequence[Path], progress: Progress) -> BundleVerdict:
        """Check volumes; nothing is changed."""
        ...

    def apply(self, paths: Sequence[Path], progress: Progress, *, dry_run: bool) -> AppliedBundle:
        """Take volumes in, or only find out what that would change."""
        ...

    def replace_centre(self, text: str, second: TypedSecond | None = None) -> Replaced:
        """Name the centre on the card in place of the one before; ``RuleError("second.needed")`` where two officers
        do."""
        ...

    def trust(self, text: str, second: TypedSecond | None = None) -> Peer:
        """Trust the installation on the card; ``RuleError("second.needed")`` where two officers do."""
        ...


class SyncNavigator(Protocol):
    """The ways out of the screen; the window that holds the screens implements it."""

    def open_paper(self, pdf: Pdf, title: str) -> None:
        """Show a finished paper to be looked at and printed. ``title`` names the file."""
        ...
