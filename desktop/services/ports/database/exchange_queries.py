"""Who is trusted, and what is whose, here and elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from desktop.domain.cases.left_record import LeftRecord
from desktop.domain.exchange.delivery import Delivery
from desktop.domain.exchange.origin import StoredSignature
from desktop.domain.exchange.peers import Peer
from desktop.domain.exchange.volumes import BlobRef, BundleRow, Pending
from desktop.domain.ids import BundleId, CaseId, DeviceId
from desktop.domain.records.fields import Fields
from desktop.journal.entry import Entry


class ExchangeQueries(Protocol):
    """Who is trusted, and what is whose, here and elsewhere."""

    def peers(self) -> tuple[Peer, ...]:
        """Every installation ever trusted, revoked ones included, but not a centre's own PCs."""
        ...

    def seats(self) -> tuple[Peer, ...]:
        """The PCs of this centre that have keys of their own, those that were taken away included."""
        ...

    def revoked_elsewhere(self) -> frozenset[DeviceId]:
        """Devices that a trusted centre revoked, known here or not."""
        ...

    def bundles(self) -> tuple[BundleRow, ...]:
        """Exchange history, newest first."""
        ...

    def sent_by(self, device: DeviceId) -> Mapping[BundleId, Fields]:
        """What is known of every bundle that ``device`` made for this one."""
        ...

    def pending(self, receiver: DeviceId) -> Pending:
        """What ``receiver`` has not acknowledged yet."""
        ...

    def delivery(self, receiver: DeviceId) -> Delivery:
        """How far everything this device recorded has got to ``receiver``."""
        ...

    def own_entries(self, case: CaseId) -> tuple[int, ...]:
        """Sequences of the entries this device wrote about a case, ascending."""
        ...

    def enclosed_blobs(self, receiver: DeviceId, unit: str) -> tuple[BlobRef, ...]:
        """Evidence that this centre sends a station along with a task, which ``receiver`` has not proved to hold."""
        ...

    def own_blobs(self) -> tuple[BlobRef, ...]:
        """Every blob this device attached or signed."""
        ...

    def left_by(self, stream: str, after: int) -> tuple[LeftRecord, ...]:
        """What still stands of a stream's entries about cases behind ``after``, in their order."""
        ...

    def known_blobs(self) -> tuple[BlobRef, ...]:
        """Every blob any evidence item names."""
        ...

    def is_awaited(self, sha256: str) -> bool:
        """Whether the blob was attached on another device and may still be on its way here."""
        ...

    def disputing(self) -> frozenset[DeviceId]:
        """Devices whose receipts name an entry of ours that we lack or have otherwise: an old backup was restored."""
        ...

    def acknowledged(self, receiver: DeviceId) -> Mapping[str, int]:
        """Stream → last sequence ``receiver`` has proved to hold."""
        ...

    def exported(self, receiver: DeviceId) -> Mapping[str, int]:
        """Stream → last sequence that left on a medium for ``receiver``."""
        ...

    def acknowledged_contents(self, receiver: DeviceId) -> frozenset[str]:
        """Every content ``receiver`` has proved to hold, parts of split blobs among them."""
        ...

    def reads_schema(self, receiver: DeviceId, schema: int) -> bool:
        """Whether a receipt of ``receiver`` says that its program reads entries of ``schema``, or it is the first."""
        ...

    def reads_seats(self, receiver: DeviceId) -> bool:
        """Whether a receipt of ``receiver`` says that it takes what a PC of its centre signs for the centre's word."""
        ...

    def unacknowledged_blobs(self, receiver: DeviceId) -> tuple[BlobRef, ...]:
        """Blobs of known evidence that ``receiver`` has not proved to hold, in evidence order."""
        ...

    def signatures(self) -> Iterator[StoredSignature]:
        """Every kept signature, by the time they came; one that was damaged comes with empty parts."""
        ...

    def lines(self, stream: str, first: int, last: int) -> Iterator[bytes]:
        """The lines of a stream as they came, those that wait for a predecessor among them; none is looked at."""
        ...

    def receipts_given(self) -> Iterator[Entry]:
        """Every receipt this device wrote."""
        ...

    def held(self) -> int:
        """Entries that wait for a predecessor."""
        ...

    def held_streams(self) -> Mapping[DeviceId, int]:
        """Device → entries of it that wait for a predecessor."""
        ...
