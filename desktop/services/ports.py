"""What services need from the world. Adapters implement these; tests bring fakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from desktop.domain.evidence import Evidence, StoredBlob
from desktop.domain.exchange import (
    BlobRef,
    BundleRow,
    Party,
    PartyCard,
    Pending,
    SenderCard,
    VolumeManifest,
    WrittenVolume,
)
from desktop.domain.fields import Fields, Json
from desktop.domain.ids import CaseId, DeviceId
from desktop.domain.intake import Draft, IntakeForm
from desktop.domain.officer import Officer
from desktop.domain.order import Order
from desktop.domain.profile import Profile
from desktop.domain.progress import Progress
from desktop.domain.views import (
    CaseCard,
    CaseFile,
    HistoryRow,
    OrderView,
    SameAccount,
    SearchHit,
)
from desktop.journal.entry import Entry, NewEntry


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying foreign entries did. ``held``: entries that wait for a predecessor."""

    applied: int
    already: int
    held: int
    conflicts: int
    cases: frozenset[CaseId]


class Reader(Protocol):
    """A consistent view of the projections and the journal."""

    def board(self) -> tuple[CaseCard, ...]:
        """Every case, newest first."""
        ...

    def case_card(self, case: CaseId) -> CaseCard | None:
        """One card; None when the case is unknown."""
        ...

    def case_file(self, case: CaseId) -> CaseFile | None:
        """A case with all that hangs on it."""
        ...

    def evidence(self, case: CaseId) -> tuple[Evidence, ...]:
        """The items of a case in the order they were added; also while the case is a draft only."""
        ...

    def case_by_number(self, number: str) -> CaseId | None:
        """The case with this local number or id."""
        ...

    def history(self, case: CaseId) -> tuple[HistoryRow, ...]:
        """Every entry about the case and its parts, oldest first."""
        ...

    def search(self, text: str, limit: int) -> tuple[tuple[SearchHit, ...], int]:
        """Cases whose names, accounts, phones or narrative contain ``text``, and how many there are in all."""
        ...

    def same_account(self, normal: str, but: CaseId) -> tuple[SameAccount, ...]:
        """Other cases that hold the normalised account or identifier ``normal``."""
        ...

    def orders(self) -> tuple[OrderView, ...]:
        """Every order, newest first."""
        ...

    def order(self, order: str) -> OrderView | None:
        """One order by id or number."""
        ...

    def current(self, subject: str) -> Fields:
        """The shown values of a subject; empty when unknown."""
        ...

    def officer(self, number: str) -> Officer | None:
        """An enrolled officer."""
        ...

    def parties(self) -> tuple[Party, ...]:
        """Every installation ever trusted, revoked ones included."""
        ...

    def bundles(self) -> tuple[BundleRow, ...]:
        """Exchange history, newest first."""
        ...

    def pending(self, receiver: DeviceId) -> Pending:
        """What ``receiver`` has not acknowledged yet."""
        ...

    def heads(self) -> Mapping[str, int]:
        """Stream → last contiguous sequence held."""
        ...

    def acknowledged(self, receiver: DeviceId) -> Mapping[str, int]:
        """Stream → last sequence ``receiver`` has proved to hold."""
        ...

    def unacknowledged_blobs(self, receiver: DeviceId) -> tuple[BlobRef, ...]:
        """Blobs of known evidence that ``receiver`` has not proved to hold, in evidence order."""
        ...

    def known_blobs(self) -> tuple[BlobRef, ...]:
        """Every blob any evidence item names."""
        ...

    def is_awaited(self, sha256: str) -> bool:
        """Whether the blob was attached on another device and may still be on its way here."""
        ...

    def entries(self, stream: str, first: int, last: int) -> Iterator[Entry]:
        """Entries of one stream, ascending."""
        ...

    def draft(self, case: CaseId) -> Draft | None:
        """The saved draft of this case."""
        ...

    def drafts(self) -> tuple[Draft, ...]:
        """Every draft, last saved first."""
        ...

    def officers(self) -> tuple[Officer, ...]:
        """Every officer ever enrolled, by number."""
        ...

    def held(self) -> int:
        """Entries that wait for a predecessor."""
        ...

    def held_streams(self) -> Mapping[DeviceId, int]:
        """Device → entries of it that wait for a predecessor."""
        ...

    def units(self) -> tuple[str, ...]:
        """The unit code of every case."""
        ...

    def thumbnail(self, evidence: str) -> bytes | None:
        """The kept thumbnail of an evidence item."""
        ...

    def case_serial_after(self, prefix: str) -> int:
        """One more than the greatest serial among local case numbers that start with ``prefix``."""
        ...

    def last_wall(self) -> str:
        """The greatest wall time this device ever wrote, to notice a clock that was set back."""
        ...


class Transaction(Reader, Protocol):
    """Everything inside commits together or not at all."""

    def append(self, officer: str, new: NewEntry) -> Entry:
        """Record a local fact: chain it, merge it, project it."""
        ...

    def apply(self, entries: Iterable[Entry]) -> Applied:
        """Merge entries of other devices; idempotent; gaps are held.

        Raises:
            TrustError: ``journal.fork`` when a known place of a chain holds another entry, ``journal.chain`` when
                an entry does not continue its chain, ``journal.newer`` for a schema this program cannot read.
        """
        ...

    def project(self) -> None:
        """Bring the projections up to date inside the transaction, to read back what was appended."""
        ...

    def keep_thumbnail(self, evidence: str, png: bytes) -> None:
        """Keep a thumbnail; a derived thing of this device, not a fact."""
        ...

    def save_draft(self, form: IntakeForm, officer: str) -> Draft:
        """Keep a draft; replaces the former revision."""
        ...

    def drop_draft(self, case: CaseId) -> None:
        """Forget a draft that became a report or was given up."""
        ...


class Store(Protocol):
    """The encrypted database."""

    def read(self) -> AbstractContextManager[Reader]:
        """A read-only snapshot."""
        ...

    def write(self) -> AbstractContextManager[Transaction]:
        """One transaction (``BEGIN IMMEDIATE``); commits at the end of the block, rolls back on any exception."""
        ...

    def verify(self, progress: Progress) -> tuple[str, ...]:
        """Re-check chain, hashes and projections; problem texts, empty when sound."""
        ...

    def rebuild(self, progress: Progress) -> str:
        """Make the projections anew from the journal; returns their digest."""
        ...

    def digest(self) -> str:
        """SHA-256 over all projection rows in key order."""
        ...

    def close(self) -> None:
        """Checkpoint and close."""
        ...


class BlobWriter(Protocol):
    """A blob being received; nothing is visible in the vault before ``commit``."""

    def write(self, data: bytes) -> int:
        """Take the next bytes."""
        ...

    def commit(self) -> StoredBlob:
        """Check size and digest, fsync, publish under the content name."""
        ...

    def abort(self) -> None:
        """Leave no trace."""
        ...


class Vault(Protocol):
    """Immutable evidence files, encrypted at rest, named by their SHA-256."""

    def store(self, path: Path, progress: Progress) -> StoredBlob:
        """Read the file once: digest and encrypt side by side, fsync, publish. The original is opened read-only.

        Raises:
            WorldError: ``evidence.unreadable``, ``evidence.changed``, ``disk.full`` …
        """
        ...

    def store_many(
        self, paths: Sequence[Path], progress: Progress
    ) -> Iterator[tuple[Path, StoredBlob]]:
        """Like ``store`` for thousands of small files, with a small pool; yields as each becomes durable."""
        ...

    def store_bytes(self, data: bytes) -> StoredBlob:
        """Store something held in memory, such as a pasted screenshot."""
        ...

    def receive(self, expected: BlobRef) -> BlobWriter:
        """Take a blob from a bundle."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """Plain content as a stream; raises ``WorldError("vault.missing")``, ``TrustError("vault.damaged")``."""
        ...

    def has(self, sha256: str) -> bool:
        """Whether the blob is here."""
        ...

    def sm3(self, sha256: str, progress: Progress) -> str:
        """SM3 of the plain content; SHA-256 is checked on the way."""
        ...

    def verify(self, sha256: str, progress: Progress) -> bool:
        """Decrypt and re-hash; False when damaged, ``WorldError("vault.missing")`` when gone."""
        ...

    def sweep(self, known: frozenset[str]) -> int:
        """Remove temporary files of interrupted work (never a published blob); how many."""
        ...


class VolumeSink(Protocol):
    """Takes what a verified volume holds while it streams in."""

    def journal_line(self, line: bytes) -> None:
        """One canonical entry line."""
        ...

    def blob(self, ref: BlobRef) -> BlobWriter | None:
        """A writer for the blob, or None when it is already here (its bytes are still checked)."""
        ...


@dataclass(frozen=True, slots=True)
class OpenedSlip:
    """An urgent slip that was unsealed and whose signature holds against its sender's device id."""

    device: DeviceId
    payload: Mapping[str, Json]


class Exchange(Protocol):
    """Bundles, cards and slips, bound to this installation's keys."""

    def card(self, profile: Profile, made_at: str) -> str:
        """This installation's enrolment card."""
        ...

    def approval(self, profile: Profile, approves: PartyCard, made_at: str) -> str:
        """The approval card for an enrolled device; holds our own public keys."""
        ...

    def parse_card(self, text: str) -> PartyCard:
        """A card whose self-signature holds; raises ``TrustError("card.damaged")``."""
        ...

    def write_volume(
        self,
        folder: Path,
        manifest: VolumeManifest,
        *,
        journal: Iterable[bytes],
        readme: bytes,
        blobs: Iterable[tuple[BlobRef, BinaryIO]],
        recipients: Sequence[str],
        progress: Progress,
    ) -> WrittenVolume:
        """Write, fsync, rename, re-read past the cache, verify."""
        ...

    def read_volume(
        self,
        path: Path,
        sink: VolumeSink,
        accept: Callable[[VolumeManifest, str], None],
        progress: Progress,
    ) -> VolumeManifest:
        """Verify a volume while it streams into ``sink``. ``accept`` gets the manifest and the ``ssh-ed25519`` line
        of the verified signer before any payload is read and raises ``TrustError`` to refuse."""
        ...

    def sender(self, profile: Profile) -> SenderCard:
        """This installation's ``SenderCard``."""
        ...

    def recipient(self) -> str:
        """This installation's age recipient."""
        ...

    def sweep(self, folder: Path) -> int:
        """Remove our own stale ``.part`` files; how many."""
        ...

    def seal_slip(self, payload: Mapping[str, Json], recipient: str) -> bytes:
        """An urgent slip of at most 950 bytes."""
        ...

    def open_slip(self, data: bytes, signing_key_of: Callable[[DeviceId], str]) -> OpenedSlip:
        """Unseal and verify; ``signing_key_of`` gives the trusted key line or raises ``TrustError``."""
        ...

    def qr_png(self, data: bytes) -> bytes:
        """The slip as a QR picture."""
        ...

    def scan(self, picture: bytes) -> bytes | None:
        """The slip found in a picture, if any."""
        ...


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished paper."""

    data: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class FormInfo:
    """A form that can be printed. ``set`` names the form set (``criminal_2022``, ``local`` …)."""

    id: str
    title: str
    set: str


@dataclass(frozen=True, slots=True)
class BundleSummary:
    """What the readme for humans inside a bundle says."""

    number: str
    sender: str
    receiver: str
    made_at: datetime
    cases: tuple[tuple[str, str, int], ...]
    """(number, victim, loss in fen)."""
    orders: int
    blobs: int
    size: int
    fingerprint: str


class Papers(Protocol):
    """Everything that is printed."""

    def forms(self) -> tuple[FormInfo, ...]:
        """The forms this version prints."""
        ...

    def form(self, form: str, file: CaseFile, officers: Mapping[str, str], at: datetime) -> Pdf:
        """A form of a case. ``officers``: number → name. Raises ``UserInputError("form.unknown")``."""
        ...

    def stop_form(
        self, file: CaseFile, order: Order, officers: Mapping[str, str], at: datetime
    ) -> Pdf:
        """《紧急止付申请表》 for one order, all 19 fields."""
        ...

    def slip(self, file: CaseFile, order: Order, qr_png: bytes, at: datetime) -> Pdf:
        """The urgent slip with its QR code, one page."""
        ...

    def readme(self, summary: BundleSummary) -> bytes:
        """``data/readme.pdf`` of a bundle."""
        ...

    def recovery_sheet(self, profile: Profile, officer: Officer, code: str, at: datetime) -> Pdf:
        """The printed recovery code."""
        ...


class PdfPictures(Protocol):
    """Pages of a PDF file as pictures, within limits; the file may be hostile."""

    def pdf_page_count(self, data: bytes) -> int:
        """How many pages; ``WorldError`` pdf.damaged, pdf.locked (a password) or pdf.too_large."""
        ...

    def render_pdf_page(self, data: bytes, page: int, width: int) -> bytes:
        """Page ``page`` (from 0) as PNG, ``width`` pixels wide; also ``UserInputError("pdf.no_such_page")``."""
        ...
