"""A centre in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.centre.waiting_slips import WaitingSlip
from desktop.domain.case_file.order_clocks import clocks_by_order
from desktop.domain.case_file.order_rules import open_hops
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.transfer import Account, Channel
from desktop.domain.errors import AppError, TrustError
from desktop.domain.evidence.gray_frame import GrayFrame
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.exchange import Peer, PeerCard, WrittenVolume
from desktop.domain.fields import Json
from desktop.domain.ids import CaseId, DeviceId, EvidenceId, OrderId, TransferId
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.domain.orders.slip_collector import SlipCode, SlipCollector
from desktop.domain.progress import Progress
from desktop.services.exchange.apply_bundle import BundleProblem, Note
from desktop.services.exchange.lacking_volumes import LackingVolumes
from desktop.services.officers.second_officer import TypedSecond
from desktop.services.ports.quarantine import Quarantined
from desktop.ui.centre.limits import DispatchLimits
from desktop.ui.shared.orders.order_clock import ClockLimits, OrderRow
from tests.support.sessions import RULES
from tests.ui.case.fake_ordering import FakeOrdering
from tests.ui.shared.memory_cards import MemoryCards
from tests.ui.shared.memory_keys import MemoryKeys

NOW = datetime(2026, 11, 24, 2, 31, 7, tzinfo=UTC)
OWN = DeviceId("7QK2M9XD41TCZP8A")
STATION = DeviceId("H3VN0W6R8YEB52KJ")
LIMITS = DispatchLimits(
    ClockLimits(
        golden=timedelta(minutes=30), red_under=timedelta(hours=1), amber_under=timedelta(hours=6)
    ),
    RULES,
)
CARD = PeerCard(
    "enrolment", STATION, "620102540000", "张掖路派出所", "A", "desk", "ssh-ed25519 AAAA", "age1x",
    "2026-11-20T02:00:00.000Z",
)  # fmt: skip
_ENDS = {
    OrderState.DONE: ReplyResult.DONE,
    OrderState.PARTIAL: ReplyResult.PARTIAL,
    OrderState.FAILED: ReplyResult.FAILED,
}
OWN_CARD = replace(
    CARD, kind="approval", device=OWN, unit_code="620100000000", unit_name="兰州市反诈中心",
    device_letter="C", role="centre",
)  # fmt: skip


@dataclass(frozen=True)
class Station:
    """Fits ``StationRow``."""

    unit_code: str
    unit_name: str
    device: DeviceId
    last_bundle_at: datetime | None
    cases: int
    open_orders: int
    gaps: int
    letter: str = "A"

    @property
    def fingerprint(self) -> DeviceId:
        return self.device


@dataclass(frozen=True)
class Ingested:
    """Fits ``IngestResult``."""

    bundles: int = 2
    volumes: int = 3
    applied: int = 214
    already: int = 0
    held: int = 0
    conflicts: int = 0
    blobs: int = 46
    cases: frozenset[CaseId] = frozenset({CaseId("a"), CaseId("b")})
    problems: tuple[BundleProblem, ...] = ()
    others: int = 0
    ahead: int = 0
    lacking: tuple[LackingVolumes, ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(Note("shared.lacking_volumes", item.words) for item in self.lacking)


@dataclass(frozen=True)
class Written:
    """Fits ``ReplyBundle``."""

    unit_name: str
    number: str
    volumes: tuple[WrittenVolume, ...]
    error: AppError | None = None


@dataclass(frozen=True)
class OnSlip:
    """Fits ``ScannedOrder``."""

    payload: Mapping[str, Json]
    known: bool = False
    before: tuple[datetime, str] | None = None


@dataclass(frozen=True)
class Slip:
    """Fits ``ScannedSlip``."""

    device: DeviceId
    unit_name: str
    orders: tuple[OnSlip, ...]
    expired: bool = False


@dataclass(frozen=True)
class Scanned:
    """Fits ``ScanResult``."""

    collector: SlipCollector
    slips: tuple[Slip, ...] = ()
    refused: tuple[AppError, ...] = ()


def an_order(
    number: str = "1",
    state: OrderState = OrderState.ACKNOWLEDGED,
    *,
    minutes: int = 19,
    bank: str = "农业银行",
    account: str = "6230520010037788994",
    fen: int = 9_800_000,
    unit: str = "张掖路派出所",
    kind: OrderKind = OrderKind.STOP,
) -> OrderView:
    """An order for a transfer made ``minutes`` ago."""
    order = Order(
        OrderId(f"o{number}"), f"620102540000-20261124-A-0017-Z{number}", kind, TransferId("t1"),
        Account("李秀兰", "6217003810004321987", "建设银行"), Account("陈某某", account, bank), fen,
        NOW - timedelta(minutes=minutes), Channel.MOBILE_BANK, "", "", "电信网络诈骗",
        NOW - timedelta(minutes=minutes - 5), "620134", "王建国", "620102540000", unit,
    )  # fmt: skip
    if state in _ENDS:
        order = replace(
            order, reply=a_reply(_ENDS[state], fen if state is OrderState.DONE else fen // 2)
        )
    return OrderView(order, CaseId("c1"), "620102540000-20261124-A-0017", "李秀兰", state)


def an_item(name: str, size: int = 143_360) -> Evidence:
    """Something a station attached."""
    return Evidence(
        EvidenceId(name),
        name,
        size,
        "0" * 64,
        "",
        "",
        AcquisitionMethod.PROVIDED,
        "image/png",
        NOW,
        "620134",
    )


def on_clock(*views: OrderView) -> tuple[OrderRow, ...]:
    """Each beside its own clock, as if it were about a payment of its own."""
    return tuple(
        OrderRow(
            view,
            None,
            clock=clocks_by_order(RULES, (view,)).get(view.order.id),
            open_hops=open_hops(view, views),
        )
        for view in views
    )


def a_reply(result: ReplyResult, fen: int) -> OrderReply:
    """An answer of 农业银行."""
    if result is ReplyResult.FAILED:
        return OrderReply(result, 0, 0, None, None, "农业银行", "赵敏", "账户已销户", NOW)
    return OrderReply(
        result, fen, fen + 12_000, NOW - timedelta(minutes=3), NOW + timedelta(hours=47, minutes=57),
        "农业银行", "赵敏 0931-8840000", "", NOW - timedelta(minutes=2),
    )  # fmt: skip


@dataclass
class MemoryCentre:
    """Implements ``CentrePort``. Set the fields a test needs."""

    stations: tuple[Station, ...] = ()
    refused: tuple[Quarantined, ...] = ()
    alone: tuple[WaitingSlip, ...] = ()
    seen: OrderReply | None = None
    views: tuple[OrderView, ...] = ()
    attached: dict[CaseId, tuple[Evidence, ...]] = field(default_factory=dict)
    found: Ingested = field(default_factory=Ingested)
    slip: Slip | None = None
    codes: tuple[bytes, ...] = ()
    unwritten: tuple[Written, ...] = ()
    fail_with: AppError | None = None
    replies: list[tuple[OrderId, OrderReply]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    ordering: FakeOrdering = field(default_factory=lambda: FakeOrdering([], []))
    cards: MemoryCards = field(default_factory=lambda: MemoryCards(OWN_CARD, CARD))
    keys: MemoryKeys = field(default_factory=lambda: MemoryKeys(OWN, NOW))

    def peers(self) -> tuple[Peer, ...]:
        return (Peer(CARD, NOW, "620001", revoked=False),)

    ends: tuple[Peer, ...] = ()

    def ending(self) -> tuple[Peer, ...]:
        return self.ends

    def warned_before(self) -> timedelta:
        return timedelta(days=30)

    def revoked_unmet(self) -> tuple[DeviceId, ...]:
        return ()

    def revoke(self, device: DeviceId, reason: str, second: TypedSecond | None = None) -> Peer:
        self.calls.append(f"revoke {device} {reason}")
        return Peer(CARD, NOW, "620001", revoked=True, revoked_at=NOW, reason=reason)

    def release(self, progress: Progress) -> Ingested:
        progress.check()
        self.calls.append("release")
        return self.found

    def inbox(self) -> tuple[Station, ...]:
        self._stumble()
        return self.stations

    def waiting_slips(self) -> tuple[WaitingSlip, ...]:
        return self.alone

    def quarantine(self) -> tuple[Quarantined, ...]:
        return self.refused

    def orders(self) -> tuple[OrderRow, ...]:
        self._stumble()
        return on_clock(*self.views)

    def reveal(self, case: CaseId) -> None:
        self._stumble()
        self.calls.append(f"reveal {case}")

    def evidence(self, case: CaseId) -> tuple[Evidence, ...]:
        return self.attached.get(case, ())

    def ingest(self, paths: Sequence[Path], progress: Progress, *, dry_run: bool) -> Ingested:
        progress.check()
        self._stumble()
        self.calls.append("look" if dry_run else "ingest")
        return self.found

    def reply(self, order: OrderId, answer: OrderReply, seen: OrderReply | None) -> None:
        self._stumble()
        self.seen = seen
        self.replies.append((order, answer))

    def write_replies(self, folder: Path, progress: Progress) -> tuple[Written, ...]:
        progress.check()
        self._stumble()
        self.calls.append(f"write {folder}")
        volume = WrittenVolume("C-000871-1.fzb", 38_000, "", "")
        return (
            Written("张掖路派出所", "C-000871", (volume,)),
            Written("酒泉路派出所", "C-000872", (volume,)),
            *self.unwritten,
        )

    def enrol(self, text: str, second: TypedSecond | None = None) -> str:
        self._stumble()
        self.calls.append("enrol")
        return "Fanzha Desk card 1\nkind: approval\n"

    def scan(self, picture: bytes) -> tuple[bytes, ...]:
        if not self.codes:
            raise TrustError("slip.not_found")
        return self.codes

    def scan_frame(self, frame: GrayFrame) -> tuple[bytes, ...]:
        return self.codes

    def take_codes(self, collector: SlipCollector, codes: Sequence[bytes]) -> Scanned:
        """A code is ``<slip> <number> <count>``."""
        self._stumble()
        for code in codes:
            name, number, count = code.decode().split()
            one = SlipCode(name, int(number), int(count), code)
            collector = collector.put(one)
            begun = collector.of(one)
            if begun is not None and not begun.missing:
                return Scanned(collector.without(begun), (self.slip,) if self.slip else ())
        return Scanned(collector)

    def _stumble(self) -> None:
        if self.fail_with is not None:
            error, self.fail_with = self.fail_with, None
            raise error
