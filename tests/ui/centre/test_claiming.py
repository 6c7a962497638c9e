"""Two clerks before one list: each sees what the other is at, and takes it only with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.centre.answers import readable_parts, take_files
from desktop.centre.batch_files import write_batches
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.call import Call
from desktop.domain.ids import CaseId
from desktop.domain.orders.claim import work_of_batch, work_of_case
from desktop.services.calls.waiting_calls import WaitingCall
from desktop.services.orders.answers.dispatch_batches import batch_orders
from desktop.services.orders.claim_work import claim_work
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from desktop.storage.store import SqlStore
from desktop.ui.centre.batches.batches_screen import BatchesScreen, BatchFiles
from desktop.ui.centre.dispatch_screen import DispatchScreen
from desktop.ui.centre.listed_orders import centre_state
from desktop.ui.intake.calls.call_strip import CallStrip
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.claiming import HandLine
from desktop.ui.shared.orders.order_reply_dialog import ReplyDialog
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.texts.label import Label
from tests.support.clocks import CountingIds
from tests.support.sessions import KEY, Seat, a_form, signed_in
from tests.support.texts import zh
from tests.ui.centre.samples import LIMITS
from tests.ui.pages.centre import DispatchPage, PacksPage
from tests.ui.sync.samples import CardboardDrives


@pytest.fixture
def mine(centre_seat: Seat) -> Session:
    session = centre_seat.session
    for _ in range(2):
        issue_stop(session, a_form(session), 0, confirmed=True)
    return replace(session, profile=replace(session.profile, on_server=True))


@pytest.fixture
def hers(centre_seat: Seat, mine: Session) -> Iterator[Session]:
    store = SqlStore.open(centre_seat.root / "desk.db", KEY, mine.profile, centre_seat.clock)
    officer = replace(mine.officer, number="620777", name="王芳")
    yield replace(signed_in(mine, officer), store=store, ids=CountingIds("d2"))
    store.close()


@pytest.fixture
def page(qtbot: QtBot, kit: Kit, mine: Session) -> DispatchPage:
    screen = DispatchScreen(kit, mine, CardboardDrives(), LIMITS)
    qtbot.addWidget(screen)
    shown = DispatchPage(qtbot, screen)
    shown.show(1294, 692)
    with qtbot.waitSignal(screen.view_shown):
        screen.opened()
    return shown


def open_forms() -> list[ReplyDialog]:
    return [
        top
        for top in QApplication.topLevelWidgets()
        if isinstance(top, ReplyDialog) and top.isVisible()
    ]


def read_again(qtbot: QtBot, page: DispatchPage) -> None:
    with qtbot.waitSignal(page.widget.view_shown):
        page.widget.reload()


def test_an_order_in_a_colleagues_hands_is_taken_with_a_reason(
    qtbot: QtBot, page: DispatchPage, mine: Session, hers: Session
) -> None:
    order = page.widget.table.rows.rows[0].view.order.id
    claim_work(hers, order)
    read_again(qtbot, page)
    page.widget.table.select_key(order)
    assert page.column("dispatch_table", 6)[0] == "王芳"
    assert "王芳" in page.text("order_hand")
    assert not clipped_texts(page.widget)
    assert not overlaps(page.widget)
    page.press(
        Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    dialog = page.active_dialog("claim_dialog")
    dialog.fill("claim_reason", "她去接电话了")
    with qtbot.waitSignal(page.widget.view_shown):
        dialog.click("claim_accept")
    assert page.column("dispatch_table", 6)[0] == zh("centre.claim.column.mine")
    with hers.store.read() as reader:
        (claim,) = reader.claims(hers.clock.now())
    assert (claim.officer, claim.reason) == (mine.officer.number, "她去接电话了")


def test_an_order_is_handed_over_by_telephone(qtbot: QtBot, page: DispatchPage) -> None:
    page.click("dispatch_hand_over")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is not page.widget)
    dialog = page.active_dialog("hand_order_dialog")
    dialog.fill("hand_order_who", "周 3301")
    with qtbot.waitSignal(page.widget.view_shown):
        dialog.click("hand_order_accept")
    states = [centre_state(page.widget.kit, row.view) for row in page.widget.table.rows.rows]
    assert sorted(states) == [zh("centre.dispatch.by_telephone"), zh("centre.dispatch.new")]
    qtbot.waitUntil(lambda: page.shown("order_handed"))
    assert "周 3301" in page.text("order_handed")
    assert not page.enabled("dispatch_hand_over")
    assert not clipped_texts(page.widget)


def test_whoever_leaves_hands_over_what_is_in_hand(
    qtbot: QtBot, page: DispatchPage, mine: Session, hers: Session
) -> None:
    order = page.widget.table.rows.rows[0].view.order.id
    claim_work(mine, order)
    read_again(qtbot, page)
    page.press(
        Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(lambda: QApplication.activeWindow() is not page.widget)
    dialog = page.active_dialog("hand_over_claims_dialog")
    with qtbot.waitSignal(page.widget.view_shown):
        dialog.click("hand_over_claims_accept")
    assert "王芳" in page.column("dispatch_table", 6)[0]
    claim_work(hers, order)
    read_again(qtbot, page)
    assert page.column("dispatch_table", 6)[0] == "王芳"


def test_whoever_answers_has_it_in_hand_until_it_is_recorded(
    qtbot: QtBot, page: DispatchPage, hers: Session
) -> None:
    order = page.widget.table.rows.rows[0].view.order.id
    page.widget.table.select_key(order)
    page.click("dispatch_reply")
    qtbot.waitUntil(lambda: bool(open_forms()))
    with hers.store.read() as reader:
        assert [claim.about for claim in reader.claims(hers.clock.now())] == [order]
    (form,) = open_forms()
    form.reject()


def test_batches_cases_and_calls_in_a_colleagues_hands_say_so(
    qtbot: QtBot, kit: Kit, mine: Session, hers: Session, centre_seat: Seat
) -> None:
    with mine.store.read() as reader:
        (view, *_) = reader.orders()
    (batch,) = batch_orders(mine)
    case = work_of_case(view.case)
    for work in (case, work_of_batch(batch.number, batch.made_at)):
        claim_work(hers, work)
    files = BatchFiles(write_batches, take_files, readable_parts)
    screen = BatchesScreen(kit, mine, CardboardDrives(), LIMITS, files)
    qtbot.addWidget(screen)
    page = PacksPage(qtbot, screen)
    page.show(1294, 692)
    with qtbot.waitSignal(screen.view_shown):
        screen.opened()
    assert page.column("pack_table", 5) == ["王芳"]
    assert not clipped_texts(screen)
    screen.sent.select_key(screen.sent.rows.key_of(screen.sent.rows.rows[0]))
    page.click("packs_claim")
    page.active_dialog("claim_dialog").click("claim_cancel")

    above = ListPage[None](kit, "case.title", "above", "case.keys.title")
    qtbot.addWidget(above)
    line = HandLine(kit, mine, above)
    above.body.addWidget(line)
    above.show()
    line.show_work(case)
    qtbot.waitUntil(line.isVisible)
    (shown_above,) = line.findChildren(Label, "order_hand")
    assert "王芳" in shown_above.text()

    strip = CallStrip(kit)
    qtbot.addWidget(strip)
    begun = centre_seat.clock.now()
    call = WaitingCall(CaseId("c9"), Call(), "赵敏", begun, "620777", begun, begun)
    strip.show_calls((call,), "", {"c9": "王芳"})
    (chip,) = strip.findChildren(Button, "call_c9")
    assert chip.text().endswith("王芳")
