"""Invented stations, orders and bundles."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop.centre.inbox import StationRow
from desktop.domain.case_file.orders.order_clocks import clocks_by_order
from desktop.domain.case_file.orders.order_rules import open_hops
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.payments.transfer import Account, Channel
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.ids import CaseId, DeviceId, EvidenceId, OrderId, TransferId
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.shared.orders.order_clock import ClockLimits
from tests.support.sessions import RULES

NOW = datetime(2026, 11, 24, 2, 31, 7, tzinfo=UTC)
OWN = DeviceId("7QK2M9XD41TCZP8A")
STATION = DeviceId("H3VN0W6R8YEB52KJ")
LIMITS = ClockLimits(
    golden=timedelta(minutes=30), red_under=timedelta(hours=1), amber_under=timedelta(hours=6)
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


def station(
    unit_code: str,
    unit_name: str,
    device: DeviceId,
    last_bundle_at: datetime | None,
    cases: int,
    open_orders: int,
    gaps: int,
) -> StationRow:
    """The first desk of a station."""
    return StationRow(
        unit_code, unit_name, "A", device, last_bundle_at, cases, open_orders, gaps, device
    )


INGESTED = AppliedBundle(2, 3, 214, 0, 0, 0, 46, frozenset({CaseId("a"), CaseId("b")}), 0, 0, ())
"""What two bundles bring."""


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
