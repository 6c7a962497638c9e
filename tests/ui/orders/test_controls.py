"""What the list of orders offers, by the state of the order that is chosen and by who looks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.installation.officer import Officer, Role
from desktop.services.session import Session
from desktop.ui.orders.orders_screen import OrdersScreen
from desktop.ui.shared.kit.kit import Kit
from tests.support.counted_orders import whole_view
from tests.ui.orders import samples
from tests.ui.orders.conftest import Bench
from tests.ui.pages.controls import expect_controls, read_table
from tests.ui.pages.orders import OrdersPage

TABLE = read_table("""
                     empty issued carried received withdrawn partial done failed over looks
    orders_act       -     on     on      on       on        on      on   on     on   on
    orders_find      -     on     on      on       on        on      on   on     on   on
    orders_handover  -     on     on      on       on        on      on   on     on   on
    orders_kind      -     on     on      on       on        on      on   on     on   on
    orders_mine      -     on     on      on       on        on      on   on     on   on
    orders_open      -     on     on      on       on        on      on   on     on   on
    orders_paper     -     on     on      on       on        on      on   on     on   on
    orders_pressure  -     on     on      on       on        on      on   on     on   on
    orders_receiver  -     on     on      on       on        on      on   on     on   on
    orders_slip      -     on     on      on       on        on      on   on     on   off
    orders_sort      -     on     on      on       on        on      on   on     on   on
    orders_state     -     on     on      on       on        on      on   on     on   on
    orders_stop_hops -     off    off     off      off       off     off  off    off  off
    orders_table     -     on     on      on       on        on      on   on     on   on
""")
CHOSEN = {
    "issued": "李秀兰", "carried": "马强", "received": "丁建军", "withdrawn": "吴海燕", "partial": "孙丽",
    "done": "刘芳", "failed": "周卫东", "over": "白玉",
}  # fmt: skip


def test_an_empty_list_offers_what_needs_no_order(desk: Bench) -> None:
    desk.read()
    expect_controls(desk.page.widget, TABLE, "empty")


@pytest.mark.parametrize("state", CHOSEN)
def test_each_state_of_an_order_has_its_actions(bench: Bench, state: str) -> None:
    bench.page.stand_on(CHOSEN[state])
    expect_controls(bench.page.widget, TABLE, state)


def test_who_may_not_order_looks_and_prints(kit: Kit, qtbot: QtBot, session: Session) -> None:
    keeper = Officer("620200", "周保管", (Role.CUSTODIAN,))
    screen = OrdersScreen(
        kit, replace(session, officer=keeper), lambda _case: None, lambda _pdf, _title: None, samples.LIMITS
    )  # fmt: skip
    qtbot.addWidget(screen)
    page = OrdersPage(qtbot, screen)
    page.show(1294, 692)
    screen.show_view(whole_view(samples.rows(), samples.LIMITS, samples.NOW, kit.zone))
    page.stand_on("李秀兰")
    expect_controls(screen, TABLE, "looks")
