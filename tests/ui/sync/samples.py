"""Invented bundles and orders, drives of cardboard, and the window around the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.left_record import LeftRecord
from desktop.domain.cases.payments.transfer import Account, Channel
from desktop.domain.errors import TrustError
from desktop.domain.exchange.peers import Peer, PeerCard, SenderCard
from desktop.domain.exchange.volumes import BundleRow, VolumeManifest
from desktop.domain.ids import BundleId, CaseId, DeviceId, OrderId, TransferId
from desktop.domain.orders.order import Order, OrderKind, OrderState
from desktop.services.exchange.take_in.adopt_records import OrphanedRecords
from desktop.services.exchange.take_in.apply_bundle import BundleProblem
from desktop.services.ports import Pdf
from desktop.ui.shared.widgets.input.drives import Drive

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


def a_manifest(volume: int) -> VolumeManifest:
    """A volume of A-000213."""
    sender = SenderCard(OWN, "620102540000", "张掖路派出所", "desk", "ssh-ed25519 AAAA", "age1x")
    return VolumeManifest(
        BundleId("b"), "A-000213", volume, 2, sender, CENTRE, {}, 214 if volume == 1 else 0, (), "",
        "2026-11-24T02:31:07.000Z",
    )  # fmt: skip


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
