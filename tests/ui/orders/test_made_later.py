"""What stands round the list is made once the list is drawn, and is then as if it had been there from the beginning."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from desktop.ui.orders.orders_screen import OrdersScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.texts.label import ElidedLabel
from tests.support.held_runner import HeldRunner
from tests.support.sessions import a_form
from tests.ui.orders import samples
from tests.ui.pages.orders import OrdersPage

_AROUND = ("orders_find", "orders_tile_due_soon", "order_detail")
_CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def runner() -> HeldRunner:
    return HeldRunner()


@pytest.fixture
def page(kit: Kit, qtbot: QtBot, session: Session, runner: HeldRunner) -> OrdersPage:
    """Shown just now over a desk with one stop, which is not read yet."""
    issue_stop(session, a_form(session), 0, confirmed=True)
    held = replace(kit, runner=runner)
    screen = OrdersScreen(held, session, lambda _case: None, lambda *_: None, samples.LIMITS)
    qtbot.addWidget(screen)
    screen.resize(1294, 692)
    screen.show()
    screen.activateWindow()
    screen.opened()
    return OrdersPage(qtbot, screen)


def made(page: OrdersPage) -> list[bool]:
    return [page.widget.findChild(QWidget, name) is not None for name in _AROUND]


def test_it_is_made_part_by_part_while_the_orders_are_read(
    page: OrdersPage, runner: HeldRunner
) -> None:
    page.widget.table.setFocus()
    found = [made(page)]
    assert False in found[0]
    while not all(found[-1]):
        QApplication.processEvents()
        if made(page) != found[-1]:
            found.append(made(page))
    assert [sum(some) for some in found] == [*range(sum(found[0]), 4)], "one a turn"
    assert not page.widget.make_one()
    runner.run_all()
    order = []
    page.find("orders_find").setFocus()
    for _ in range(8):
        page.press(Qt.Key.Key_Tab)
        order.append(page.focused().objectName())
    assert order.index("orders_kind") < order.index("orders_sort") < order.index("orders_table")


def test_orders_that_come_before_it_are_shown_whole(page: OrdersPage, runner: HeldRunner) -> None:
    assert False in made(page)
    runner.run_all()
    assert made(page) == [True] * 3
    assert page.figure("due_soon") == "1"
    page.widget.table.setFocus()
    assert page.find("orders_act").isEnabled()
    assert "李秀兰" in page.find("order_detail_what", ElidedLabel).whole_text()


def test_ctrl_f_finds_a_bar_that_nobody_made_yet(page: OrdersPage) -> None:
    page.press(Qt.Key.Key_F, _CONTROL)
    assert page.focused() is page.widget.bar.text
