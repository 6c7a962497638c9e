"""What a tick costs the orders screen with so many orders read, all with live clocks; the aim is one frame, 16 ms.

Offscreen. Each round moves the clock by one second, lets the screen work and draws it whole; at the end the list comes
anew in another order, as it is read when a clock has run out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil
from time import thread_time

from PySide6.QtWidgets import QApplication

from desktop.bench.material import Material
from desktop.bench.measure import FigureRow
from desktop.bench.windows.stage import PAGE, Ways, stage
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.ids import CaseId, OrderId, TransferId
from desktop.domain.law.deadlines import Deadline
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.runtime.system_clock import SystemClock
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.page_orders import OrdersOfFlow, OrdersView
from desktop.services.ports import NOTHING_COUNTED
from desktop.ui.orders.orders_screen import OrdersScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_clock import ClockLimits

_ROUNDS = 120
_MOVES = 6
_P99 = 0.99
_LIMITS = ClockLimits(timedelta(minutes=30), timedelta(hours=6), timedelta(hours=24))


class _SteppedClock:
    """Moves a second at a time."""

    def __init__(self) -> None:
        self.instant = SystemClock().now()

    def now(self) -> datetime:
        return self.instant


def clock_repaint(made: Material, count: int) -> Iterator[FigureRow]:
    """The 99th of a hundred ticks; and the worst at which the list came in another order and was drawn whole."""
    clock = _SteppedClock()
    app, kit = stage(clock)
    ways = Ways()
    screen = OrdersScreen(kit, made.session, ways.open_case, ways.open_paper, _LIMITS)
    screen.resize(*PAGE)
    screen.show()
    rows = tuple(_row(serial, clock.now()) for serial in range(count))
    screen.show_view(_view(rows, clock.now()))
    app.processEvents()
    ordinary = sorted(_tick(kit, clock, app) for _ in range(_ROUNDS))
    moving = [_moved(screen, rows[at:] + rows[:at], clock, app) for at in range(1, _MOVES)]
    screen.close()
    p99 = ordinary[ceil(len(ordinary) * _P99) - 1]
    yield FigureRow(f"orders_{count}_clocks_tick_p99", round(p99 * 1000, 1), "ms of the GUI thread")
    worst = max(moving, default=0.0)
    yield FigureRow(f"orders_{count}_clocks_moved", round(worst * 1000, 1), "ms of the GUI thread")


def _view(rows: tuple[OrderRow, ...], now: datetime) -> OrdersView:
    part = OrdersOfFlow(OrderFlow.MONEY, rows, None)
    return OrdersView(now, (part,), replace(NOTHING_COUNTED, by_flow={OrderFlow.MONEY: len(rows)}))


def _moved(
    screen: OrdersScreen, rows: tuple[OrderRow, ...], clock: _SteppedClock, app: QApplication
) -> float:
    start = thread_time()
    screen.show_view(_view(rows, clock.now()))
    app.processEvents()
    return thread_time() - start


def _tick(kit: Kit, clock: _SteppedClock, app: QApplication) -> float:
    """Time of this thread alone: what other programs do meanwhile is not the screen's."""
    clock.instant += timedelta(seconds=1)
    start = thread_time()
    kit.ticks.tick()
    app.processEvents()
    return thread_time() - start


def _row(serial: int, now: datetime) -> OrderRow:
    """A stop whose end is between some seconds and two days away."""
    left = timedelta(seconds=20 + serial * 86)
    start = now + left - timedelta(hours=48)
    end = start + timedelta(hours=48)
    reply = OrderReply(
        ReplyResult.DONE, 9_800_000, 9_800_000, start, end, "农业银行", "", "", start
    )  # fmt: skip
    order = Order(
        OrderId(f"o{serial}"), f"1124-A-{serial:04d}-Z1", OrderKind.STOP, TransferId(f"t{serial}"),
        Account(), Account("", "6230520010037788996", "农业银行"), 9_800_000, start, None, "", "", "",
        start, "620134", "王建国", "620102540000", "张掖路派出所", reply=reply,
    )  # fmt: skip
    view = OrderView(order, CaseId(f"c{serial}"), "1124-A-0017", "李秀兰", OrderState.DONE)
    clock = Deadline("stop_end", end, "stop.validity", start, f"order/o{serial}")
    return OrderRow(view, start, clock=clock)
