"""A sync port in memory, with drives of cardboard."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import segno

from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.left_record import LeftRecord
from desktop.domain.cases.transfer import Account, Channel
from desktop.domain.errors import RuleError, TrustError
from desktop.domain.exchange import (
    BundleRow,
    Peer,
    PeerCard,
    Pending,
    SenderCard,
    VolumeManifest,
    WrittenVolume,
)
from desktop.domain.ids import BundleId, CaseId, DeviceId, OrderId, TransferId
from desktop.domain.orders.order import Order, OrderKind, OrderState
from desktop.domain.progress import Progress
from desktop.services.exchange.adopt_records import OrphanedRecords
from desktop.services.exchange.apply_bundle import AppliedBundle, BundleProblem, BundleVerdict
from desktop.services.exchange.export_bundle import Exported
from desktop.services.exchange.replace_centre import Replaced
from desktop.services.exchange.sync_status import SyncStatus
from desktop.services.officers.second_officer import TypedSecond
from desktop.services.orders.make_slip import Slip
from desktop.services.ports import Pdf
from desktop.services.ports.quarantine import Quarantined
from desktop.ui.shared.widgets.drives import Drive
from desktop.ui.sync.port import ExportTarget, OnVolume, OwnInstallation, SyncView
from tests.ui.shared.memory_cards import MemoryCards
from tests.ui.shared.memory_keys import MemoryKeys

NOW = datetime(2026, 11, 24, 2, 31, 7, tzinfo=UTC)
OWN = DeviceId("H3VN0W6R8YEB52KJ")
CENTRE = DeviceId("7QK2M9XD41TCZP8A")
CENTRE_CARD = PeerCard(
    "approval", CENTRE, "620100000000", "兰州市反诈中心", "C", "centre", "ssh-ed25519 AAAA", "age1x",
    "2026-11-20T02:00:00.000Z", OWN,
)  # fmt: skip
OWN_CARD = replace(
    CENTRE_CARD, kind="enrolment", device=OWN, unit_code="620102540000", unit_name="张掖路派出所",
    device_letter="A", role="desk", approves="",
)  # fmt: skip
CARD_TEXT = "Fanzha Desk card 1\nkind: approval\n"


def a_party() -> Peer:
    """The centre, trusted."""
    return Peer(CENTRE_CARD, NOW - timedelta(days=4), "620134", revoked=False)


def what_is_left(letter: str, records: int) -> OrphanedRecords:
    """What a desk that is gone left here."""
    card = replace(OWN_CARD, device=DeviceId(f"{letter}3VN0W6R8YEB52KJ"), device_letter=letter)
    record = LeftRecord(1, "case.amended", "case/c1", "620134", "", {})
    return OrphanedRecords(Peer(card, NOW, "620134", revoked=True), (record,) * records)


def a_row(number: str, state: str, **changes: object) -> BundleRow:
    """An outgoing bundle."""
    row = BundleRow(
        BundleId(number), number, True, NOW, CENTRE, "兰州市反诈中心", 6, 4, 120, 19, 640 << 20,
        state, (),
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]


def an_order(number: str = "1", state: OrderState = OrderState.ISSUED) -> OrderView:
    """A stop order to 农业银行."""
    order = Order(
        OrderId(f"o{number}"), f"620102540000-20261124-A-0017-Z{number}", OrderKind.STOP,
        TransferId("t1"), Account("李秀兰", "6217003810004321987", "建设银行"),
        Account("陈某某", "6230520010037788994", "农业银行"), 9_800_000,
        NOW - timedelta(minutes=19), Channel.MOBILE_BANK, "", "", "电信网络诈骗", NOW, "620134",
        "王建国", "620102540000", "张掖路派出所",
    )  # fmt: skip
    return OrderView(order, CaseId("c1"), "620102540000-20261124-A-0017", "李秀兰", state)


def qr(data: bytes) -> bytes:
    """A code as the exchange draws it."""
    out = io.BytesIO()
    segno.make(data, mode="byte", error="m", boost_error=False, micro=False).save(
        out, kind="png", scale=6, border=4
    )
    return out.getvalue()


def a_manifest(volume: int) -> VolumeManifest:
    """A volume of A-000213."""
    sender = SenderCard(OWN, "620102540000", "张掖路派出所", "desk", "ssh-ed25519 AAAA", "age1x")
    return VolumeManifest(
        BundleId("b"), "A-000213", volume, 2, sender, CENTRE, {}, 214 if volume == 1 else 0, (), "",
        "2026-11-24T02:31:07.000Z",
    )  # fmt: skip


@dataclass
class MemorySync:
    """Implements ``SyncPort``. Set the fields a test needs."""

    pending: Pending | None = field(
        default_factory=lambda: Pending(12, 5, 214, 46, 1843 << 20, NOW - timedelta(hours=17))
    )
    centre: Peer | None = field(default_factory=a_party)
    bundles: tuple[BundleRow, ...] = ()
    urgent: OrderView | None = None
    unheard: tuple[OrderView, ...] = ()
    volumes: tuple[int, ...] = (412 << 10, 1843 << 20)
    skipped: tuple[str, ...] = ()
    export_error: Exception | None = None
    applied: AppliedBundle = field(
        default_factory=lambda: AppliedBundle(
            1, 2, 7, 0, 0, 0, 0, frozenset({CaseId("a"), CaseId("b"), CaseId("c")}), 2, 1, ()
        )
    )
    verdict: BundleVerdict = field(
        default_factory=lambda: BundleVerdict(True, (a_manifest(1), a_manifest(2)), ())
    )
    calls: list[str] = field(default_factory=list)
    other_centre: bool = False
    known: tuple[Peer, ...] = ()
    standing: dict[str, Any] = field(default_factory=dict)
    cards: MemoryCards = field(default_factory=lambda: MemoryCards(OWN_CARD, CENTRE_CARD))
    own_keys: MemoryKeys = field(default_factory=lambda: MemoryKeys(OWN, NOW))

    def own(self) -> OwnInstallation:
        return OwnInstallation("620102540000", "张掖路派出所", "A", self.keys.fingerprint())

    def load(self) -> SyncView:
        pending = self.pending if self.centre else None
        to_write = pending.size if pending else 0
        told = {"to_write": to_write} | self.standing
        status = SyncStatus(pending, self.bundles, self.centre, OWN, **told)
        return SyncView(status, self.urgent, self.unheard)

    def slip(self, *orders: OrderId) -> Slip:
        self.calls.append(f"slip {' '.join(orders)}")
        assert self.urgent is not None
        if len(orders) > 1:
            codes = tuple(qr(f"{number}".encode() * 700) for number in range(2))
            return Slip(tuple(view.order for view in self.unheard), codes, 1400, Pdf(b"%PDF", 2))
        return Slip((self.urgent.order,), (qr(bytes(range(256)) * 3),), 768, Pdf(b"%PDF-1.7", 1))

    def export(
        self, folder: Path, progress: Progress, on_volume: OnVolume, target: ExportTarget
    ) -> Exported:
        whom = f" for {target.receiver}" if target.receiver else ""
        self.calls.append(f"export {folder}{whom}{' afresh' * target.afresh}")
        written = []
        for index, size in enumerate(self.volumes, 1):
            progress.check()
            progress.advance(size, 2 * size)
            if self.export_error is not None and index == len(self.volumes):
                raise self.export_error
            volume = WrittenVolume(f"A-000213-{index}.fzb", size, "00", "11")
            written.append(volume)
            on_volume(index, len(self.volumes), volume)
        return Exported(BundleId("b"), "A-000213", tuple(written), 214, 46, folder, self.skipped)

    refused: tuple[Quarantined, ...] = ()

    def quarantine(self) -> tuple[Quarantined, ...]:
        return self.refused

    def adopt(self, device: DeviceId) -> int:
        self.calls.append(f"adopt {device}")
        first, *others = self.standing["left"]
        self.standing["left"] = tuple(others)
        return len(first.records)

    def verify(self, paths: Sequence[Path], progress: Progress) -> BundleVerdict:
        progress.check()
        return self.verdict

    def apply(self, paths: Sequence[Path], progress: Progress, *, dry_run: bool) -> AppliedBundle:
        progress.check()
        self.calls.append("look" if dry_run else "apply")
        return self.applied

    def peers(self) -> tuple[Peer, ...]:
        return self.known

    unmet: tuple[DeviceId, ...] = ()

    def warned_before(self) -> timedelta:
        return timedelta(days=30)

    def revoked_unmet(self) -> tuple[DeviceId, ...]:
        return self.unmet

    def revoke(self, device: DeviceId, reason: str, second: TypedSecond | None = None) -> Peer:
        self.calls.append(f"revoke {device} {reason}")
        (peer,) = (item for item in self.known if item.card.device == device)
        gone = replace(peer, revoked=True, revoked_at=NOW, reason=reason)
        self.known = tuple(gone if item is peer else item for item in self.known)
        return gone

    @property
    def keys(self) -> MemoryKeys:
        return self.own_keys

    def release(self, progress: Progress) -> AppliedBundle:
        progress.check()
        self.calls.append("release")
        return self.applied

    def replace_centre(self, text: str, second: TypedSecond | None = None) -> Replaced:
        self.calls.append(f"replace {second.number if second else 'alone'}")
        if second is None:
            raise RuleError("second.needed")
        self.centre = a_party()
        return Replaced(self.centre, None)

    def trust(self, text: str, second: TypedSecond | None = None) -> Peer:
        self.calls.append("trust")
        if self.other_centre:
            raise RuleError("centre.another")
        self.centre = a_party()
        return self.centre


class CardboardDrives:
    """Drives a test plugs in and out."""

    def __init__(self, *drives: Drive) -> None:
        self.drives = drives

    def carried(self) -> tuple[Drive, ...]:
        return self.drives

    def eject(self, drive: Drive) -> bool:
        self.drives = tuple(item for item in self.drives if item != drive)
        return True


class Papers:
    """Remembers what was opened."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def open_paper(self, pdf: Pdf, title: str) -> None:
        self.opened.append(title)


def refused(name: str, code: str) -> BundleProblem:
    """A refused volume."""
    return BundleProblem(Path(name), TrustError(code))
