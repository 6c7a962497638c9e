"""A bank clerk's page: the orders to the own bank, answered by keys; nothing of another bank is on it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.installation.officer import Officer, Role
from desktop.services.look_up import order as order_of
from desktop.services.orders.issue_order import issue_stop
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.centre.institution_screen import InstitutionScreen
from desktop.ui.shared.kit.kit import Kit
from tests.support.sessions import Seat, a_form, signed_in
from tests.ui.centre.samples import LIMITS
from tests.ui.pages.centre import InstitutionPage


def a_stop(session: Session, bank: str, account: str) -> str:
    form = a_form(session)
    payment = replace(form.transfers[0], payee_bank=bank, payee_account=account)
    form = replace(form, transfers=(payment,))
    return issue_stop(session, form, 0, confirmed=True).order.id


def test_a_clerk_answers_and_prints_what_goes_to_the_own_bank(
    qtbot: QtBot, kit: Kit, centre_seat: Seat
) -> None:
    session = centre_seat.session
    session = replace(session, profile=replace(session.profile, on_server=True))
    own = a_stop(session, "中国农业银行", "6230520010037788996")
    a_stop(session, "中国建设银行", "6217004230001239997")
    clerk = signed_in(session, Officer("620301", "周岚", (Role.BANK_CLERK,), ("中国农业银行",)))
    papers: list[str] = []

    def show(pdf: Pdf, _title: str) -> None:
        papers.append(pdf.record.form if pdf.record is not None else "")

    screen = InstitutionScreen(kit, clerk, show, LIMITS)
    qtbot.addWidget(screen)
    page = InstitutionPage(qtbot, screen)
    page.show(1294, 692)
    with qtbot.waitSignal(screen.view_shown):
        screen.opened()
    assert [row.view.order.id for row in screen.table.rows.rows] == [own]
    assert "1" in page.text("institution_figures")
    assert not clipped_texts(screen)
    assert not overlaps(screen)
    page.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: papers == ["order_sheet"])
    page.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not page.closed("reply_dialog"))
    dialog = page.active_dialog("reply_dialog")
    dialog.click("reply_result_done")
    with qtbot.waitSignal(screen.view_shown):
        dialog.click("reply_accept")
    assert order_of(clerk, own).order.reply is not None
    assert not screen.table.rows.rows
