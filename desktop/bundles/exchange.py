"""The exchange port, bound to this installation's keys."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from desktop.bundles.codes.scanner import Scanner, scan_beside
from desktop.bundles.codes.slip import open_slip, seal_orders, seal_slip
from desktop.bundles.codes.slip_codes import codes_of, read_code
from desktop.bundles.signed_files.audit_file import write_audit
from desktop.bundles.signed_files.cards import (
    APPROVAL,
    ENROLMENT,
    card_of_code,
    code_of_card,
    make_card,
)
from desktop.bundles.signed_files.centre_list import make_list, parse_list
from desktop.bundles.signed_files.court_handover_bag import write_court_handover
from desktop.bundles.signed_files.package_file import MOST_BYTES, read_package, write_package
from desktop.bundles.signed_files.vouched_cards import parse_any_card, vouch
from desktop.bundles.volumes.layout import volume_name
from desktop.bundles.volumes.medium import medium_errors, sweep_leftovers
from desktop.bundles.volumes.reader import read_volume
from desktop.bundles.volumes.signed_parts import signed_journal
from desktop.bundles.volumes.writer import write_volume
from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.evidence.court_handover import CourtHandoverPlan, HandedOver
from desktop.domain.evidence.gray_frame import GrayFrame
from desktop.domain.exchange.centre_list import CentreList
from desktop.domain.exchange.data_package import DataPackage, PackageHead
from desktop.domain.exchange.origin import SignedJournal, SignedParts
from desktop.domain.exchange.peers import PeerCard, SenderCard
from desktop.domain.exchange.volumes import MediumFacts, VolumeManifest, WrittenVolume
from desktop.domain.ids import DeviceId
from desktop.domain.installation.audit import AuditFile
from desktop.domain.installation.profile import Profile
from desktop.domain.orders.sending.slip_collector import SlipCode
from desktop.domain.progress import Progress
from desktop.domain.records.fields import Json
from desktop.runtime.files.atomic_file import disk_errors
from desktop.runtime.media.medium_facts import medium_facts
from desktop.runtime.qr_picture import qr_png
from desktop.sealing.age_identity import AgeRecipient
from desktop.sealing.fingerprint import device_id, grouped
from desktop.sealing.key_ring import KeyRing
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import parse_public_line, public_line
from desktop.services.brought_file import read_brought
from desktop.services.ports import OpenedSlip, VolumeContents, VolumeSink


class KeyedCards:
    """Implements :class:`desktop.services.ports.Cards`, which says what each method does."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def card(
        self,
        profile: Profile,
        made_at: str,
        *,
        key: DeviceId | None = None,
        former: DeviceId | None = None,
    ) -> str:
        return self._card(
            ENROLMENT, profile, made_at, None, self._ring.held_or_current(key), former
        )

    def approval(
        self,
        profile: Profile,
        approves: PeerCard,
        made_at: str,
        *,
        former: DeviceId | None = None,
    ) -> str:
        return self._card(APPROVAL, profile, made_at, approves, self._ring.current, former)

    def vouch(self, text: str) -> str:
        return vouch(text, self._ring.current)

    def parse_card(self, text: str) -> PeerCard:
        return parse_any_card(text)

    def centre_list(self, profile: Profile, number: int, made_at: str, cards: Sequence[str]) -> str:
        root = self._card(ENROLMENT, profile, made_at, None, self._ring.current, None)
        return make_list(root, number, made_at, cards, self._ring.current)

    def parse_centre_list(self, text: str) -> CentreList:
        return parse_list(text)

    def card_png(self, text: str) -> bytes:
        return qr_png(code_of_card(text))

    def card_of_code(self, data: bytes) -> str:
        return card_of_code(data)

    def sender(self, profile: Profile, key: DeviceId | None = None) -> SenderCard:
        keys = self._ring.held_or_current(key)
        return SenderCard(
            device=keys.device_id,
            unit_code=profile.unit_code,
            unit_name=profile.unit_name,
            role=profile.role.value,
            signing_key=keys.signing_line,
            recipient=self.recipient(),
        )

    def recipient(self) -> str:
        return self._ring.current.age.recipient.text

    def fingerprint(self) -> str:
        return grouped(self._ring.known_by)

    def is_recipient(self, text: str) -> bool:
        try:
            AgeRecipient.from_text(text)
        except ValueError:
            return False
        return True

    def _card(
        self,
        kind: str,
        profile: Profile,
        made_at: str,
        approves: PeerCard | None,
        keys: DeviceKeys,
        former: DeviceId | None,
    ) -> str:
        held = self._ring.fingerprints
        namer = self._ring.pair(former) if former is not None and former in held else None
        return make_card(
            kind, keys, profile.unit_code, profile.unit_name, profile.device_letter,
            profile.role.value, made_at, approves=approves, device=profile.device, former=namer,
        )  # fmt: skip


class KeyedVolumes:
    """Implements :class:`desktop.services.ports.Volumes`, which says what each method does."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def write_volume(
        self,
        folder: Path,
        manifest: VolumeManifest,
        contents: VolumeContents,
        progress: Progress,
        *,
        on: MediumFacts | None = None,
    ) -> WrittenVolume:
        target = folder / volume_name(manifest)
        keys = self._ring.pair(manifest.sender.device)
        place = on.place if on is not None else None
        return write_volume(target, manifest, contents, keys, progress, place=place)

    def read_volume(
        self,
        path: Path,
        sink: VolumeSink,
        accept: Callable[[VolumeManifest, str], None],
        progress: Progress,
    ) -> VolumeManifest:
        """Verify a volume while it streams into ``sink``. One that no key here opens is tried once more where another
        program left new keys meanwhile: nothing of it was read yet."""

        def with_line(manifest: VolumeManifest, signer: bytes) -> None:
            accept(manifest, public_line(signer, device_id(signer)))

        try:
            return read_volume(path, self._ring.identities, sink, with_line, progress)
        except TrustError as error:
            if error.code != "bundle.not_for_us" or not self._ring.look_again():
                raise
        return read_volume(path, self._ring.identities, sink, with_line, progress)

    def signed_journal(self, parts: SignedParts) -> SignedJournal:
        return signed_journal(parts)

    def medium(self, folder: Path) -> MediumFacts:
        with medium_errors(folder):
            return medium_facts(folder)

    def sweep(self, folder: Path) -> int:
        return sweep_leftovers(folder)


class KeyedSlips:
    """Implements :class:`desktop.services.ports.Slips`, which says what each method does."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring
        self._scanner = Scanner()

    def seal_slip(
        self,
        payloads: Sequence[Mapping[str, Json]],
        recipient: str,
        key: DeviceId | None = None,
    ) -> tuple[bytes, ...]:
        pair = self._ring.held_or_current(key)
        if len(payloads) == 1:
            with contextlib.suppress(UserInputError):  # too long for one code
                return (seal_slip(payloads[0], pair, recipient),)
        return codes_of(seal_orders(payloads, pair, recipient))

    def read_slip_code(self, data: bytes) -> SlipCode:
        return read_code(data)

    def open_slip(self, whole: bytes, signing_key_of: Callable[[DeviceId], str]) -> OpenedSlip:
        slip = open_slip(whole, self._ring.identities)
        try:
            raw = parse_public_line(signing_key_of(slip.device))
        except ValueError:
            raise TrustError("slip.signature") from None
        return OpenedSlip(slip.device, slip.verified(raw))

    def qr_png(self, data: bytes) -> bytes:
        return qr_png(data)

    def scan(self, picture: bytes) -> tuple[bytes, ...]:
        return scan_beside(picture)

    def scan_frame(self, frame: GrayFrame) -> tuple[bytes, ...]:
        return self._scanner.frame(frame)


class KeyedFiles:
    """Implements :class:`desktop.services.ports.SignedFiles`, which says what each method does."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def write_court_handover(
        self, folder: Path, plan: CourtHandoverPlan, progress: Progress
    ) -> HandedOver:
        return write_court_handover(folder, plan, self._ring.current, progress)

    def write_audit(
        self,
        target: Path,
        head: Mapping[str, Json],
        entries: Iterable[Mapping[str, Json]],
        record: Callable[[int], None],
    ) -> AuditFile:
        return write_audit(target, head, entries, self._ring.current, record)

    def seal_package(
        self, head: PackageHead, files: Mapping[str, bytes], key: DeviceId | None = None
    ) -> bytes:
        return write_package(head, files, self._ring.held_or_current(key))

    def open_package(self, path: Path) -> DataPackage:
        with disk_errors():
            return read_package(read_brought(path, MOST_BYTES + 1))
