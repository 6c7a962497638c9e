"""The timeline by keyboard: from event to event, across lanes, nearer, and to where the work is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.case_file.timeline import EventKind, TimelineLane
from desktop.domain.cases.payments.transfer import Account
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.case.timeline.tab import TimelineView
from tests.ui.case import samples
from tests.ui.case.conftest import Bench


@pytest.fixture
def view(bench: Bench) -> TimelineView:
    bench.page.go_to("timeline")
    found = bench.page.widget.parts.timeline.view
    found.setFocus()
    QApplication.processEvents()
    return found


def _here(view: TimelineView) -> tuple[EventKind, str]:
    assert view.current is not None
    return view.current.kind, view.current.about


def test_it_opens_at_what_happened_last_and_arrows_go_on_from_there(
    bench: Bench, view: TimelineView
) -> None:
    assert _here(view) == (EventKind.EVIDENCE, "evidence-0")
    bench.page.press(Qt.Key.Key_Left)
    assert _here(view) == (EventKind.ORDER, "order-2")
    bench.page.press(Qt.Key.Key_Home)
    assert _here(view) == (EventKind.TRANSFER, "transfer-3")
    bench.page.press(Qt.Key.Key_Left)
    assert _here(view) == (EventKind.TRANSFER, "transfer-3")
    bench.page.press(Qt.Key.Key_End)
    assert _here(view) == (EventKind.DEADLINE, "filing")


def test_up_and_down_cross_to_the_nearest_event_of_the_next_lane(
    bench: Bench, view: TimelineView
) -> None:
    lanes = []
    for _ in range(4):
        assert view.current is not None
        lanes.append(view.current.lane)
        bench.page.press(Qt.Key.Key_Up)
    assert lanes == [
        TimelineLane.PROCEDURE,
        TimelineLane.REPLIES,
        TimelineLane.ORDERS,
        TimelineLane.MONEY,
    ]
    bench.show(samples.sheet(orders=()))
    bench.page.press(Qt.Key.Key_Down)
    assert view.current is not None
    assert view.current.lane is TimelineLane.PROCEDURE


def test_enter_leads_to_the_transfer_itself(bench: Bench, view: TimelineView) -> None:
    bench.page.press(Qt.Key.Key_Home)
    bench.page.press(Qt.Key.Key_Return)
    assert bench.page.part() is Tab.MONEY
    table = bench.page.widget.parts.money.table
    row = table.selected()
    assert table.hasFocus()
    assert row is not None
    assert row.id == "transfer-3"
    bench.page.go_to("timeline")
    view.setFocus()
    bench.page.press(Qt.Key.Key_Down)
    bench.page.press(Qt.Key.Key_Return)
    assert bench.page.part() is Tab.ORDERS
    card = bench.page.find("case_order_1124-A-0017-Z1")
    assert card.isAncestorOf(bench.page.focused())


def test_axis_and_list_walk_together(bench: Bench, view: TimelineView) -> None:
    table = bench.page.widget.parts.timeline.table
    bench.page.press(Qt.Key.Key_Home)
    row = table.selected()
    assert row is not None
    assert row.about == "transfer-3"
    table.setFocus()
    bench.page.press(Qt.Key.Key_Down)
    assert _here(view) == (EventKind.TRANSFER, "transfer-2")
    assert "15,000" in view.accessibleDescription()


def test_zoom_keeps_the_current_event_in_its_place_and_ends(
    bench: Bench, view: TimelineView
) -> None:
    assert view.horizontalScrollBar().maximum() == 0
    for key in ("+", "="):
        bench.page.type_here(key)
    assert view.stretch > 2
    assert view.horizontalScrollBar().maximum() > 0
    for _ in range(40):
        view.zoom_in()
    most = view.stretch
    view.zoom_in()
    assert view.stretch == most
    bench.page.type_here("0")
    assert view.stretch == 1
    assert view.horizontalScrollBar().maximum() == 0


def test_reading_anew_keeps_the_place_and_the_stretch(bench: Bench, view: TimelineView) -> None:
    bench.page.press(Qt.Key.Key_Home)
    bench.page.type_here("+")
    stretch = view.stretch
    more = samples.transfer(4, 700, 3, Account("陈某某", "6230520010037788994", "农业银行"))
    bench.show(samples.sheet(transfers=(*samples.TRANSFERS, more)))
    assert _here(view) == (EventKind.TRANSFER, "transfer-3")
    assert view.stretch == stretch
    assert bench.page.widget.parts.timeline.table.rows.row_of("transfer/transfer-4/") >= 0


def test_numbers_are_masked_there_too(bench: Bench, view: TimelineView) -> None:
    bench.page.press(Qt.Key.Key_Home)
    bench.page.press(Qt.Key.Key_Right)
    assert "6230…8994" in view.accessibleDescription()
    bench.page.click("case_reveal")
    bench.runner.run_all()
    bench.page.press(Qt.Key.Key_Right)
    bench.page.press(Qt.Key.Key_Left)
    assert "6230520010037788994" in view.accessibleDescription()


def test_a_transfer_without_a_time_is_said_to_be_missing(bench: Bench, view: TimelineView) -> None:
    first = replace(samples.TRANSFERS[0], time=None)
    bench.show(samples.sheet(transfers=(first, *samples.TRANSFERS[1:])))
    assert view.isVisible()
    assert "1 笔转账时间不详" in bench.page.words(bench.page.widget.parts.timeline)


def test_now_moves_on_and_the_axis_grows_with_it(bench: Bench, view: TimelineView) -> None:
    before = view.grab().toImage()
    bench.clock.advance(minutes=5)
    bench.kit.ticks.tick()
    assert view.grab().toImage() != before
    bench.clock.advance(hours=24 * 200)
    bench.kit.ticks.tick()
    assert view.horizontalScrollBar().maximum() == 0
