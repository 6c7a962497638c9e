"""What the centre's window asks of the centre. The records are described, not imported: the centre's own fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.domain.errors import AppError
from desktop.domain.evidence.gray_frame import GrayFrame
from desktop.domain.evidence.item import Evidence
from desktop.domain.exchange import Peer, WrittenVolume
from desktop.domain.fields import Json
from desktop.domain.ids import CaseId, DeviceId, OrderId
from desktop.domain.law.deadlines import Deadline
from desktop.domain.orders.order import Order, OrderReply
from desktop.domain.orders.slip_collector import SlipCollector
from desktop.domain.progress import Progress
from desktop.services.officers.second_officer import TypedSecond
from desktop.services.ports.quarantine import Quarantined
from desktop.ui.shared.dialogs.bundle_findings import Findings
from desktop.ui.shared.orders.order_clock import OrderRow
from desktop.ui.shared.orders.ordering.port import OrderPort
from desktop.ui.shared.trust.peers_port import PeersPort

if TYPE_CHECKING:
    from desktop.services.exchange.apply_bundle import BundleProblem


class StationRow(Protocol):
    """One enrolled device and how fresh our picture of it is."""

    @property
    def unit_code(self) -> str:
        """Twelve digits."""
        ...

    @property
    def unit_name(self) -> str:
        """As on its card."""
        ...

    @property
    def letter(self) -> str:
        """Which desk of its unit."""
        ...

    @property
    def device(self) -> DeviceId:
        """Unique among the rows."""
        ...

    @property
    def fingerprint(self) -> DeviceId:
        """Of its key."""
        ...

    @property
    def last_bundle_at(self) -> datetime | None:
        """When its newest bundle came; None before the first."""
        ...

    @property
    def cases(self) -> int:
        """Known cases of its unit."""
        ...

    @property
    def open_orders(self) -> int:
        """Orders of its unit nobody has answered."""
        ...

    @property
    def gaps(self) -> int:
        """Entries that wait for an earlier bundle."""
        ...


class IngestResult(Findings, Protocol):
    """What came in, or would."""

    @property
    def bundles(self) -> int:
        """Bundles with at least one sound volume."""
        ...

    @property
    def volumes(self) -> int:
        """Sound volumes."""
        ...

    @property
    def applied(self) -> int:
        """New entries."""
        ...

    @property
    def blobs(self) -> int:
        """New pieces of evidence; 0 in a dry run."""
        ...

    @property
    def cases(self) -> frozenset[CaseId]:
        """Cases that changed."""
        ...

    @property
    def problems(self) -> tuple[BundleProblem, ...]:
        """Refused volumes."""
        ...


class ReplyBundle(Protocol):
    """A bundle that carries receipts and replies to one device."""

    @property
    def unit_name(self) -> str:
        """Whose it is."""
        ...

    @property
    def number(self) -> str:
        """As on the files."""
        ...

    @property
    def volumes(self) -> tuple[WrittenVolume, ...]:
        """Written, read back, verified."""
        ...

    @property
    def error(self) -> AppError | None:
        """Why there is none; None where there is."""
        ...


class ScannedOrder(Protocol):
    """An order on an urgent slip. ``payload``: journal names to values."""

    @property
    def payload(self) -> Mapping[str, Json]:
        """What is ordered."""
        ...

    @property
    def known(self) -> bool:
        """Whether the order already came in a bundle."""
        ...

    @property
    def before(self) -> tuple[datetime, str] | None:
        """When and by whom it was read before."""
        ...


class ScannedSlip(Protocol):
    """An urgent slip whose signature holds."""

    @property
    def device(self) -> DeviceId:
        """Who made it."""
        ...

    @property
    def unit_name(self) -> str:
        """The unit of that device."""
        ...

    @property
    def orders(self) -> Sequence[ScannedOrder]:
        """At least one."""
        ...

    @property
    def expired(self) -> bool:
        """Whether the enrolment of that device has run out."""
        ...


class ScanResult(Protocol):
    """What became of some codes."""

    @property
    def collector(self) -> SlipCollector:
        """What is there of slips that are not whole yet."""
        ...

    @property
    def slips(self) -> Sequence[ScannedSlip]:
        """Those that became whole."""
        ...

    @property
    def refused(self) -> Sequence[AppError]:
        """Why others were not taken, each reason once."""
        ...


class WaitingSlip(Protocol):
    """An order known by its urgent slip alone; its bundle has not come."""

    @property
    def id(self) -> str:
        """Of the order."""
        ...

    @property
    def unit_name(self) -> str:
        """Whose it is."""
        ...

    @property
    def case_number(self) -> str:
        """The station's own number of the case."""
        ...

    @property
    def scanned_at(self) -> datetime:
        """When it was read here."""
        ...

    @property
    def scanned_by(self) -> str:
        """By whom."""
        ...

    @property
    def order(self) -> Order | None:
        """As far as the slip was kept."""
        ...

    @property
    def due(self) -> Deadline | None:
        """Its clock."""
        ...


class CentrePort(PeersPort, Protocol):
    """All but ``ordering`` and ``keys`` may be slow and raise ``AppError``."""

    @property
    def ordering(self) -> OrderPort:
        """What is done with the orders themselves."""
        ...

    def inbox(self) -> tuple[StationRow, ...]:
        """Enrolled devices, the stalest first."""
        ...

    def waiting_slips(self) -> Sequence[WaitingSlip]:
        """Scanned slips whose bundle has not come, the most urgent first."""
        ...

    def quarantine(self) -> tuple[Quarantined, ...]:
        """Refused volumes, newest first."""
        ...

    def orders(self) -> tuple[OrderRow, ...]:
        """Orders of all stations, each with its clock."""
        ...

    def reveal(self, case: CaseId) -> None:
        """Record that numbers of persons of an order of this case are shown in full."""
        ...

    def evidence(self, case: CaseId) -> tuple[Evidence, ...]:
        """What the station attached to the case of an order, in the order it was added."""
        ...

    def ingest(self, paths: Sequence[Path], progress: Progress, *, dry_run: bool) -> IngestResult:
        """Take volumes in; refused ones are quarantined (not in a dry run)."""
        ...

    def reply(self, order: OrderId, answer: OrderReply, seen: OrderReply | None) -> None:
        """Record what the bank answered."""
        ...

    def write_replies(self, folder: Path, progress: Progress) -> tuple[ReplyBundle, ...]:
        """One bundle for every device that lacks something."""
        ...

    def enrol(self, text: str, second: TypedSecond | None = None) -> str:
        """Trust the device on the card; the approval card that goes back. ``RuleError("second.needed")`` where two
        officers do."""
        ...

    def scan(self, picture: bytes) -> tuple[bytes, ...]:
        """What the codes in a picture say; at least one."""
        ...

    def scan_frame(self, frame: GrayFrame) -> tuple[bytes, ...]:
        """What the codes in one picture of a camera say; mostly none."""
        ...

    def take_codes(self, collector: SlipCollector, codes: Sequence[bytes]) -> ScanResult:
        """Put codes to those in the tray, open the slips that are whole with them, and record that they were read."""
        ...

    def ending(self) -> tuple[Peer, ...]:
        """Enrolments that end soon or have ended, the first to end first."""
        ...

    def release(self, progress: Progress) -> IngestResult:
        """Take in what was quarantined for want of trust."""
        ...
