"""96110 by keys: F2, a call is typed and stopped, breaks off, comes again and goes down to a station."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView
from pytestqt.qtbot import QtBot

from desktop.app.windows.centre_screens import CentreWindow
from desktop.app.windows.window import Program
from desktop.demo.gallery import clipped_texts
from desktop.domain.cases.call import BROKE_OFF
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.case_holder import Assignment
from desktop.domain.cases.people.party import PartyRole, PartyText
from desktop.domain.errors import WorldError
from desktop.domain.ids import CaseId, PartyId
from desktop.domain.installation.duty_plan import DutyShift
from desktop.domain.installation.officer import Officer, Role
from desktop.services.calls.open_assignments import OpenAssignment
from desktop.services.calls.waiting_calls import WaitingCall, waiting_calls
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file
from desktop.services.orders.confirm_order import confirm_order
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.shift.duty_plans import plan_shift
from desktop.services.session import Session
from desktop.ui.board.board_table import BoardTable
from desktop.ui.board.lanes import Lanes
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.intake.calls import call_bar
from desktop.ui.intake.calls.call_strip import CallStrip
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.shared.widgets.input.line_edit import Combo
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label
from tests.support.clocks import START
from tests.support.installations import PASSWORD, introduce, machine, make_centre, make_desk
from tests.support.sessions import a_form, signed_in
from tests.support.shown_windows import ShownWindows
from tests.support.taken_keys import taken_twice
from tests.ui.pages.intake import IntakePage

_CONTROL = Qt.KeyboardModifier.ControlModifier
_BOTH = _CONTROL | Qt.KeyboardModifier.ShiftModifier
CALLER = "139 1936 4417"


@pytest.fixture
def program(qapp: QApplication, quick_folder: Path) -> Iterator[Program]:
    """A centre's window, with a station whose desk it knows."""
    desk, centre = make_desk(quick_folder / "desk"), make_centre(quick_folder / "centre")
    introduce(desk.sign_in("620134", PASSWORD), centre.sign_in("620001", PASSWORD))
    desk.close()
    centre.close()
    made = Program(qapp, quick_folder / "centre", machine=machine(), runner=InlineTaskRunner())
    made.start()
    made.open_desk(made.installation.sign_in("620001", PASSWORD))
    yield made
    made.shut_down()


PAYMENT = {
    "transfers_0_time": "2026-11-24 09:46:39",
    "transfers_0_amount": "98000",
    "transfers_0_payee_account": "6222021001116245702",
    "transfers_0_payee_name": "陈某某",
    "transfers_0_payer_account": "6217004230001234569",
}


@dataclass(frozen=True)
class Hotline:
    """The window of the centre, its page of calls, and who is signed in."""

    made: CentreWindow
    page: IntakePage
    session: Session

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        QTest.keyClick(self.made.window, key, modifier)


@pytest.fixture
def hotline(program: Program, qtbot: QtBot) -> Hotline:
    made, session = program.centre_window, program.installation.session
    assert isinstance(made, CentreWindow)
    assert session is not None
    made.window.resize(1366, 768)
    made.window.show()
    qtbot.waitUntil(made.window.isActiveWindow)
    QTest.keyClick(made.window, Qt.Key.Key_F2)
    assert made.window.current_page == "calls"
    return Hotline(made, IntakePage(qtbot, made.calls), session)


def two_calls(hotline: Hotline) -> tuple[str, str]:
    """The first broke off; the second is on the form."""
    page = hotline.page
    page.fill(call_caller=CALLER, call_came_from="police_110", **PAYMENT)
    first = page.form.case_id
    assert page.form.source == "police_110"
    page.press(Qt.Key.Key_B, _CONTROL)
    assert [one.broke_off is not None for one in waiting_calls(hotline.session)] == [True]
    assert page.form.untouched
    page.fill(call_caller="13800000000")
    return first, page.form.case_id


def test_a_call_begins_at_its_number_and_says_what_to_ask_next(hotline: Hotline) -> None:
    page = hotline.page
    said = page.screen.findChild(Label, "say_next")
    assert said is not None
    words = page.screen.kit.texts
    assert said.text() == words.text("calls.say.first")
    for typed in (CALLER, "Li Xiulan"):
        QTest.keyClicks(hotline.made.window.focusWidget(), typed)
        QTest.keyClick(hotline.made.window.focusWidget(), Qt.Key.Key_Return)
    assert page.form.victim.name == "Li Xiulan"
    page.fill(victim_name="李秀兰", victim_id_number="620102196804152044")
    assert dict(page.form.answers)["call.caller"] == CALLER
    assert said.text() == words.text("calls.say.payer")
    page.fill(**{name: text for name, text in PAYMENT.items() if "payee" not in name})
    assert said.text() == words.text("calls.say.payee")


def test_whoever_the_rota_names_hears_what_waits_for_approval(hotline: Hotline) -> None:
    session, window = hotline.session, hotline.made.window
    begins = session.clock.now() - timedelta(hours=1)
    own = session.officer.number
    plan_shift(session, DutyShift(begins, begins + timedelta(hours=12), own, own))
    issuer = signed_in(session, Officer("620700", "何平", (Role.DISPATCHER,)))
    order = issue_stop(issuer, a_form(issuer), 0, confirmed=True).order
    hotline.made.status.refresh()
    banner = window.findChild(Banner, "approval_notice")
    assert banner is not None
    hotline.page.window.qtbot.waitUntil(banner.isVisible)
    assert "1" in banner.message.text()
    hotline.press(Qt.Key.Key_J, _BOTH)
    assert window.current_page == "case"
    assert hotline.made.case.header.tabs.value() is Tab.ORDERS
    hotline.press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    hotline.press(Qt.Key.Key_H, _BOTH)
    handover = hotline.page.dialog("handover_dialog")
    open_work = handover.find("handover_table", QTableView).model().index(0, 3).data()
    assert "待审批 1 条" in open_work
    handover.click("handover_cancel")
    hotline.press(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert window.current_page == "absence"
    shown = window.findChild(Label, "absence_desk")
    assert shown is not None
    assert "待审批 1 条" in shown.text()
    approver = signed_in(session, Officer("620701", "钱伟", (Role.APPROVER,)))
    confirm_order(approver, order.id)
    hotline.made.status.refresh()
    hotline.page.window.qtbot.waitUntil(lambda: not banner.isVisible())


def test_a_call_that_broke_off_goes_on_when_the_number_rings_again(hotline: Hotline) -> None:
    assert taken_twice(hotline.page.screen.kit) == []
    first, second = two_calls(hotline)
    page = hotline.page
    hotline.press(Qt.Key.Key_N, _CONTROL)
    assert page.form.case_id not in (first, second)
    page.fill(call_caller="13919364417")
    assert page.form.case_id == first
    assert not dict(page.form.answers).get(BROKE_OFF)
    for expected in (second, first):
        page.press(Qt.Key.Key_PageDown, _CONTROL)
        assert page.form.case_id == expected

    page.press(Qt.Key.Key_R, _CONTROL)
    assert [one.number for one in page.form.read_aloud] == ["6222021001116245702", "98,000.00"]
    page.fill(victim_name="李秀兰", victim_id_number="620102196804152044")
    page.stop()
    page.stop()
    shown = page.screen.pages.result
    assert [b.objectName() for b in shown.findChildren(QAbstractButton)] == [
        "order_print_1124-C-0001-Z1"
    ], "a centre shows its code to nobody"
    file = case_file(hotline.session, CaseId(first))
    assert [view.order.alone for view in file.orders] == [True]
    assert len(file.readings) == 2
    assert [one.case for one in waiting_calls(hotline.session)] == [second]

    hotline.made.navigator.open_case(CaseId(first))
    hotline.made.window.activateWindow()  # without a display nothing does it when a dialog goes
    page.window.qtbot.waitUntil(hotline.made.window.isActiveWindow)
    hotline.press(Qt.Key.Key_K, _BOTH)
    page.dialog("assign_dialog").click("assign_accept")
    holder = case_file(hotline.session, CaseId(first)).holder
    assert holder.assignment is Assignment.OFFERED
    assert holder.offer is not None
    assert holder.offer.reason, "the reason that stood beside the station"

    message = sent_and_printed(hotline)
    assert "6222…5702" in message
    assert "张掖路派出所" in message
    assert "李秀兰" not in message


def sent_and_printed(hotline: Hotline) -> str:
    """The message as it was copied, after its slip was shown on paper."""
    page, window, shown = hotline.page, hotline.made.window, ShownWindows()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(shown)
    hotline.press(Qt.Key.Key_N, _BOTH)
    dialog = page.dialog("message_dialog")
    application.removeEventFilter(shown)
    assert shown.names == ["FormDialog"], "its code is no window of its own, not even for a moment"
    dialog.click("message_print")
    page.dialog("paper_dialog").widget.close()
    window.activateWindow()
    page.window.qtbot.waitUntil(window.isActiveWindow)
    hotline.press(Qt.Key.Key_N, _BOTH)
    page.dialog("message_dialog").click("message_accept")
    return QApplication.clipboard().text()


def test_a_case_that_a_station_returned_comes_to_the_page_by_itself(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = OpenAssignment(CaseId("c1"), "李秀兰", Assignment.RETURNED, START)
    monkeypatch.setattr(call_bar, "open_assignments", lambda _session: (back,))
    hotline.made.window.reread()
    strip = hotline.page.screen.findChild(CallStrip)
    assert isinstance(strip, CallStrip)
    assert [chip.text() for chip in strip.findChildren(QAbstractButton)] == ["已退回　李秀兰"]


def test_calls_of_the_server_stay_while_it_does_not_answer(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Marked as not up to date, until it does."""
    two_calls(hotline)
    page = hotline.page
    strip = page.screen.findChild(CallStrip)
    assert isinstance(strip, CallStrip)
    before = [one.case for one in strip.calls]

    def gone(_session: Session) -> tuple[WaitingCall, ...]:
        raise WorldError("database.server_gone")

    mark = page.screen.kit.texts.text("calls.not_up_to_date")

    def marked() -> list[bool]:
        return [mark in chip.text() for chip in strip.findChildren(QAbstractButton)]

    with monkeypatch.context() as away:
        away.setattr(call_bar, "waiting_calls", gone)
        hotline.made.window.reread()
        assert [one.case for one in strip.calls] == before
        assert marked() == [True] * len(before)
    page.screen.saver.server_back.emit()
    assert marked() == [False] * len(before)


def test_whoever_reports_for_a_victim_is_the_one_who_said_yes(hotline: Hotline) -> None:
    page, model = hotline.page, hotline.page.screen.model
    page.fill(victim_name="李秀兰", **PAYMENT)
    page.press(Qt.Key.Key_R, _CONTROL)
    assert {one.reader for one in model.form.read_aloud} == {"李秀兰"}
    page.fill(transfers_0_amount="99000")
    model.add_party(PartyText(PartyId("p1"), PartyRole.AGENT, "李娜"), reports=True)
    page.press(Qt.Key.Key_R, _CONTROL)
    assert [one.reader for one in model.form.read_aloud][-1] == "李娜"


def test_any_case_is_opened_from_the_list_and_one_comes_back_to_its_row(hotline: Hotline) -> None:
    session, window = hotline.session, hotline.made.window
    for _ in range(3):
        register_report(session, a_form(session))
    hotline.press(Qt.Key.Key_F2, _CONTROL)
    assert window.current_page == "cases"
    table = window.findChild(BoardTable)
    assert table is not None
    hotline.page.window.qtbot.waitUntil(lambda: len(table.rows.rows) == 3)
    chosen = table.rows.rows[1].id
    table.select_key(chosen)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert window.current_page == "case"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.current_page == "cases"
    row = table.selected()
    assert row is not None
    assert row.id == chosen
    assert clipped_texts(window) == []
    numbers = [table.rows.index(place, table.rows.columnCount() - 1).data() for place in range(3)]
    assert sorted(numbers) == ["1124-C-0001", "1124-C-0002", "1124-C-0003"]
    hotline.press(Qt.Key.Key_T, _CONTROL)
    lanes = window.findChild(Lanes)
    assert lanes is not None
    column = lanes.lane(CaseState.NEW)
    hotline.page.window.qtbot.waitUntil(lambda: column.model.rowCount() == 3)
    assert not column.model.index(0).flags() & Qt.ItemFlag.ItemIsDragEnabled, "a centre moves none"
    column.view.setFocus()
    hotline.press(Qt.Key.Key_Right, _CONTROL)
    assert column.model.rowCount() == 3
    assert clipped_texts(window) == []
    hotline.press(Qt.Key.Key_T, _CONTROL)
    kinds = window.findChild(Combo, "board_visit")
    assert kinds is not None
    kinds.setCurrentIndex(kinds.count() - 1)
    hotline.page.window.qtbot.waitUntil(lambda: not table.isVisible())
