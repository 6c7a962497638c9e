"""Invented orders in every state."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.domain.case_file.orders.order_clocks import clocks_by_order
from desktop.domain.case_file.orders.stop_to_freeze import stop_to_freeze_windows
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.payments.transfer import Account, Channel
from desktop.domain.ids import CaseId, OrderId, TransferId
from desktop.domain.law.deadlines import article_of
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.services.orders.list_orders import OrderRow
from desktop.ui.shared.orders.order_clock import ClockLimits
from tests.support.clocks import START
from tests.support.sessions import RULES

NOW = START

LIMITS = ClockLimits(timedelta(minutes=30), timedelta(hours=6), timedelta(hours=24))


def reply(
    yuan: int,
    ends_in: timedelta | None,
    result: ReplyResult = ReplyResult.DONE,
    ago: timedelta = timedelta(minutes=40),
) -> OrderReply:
    """What a bank answered."""
    ends = NOW + ends_in if ends_in is not None else None
    return OrderReply(
        result=result,
        amount_fen=yuan * 100,
        balance_fen=yuan * 100,
        starts_at=ends - timedelta(hours=48) if ends is not None else None,
        ends_at=ends,
        organisation="农业银行",
        operator="9527",
        remark="",
        replied_at=NOW - ago,
    )


def row(
    serial: int,
    victim: str,
    bank: str,
    account: str,
    yuan: int,
    state: OrderState,
    *,
    paid: timedelta = timedelta(hours=1),
    issued: timedelta = timedelta(minutes=10),
    answer: OrderReply | None = None,
    kind: OrderKind = OrderKind.STOP,
    case: str = "",
    settled: bool = False,
) -> OrderRow:
    """An order of a case taken seven minutes before it."""
    number = f"1124-A-{serial:04d}"
    order = Order(
        id=OrderId(f"order-{serial}"),
        number=f"{number}-Z1",
        kind=kind,
        transfer=TransferId(f"transfer-{serial}"),
        payer=Account(victim, "6217004220011234567", "建设银行"),
        payee=Account("", account, bank),
        amount_fen=yuan * 100,
        transfer_time=NOW - paid,
        channel=Channel.MOBILE_BANK,
        order_number="",
        serial="",
        reason="",
        issued_at=NOW - issued,
        issued_by="620134",
        operator_name="王建国",
        unit_code="620102540000",
        unit_name="张掖路派出所",
        reply=answer,
    )
    view = OrderView(
        order, CaseId(case or f"case-{serial}"), f"620102540000-2026{number}", victim, state
    )
    clock = clocks_by_order(RULES, (view,)).get(order.id)
    return OrderRow(
        view,
        NOW - issued - timedelta(minutes=7, seconds=42),
        settled,
        clock,
        article_of(RULES, clock) if clock is not None else "",
        next(iter(stop_to_freeze_windows(RULES, (order,), ())), None),
    )


def hours(count: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=count)


_DAY = timedelta(days=1)


def _unanswered() -> tuple[OrderRow, ...]:
    return (
        row(
            17,
            "李秀兰",
            "农业银行",
            "6230520010037788994",
            98_000,
            OrderState.ISSUED,
            paid=timedelta(minutes=18.5),
            issued=timedelta(minutes=4),
        ),
        row(
            16,
            "马强",
            "工商银行",
            "6222023100045671180",
            9_999,
            OrderState.CARRIED,
            paid=timedelta(minutes=26.2),
            issued=timedelta(minutes=9),
        ),
        row(
            12,
            "丁建军",
            "中国银行",
            "6216611800003341207",
            320_000,
            OrderState.CARRIED,
            paid=hours(3),
            issued=hours(2.4),
        ),
        row(
            11,
            "丁建军",
            "招商银行",
            "6214830160027720",
            80_000,
            OrderState.ACKNOWLEDGED,
            paid=hours(3),
            issued=hours(2.3),
        ),
        row(
            1,
            "吴海燕",
            "兰州银行",
            "6223750012003318",
            15_000,
            OrderState.WITHDRAWN,
            issued=9 * _DAY,
        ),
    )


def _running() -> tuple[OrderRow, ...]:
    """Stops a bank has answered, and whose end is near or far."""
    return (
        row(
            10,
            "孙丽",
            "工商银行",
            "6222021001031031",
            88_000,
            OrderState.PARTIAL,
            issued=hours(46.9),
            answer=reply(41_020, hours(1.165), ReplyResult.PARTIAL, hours(46)),
        ),
        row(
            9,
            "刘芳",
            "建设银行",
            "6217004220015512",
            480_000,
            OrderState.DONE,
            issued=hours(43),
            answer=reply(480_000, hours(5.21), ago=hours(42.8)),
        ),
        row(
            8,
            "何平",
            "支付宝",
            "15009319087",
            36_500,
            OrderState.DONE,
            issued=hours(26.5),
            answer=reply(36_500, hours(21.667), ago=hours(26.3)),
        ),
        row(
            7,
            "周卫东",
            "农业银行",
            "6228480402563307",
            660_000,
            OrderState.PARTIAL,
            issued=hours(2.3),
            answer=reply(20_300, hours(46.04), ReplyResult.PARTIAL, hours(1.9)),
        ),
        row(
            6,
            "周卫东",
            "邮储银行",
            "6221881200001163",
            600_000,
            OrderState.DONE,
            issued=hours(2.2),
            answer=reply(41_020, hours(46.2), ago=hours(1.8)),
        ),
    )


def _over() -> tuple[OrderRow, ...]:
    return (
        row(
            5,
            "周卫东",
            "招商银行",
            "6214830160098812",
            60_000,
            OrderState.FAILED,
            issued=hours(2.1),
            answer=reply(0, None, ReplyResult.FAILED, hours(1)),
        ),
        row(
            4,
            "田甜",
            "微信零钱",
            "10000390012026112200118",
            5_200,
            OrderState.DONE,
            issued=2 * _DAY,
            answer=reply(1_300, hours(-2.2), ago=2 * _DAY),
        ),
        row(
            3,
            "白玉",
            "农业银行",
            "6228480402561101",
            5_600,
            OrderState.DONE,
            issued=5 * _DAY,
            answer=reply(5_600, -3 * _DAY, ago=5 * _DAY),
            settled=True,
        ),
        row(
            2,
            "高山",
            "中信银行",
            "6217711200044120",
            730_000,
            OrderState.DONE,
            issued=7 * _DAY,
            answer=reply(212_480, -5 * _DAY, ago=7 * _DAY),
            settled=True,
        ),
    )


def rows() -> tuple[OrderRow, ...]:
    """Fourteen orders in every state."""
    return (*_unanswered(), *_running(), *_over())


def at(minutes: float) -> datetime:
    """An instant so many minutes from now."""
    return NOW + timedelta(minutes=minutes)
