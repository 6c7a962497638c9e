"""Bundles, cards and slips as services see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.domain.audit import AuditFile
from desktop.domain.centre_list import CentreList
from desktop.domain.data_package import DataPackage, PackageHead
from desktop.domain.evidence.court_handover import CourtHandoverPlan, HandedOver
from desktop.domain.evidence.gray_frame import GrayFrame
from desktop.domain.exchange import (
    BlobRef,
    MediumFacts,
    PeerCard,
    SenderCard,
    VolumeManifest,
    WrittenVolume,
)
from desktop.domain.fields import Json
from desktop.domain.ids import DeviceId
from desktop.domain.orders.slip_collector import SlipCode
from desktop.domain.origin import SignedJournal, SignedParts
from desktop.domain.profile import Profile
from desktop.domain.progress import Progress
from desktop.services.ports.vault import BlobWriter


class VolumeSink(Protocol):
    """Takes what a verified volume holds while it streams in."""

    def signed(self, parts: SignedParts) -> None:
        """What the sender signed, of a volume that was accepted and carries records; comes before its first line."""
        ...

    def journal_line(self, line: bytes) -> None:
        """One canonical entry line."""
        ...

    def blob(self, ref: BlobRef) -> BlobWriter | None:
        """A writer for the blob, or None when it is already here (its bytes are still checked)."""
        ...


@dataclass(frozen=True, slots=True)
class VolumeContents:
    """What a volume is written from besides its manifest, and to whom it is sealed. ``journal``: canonical lines;
    ``blobs``: each with its content in blocks. ``blobs`` and ``journal`` are gone through once."""

    journal: Iterable[bytes]
    readme: bytes
    blobs: Iterable[tuple[BlobRef, Iterable[bytes]]]
    recipients: Sequence[str]


@dataclass(frozen=True, slots=True)
class OpenedSlip:
    """An urgent slip that was unsealed and whose signature holds. ``device``: the fingerprint of the key; ``orders``:
    at least one, each as journal names and values."""

    device: DeviceId
    orders: tuple[Mapping[str, Json], ...]


class Exchange(Protocol):
    """Bundles, cards and slips, bound to this installation's keys."""

    def card(
        self,
        profile: Profile,
        made_at: str,
        *,
        key: DeviceId | None = None,
        former: DeviceId | None = None,
    ) -> str:
        """This installation's enrolment card, of the pair in use or of ``key``; the pair ``former``, if it is still
        held, names it its successor."""
        ...

    def approval(
        self,
        profile: Profile,
        approves: PeerCard,
        made_at: str,
        *,
        former: DeviceId | None = None,
    ) -> str:
        """The approval card for an enrolled device; holds our own public keys."""
        ...

    def vouch(self, text: str) -> str:
        """A card with our signature over all of it, by the pair in use; raises as :meth:`parse_card` does."""
        ...

    def parse_card(self, text: str) -> PeerCard:
        """A card whose self-signature holds; raises ``TrustError("card.damaged")``."""
        ...

    def centre_list(self, profile: Profile, number: int, made_at: str, cards: Sequence[str]) -> str:
        """The list of a centre's devices under our signature and with our own card, by the pair in use."""
        ...

    def parse_centre_list(self, text: str) -> CentreList:
        """A list whose signature holds; raises ``TrustError``: ``centre_list.damaged``,
        ``centre_list.newer_version``."""
        ...

    def card_png(self, text: str) -> bytes:
        """A card as a picture with one QR code."""
        ...

    def card_of_code(self, data: bytes) -> str:
        """The text of the card in a code; raises ``TrustError``: ``card.not_a_card``, ``card.damaged``."""
        ...

    def write_volume(
        self,
        folder: Path,
        manifest: VolumeManifest,
        contents: VolumeContents,
        progress: Progress,
        *,
        on: MediumFacts | None = None,
    ) -> WrittenVolume:
        """Write, fsync, re-read past the cache, verify, and only then give it its name; ``WorldError("medium.gone")``
        where the folder is not ``on`` that medium any more."""
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

    def signed_journal(self, parts: SignedParts) -> SignedJournal:
        """What a kept signature proves; raises ``TrustError`` where it does not hold or anything under it changed."""
        ...

    def sender(self, profile: Profile, key: DeviceId | None = None) -> SenderCard:
        """This installation as the sender of what ``key`` signs, the pair in use by default."""
        ...

    def recipient(self) -> str:
        """This installation's age recipient, of the pair in use."""
        ...

    def fingerprint(self) -> str:
        """The fingerprint of our signing key in groups, as people compare it."""
        ...

    def write_court_handover(
        self, folder: Path, plan: CourtHandoverPlan, progress: Progress
    ) -> HandedOver:
        """Evidence for a court as a signed bag in ``folder``, written, read back and recorded before it shows.

        Raises:
            UserInputError: ``folder.not_empty``. TrustError: ``vault.damaged``, ``bag.damaged``.
            WorldError: from medium or vault. In every case the folder is empty again.
        """

    def write_audit(
        self,
        target: Path,
        head: Mapping[str, Json],
        entries: Iterable[Mapping[str, Json]],
        record: Callable[[int], None],
    ) -> AuditFile:
        """Lines of the audit as a JSON file with our signature beside it; ``record`` is called with how many there are
        before anything shows. Raises ``WorldError`` as the disk does; nothing is left then."""
        ...

    def is_recipient(self, text: str) -> bool:
        """Whether ``text`` is an age recipient that something can be sealed to."""
        ...

    def medium(self, folder: Path) -> MediumFacts:
        """What medium ``folder`` lies on; raises ``WorldError`` where it can not be asked."""
        ...

    def sweep(self, folder: Path) -> int:
        """Remove our own stale ``.part`` files; how many."""
        ...

    def seal_slip(
        self,
        payloads: Sequence[Mapping[str, Json]],
        recipient: str,
        key: DeviceId | None = None,
    ) -> tuple[bytes, ...]:
        """An urgent slip as the contents of its codes, each of at most 950 octets: one for an ordinary order. Signed by
        ``key``, the pair in use by default.

        Raises ``UserInputError("slip.too_long")`` where it takes more codes than anybody scans.
        """
        ...

    def read_slip_code(self, data: bytes) -> SlipCode:
        """What a code of a slip says of itself.

        Raises ``TrustError``: ``slip.not_a_slip``, ``slip.newer_version``, ``slip.damaged``.
        """
        ...

    def open_slip(self, whole: bytes, signing_key_of: Callable[[DeviceId], str]) -> OpenedSlip:
        """Unseal and verify; ``signing_key_of`` gives the trusted key line or raises ``TrustError``."""
        ...

    def seal_package(
        self, head: PackageHead, files: Mapping[str, bytes], key: DeviceId | None = None
    ) -> bytes:
        """A pack under the signature of ``key``, the pair in use by default; ``ValueError`` for unfit names."""
        ...

    def open_package(self, path: Path) -> DataPackage:
        """The pack in a file, its signature and digests verified.

        Raises:
            TrustError: ``pack.malformed``, ``pack.newer_format``, ``pack.unsigned``, ``pack.altered``.
        """
        ...

    def qr_png(self, data: bytes) -> bytes:
        """The slip as a QR picture."""
        ...

    def scan(self, picture: bytes) -> tuple[bytes, ...]:
        """What the QR codes of a picture (PNG, JPEG or PDF) say, each once.

        Raises ``UserInputError``: ``picture.unknown``, ``picture.too_large``; ``WorldError("helper.missing")``.
        """
        ...

    def scan_frame(self, frame: GrayFrame) -> tuple[bytes, ...]:
        """The same of one picture of a camera, quickly: the next one comes at once. Raises the same."""
        ...
