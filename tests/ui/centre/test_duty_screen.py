"""值班台: the queue by parts, the seats, and an order given to another seat by keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.centre.replies import reply
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.orders.order import OrderReply, ReplyResult
from desktop.services.orders.answers.dispatch_batches import batch_orders
from desktop.services.orders.claim_work import claim_work, claims_in, hear_of_claims
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from desktop.ui.centre.duty_screen import DutyScreen
from desktop.ui.centre.rota import OnCallLine
from desktop.ui.shared.kit.kit import Kit
from tests.support.sessions import Seat, a_form, signed_in
from tests.ui.centre.samples import LIMITS
from tests.ui.pages.centre import DutyPage


def test_an_order_is_given_to_another_seat_by_keys(
    qtbot: QtBot, kit: Kit, centre_seat: Seat
) -> None:
    session = centre_seat.session
    session = replace(session, profile=replace(session.profile, on_server=True))
    first, other = (issue_stop(session, a_form(session), 0, confirmed=True) for _ in range(2))
    clerk = signed_in(session, Officer("620777", "王芳", (Role.DISPATCHER,)))
    signed_in(session, Officer("620301", "周岚", (Role.BANK_CLERK,), ("中国农业银行",)))
    hear_of_claims(session)
    claim_work(clerk, first.order.id)
    page = opened(qtbot, kit, session)
    screen = page.widget
    assert len(screen.table.rows.rows) == 2
    screen.table.select_key(first.order.id)
    page.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not page.closed("assign_order_dialog"))
    dialog = page.active_dialog("assign_order_dialog")
    dialog.fill("assign_order_reason", "王芳去接电话")
    with qtbot.waitSignal(screen.view_shown):
        dialog.click("assign_order_accept")
    assert not clipped_texts(screen)
    assert not overlaps(screen)
    with session.store.read() as reader:
        claim = claims_in(session, reader)[first.order.id]
    assert (claim.former, claim.officer) == ("620777", session.officer.number)
    page.click("duty_part_nobody")
    assert [item.order for item in screen.table.rows.rows] == [other.order.id]


def test_contacts_and_shifts_are_written_down(qtbot: QtBot, kit: Kit, centre_seat: Seat) -> None:
    session = centre_seat.session
    order = issue_stop(session, a_form(session), 0, confirmed=True).order.id
    page = opened(qtbot, kit, session)
    screen = page.widget
    page.click("duty_contact")
    write_contact(page)
    page.click("duty_plan")
    qtbot.waitUntil(lambda: not page.closed("rota_dialog"))
    dialog = page.active_dialog("rota_dialog")
    dialog.fill("rota_ends", "2026-11-24 22:00:00")
    with qtbot.waitSignal(screen.view_shown):
        dialog.click("rota_accept")
    assert session.officer.name in page.text("duty_current")
    detail = OnCallLine(kit, session)
    qtbot.addWidget(detail)
    detail.show_order(order)
    qtbot.waitUntil(lambda: "0931-1234567" in detail.text())
    before = detail.text()
    kit.texts.set_language("en")
    assert detail.text() != before, "in the other language at once"
    detail.show_order(order)
    assert not detail.isHidden(), "it does not flicker while the same is read again"
    detail.show_order("")
    assert detail.isHidden()


def test_late_institutions_are_chased_and_lapsing_stops_are_seen_by_keys(
    qtbot: QtBot, kit: Kit, centre_seat: Seat
) -> None:
    session = centre_seat.session
    stopped, waiting = (issue_stop(session, a_form(session), 0, confirmed=True) for _ in range(2))
    batch_orders(session)
    centre_seat.clock.advance(hours=30)
    now = session.clock.now()
    ends = now + timedelta(hours=5)
    done = OrderReply(ReplyResult.DONE, 9_800_000, 0, now, ends, "农行", "", "", now)
    reply(session, stopped.order.id, done)
    page = opened(qtbot, kit, session)
    screen = page.widget
    page.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert [item.order for item in screen.table.rows.rows] == [stopped.order.id]
    assert page.find("duty_lapsing").isVisible()
    page.click("duty_part_chase")
    (late,) = screen.table.rows.rows
    screen.table.select_key(late.key)
    qtbot.waitUntil(lambda: "Ctrl+T" in page.text("order_on_call"))
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(screen.chase_wanted) as asked:
        page.press(Qt.Key.Key_W, shift)
    page.click("duty_part_waiting")
    screen.table.select_key(waiting.order.id)
    with qtbot.waitSignal(screen.chase_wanted) as again:
        page.press(Qt.Key.Key_W, shift)
    assert asked.args == again.args == [waiting.order.payee.bank or "中国农业银行"]


def opened(qtbot: QtBot, kit: Kit, session: Session) -> DutyPage:
    screen = DutyScreen(kit, session, LIMITS)
    qtbot.addWidget(screen)
    page = DutyPage(qtbot, screen)
    page.show(1294, 692)
    with qtbot.waitSignal(screen.view_shown):
        screen.opened()
    return page


def write_contact(page: DutyPage) -> None:
    page.qtbot.waitUntil(lambda: not page.closed("on_call_dialog"))
    dialog = page.active_dialog("on_call_dialog")
    dialog.fill("on_call_desk", "反诈专席")
    dialog.fill("on_call_phone", "0931-1234567")
    with page.qtbot.waitSignal(page.widget.view_shown):
        dialog.click("on_call_accept")
