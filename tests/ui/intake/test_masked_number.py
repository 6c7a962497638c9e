"""A masked payee account from the typing to the register: hint, candidates, what is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.ids import CaseId
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import open_drafts
from desktop.services.cases.form.read_form import hints
from desktop.services.cases.form.report_document import document_of
from desktop.services.look_up import case_deadlines, case_file, history
from desktop.services.ports import OnRecord
from desktop.ui.intake.setup import IntakeSetup
from desktop.ui.intake.wizard import IntakeScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.tables.table import Table
from tests.support.held_runner import HeldRunner
from tests.support.sessions import Seat
from tests.ui.intake.conftest import Ways
from tests.ui.intake.doubles import Alarms
from tests.ui.intake.samples import PAYEE, other_cases, sample_form
from tests.ui.pages.intake import IntakePage

SHOWN = "623052**** **** 8996"
PATH = "transfers.0.payee_account"
_CONTROL = Qt.KeyboardModifier.ControlModifier
_HOUR = timedelta(hours=1)


@pytest.fixture
def masked(page: IntakePage, seat: Seat, alarms: Alarms) -> IntakePage:
    """The victim shows a receipt with a masked number that three older cases may know."""
    other_cases(seat.session, seat.clock)
    page.fill(victim_name="王小明", transfers_0_time="10:12:35", transfers_0_amount="98000")
    page.focus(PATH).type(SHOWN)
    alarms.ring_all()
    return page


def test_the_hint_says_how_long_the_number_is(masked: IntakePage) -> None:
    assert "19" in masked.hint(PATH)
    assert "9" in masked.hint(PATH)
    assert masked.state(PATH) == "red"


def test_a_candidate_of_another_case_is_taken_as_a_guess(masked: IntakePage, seat: Seat) -> None:
    masked.press(Qt.Key.Key_M, _CONTROL)
    masked.enter()
    transfer = masked.form.transfers[0]
    assert transfer.payee_account == PAYEE
    assert transfer.payee_masked == SHOWN
    assert dict(transfer.certainty)["payee_account"] == "guessed"
    case = register_report(seat.session, masked.form).case
    stored = case_file(seat.session, case).transfers[0]
    assert stored.payee.number == PAYEE.replace(" ", "")
    assert stored.payee_masked == SHOWN
    shown = json.loads(json.dumps(document_of(case_file(seat.session, case))))
    assert shown["transfers"][0]["payee"]["masked"] == SHOWN
    assert form_of(seat.session, CaseId(case)).transfers[0].payee_masked == SHOWN


def test_a_number_that_does_not_fit_the_receipt_is_named(masked: IntakePage, seat: Seat) -> None:
    masked.press(Qt.Key.Key_Tab).focus(PATH).type("6222020200112233445")
    found = hints(seat.session, masked.form, seat.clock.now())[PATH]
    assert found.code == "hints.unlike_receipt"
    masked.type("6230520010037788996")
    assert hints(seat.session, masked.form, seat.clock.now())[PATH].code == "hints.card_debit"


def test_a_masked_number_is_stored_and_reminded_of(masked: IntakePage, seat: Seat) -> None:
    masked.press(Qt.Key.Key_Tab)
    case = register_report(seat.session, masked.form).case
    file = case_file(seat.session, case)
    assert file.transfers[0].payee.number == "623052********8996"
    clocks = {clock.name: clock for clock in case_deadlines(seat.session, file)}
    assert (clocks["masked"].at - file.case.accepted_at).total_seconds() == 600
    assert clocks["masked"].rule == "task.masked_number"


def test_nothing_fits(page: IntakePage, alarms: Alarms) -> None:
    page.focus(PATH).type("622202******0000")
    alarms.ring_all()
    page.press(Qt.Key.Key_M, _CONTROL)
    assert page.has_dialog("masked_dialog")
    assert not page.dialog("masked_dialog").widget.findChildren(Table)
    page.enter()
    assert page.form.transfers[0].payee_account == "622202******0000"


def test_the_slip_for_the_bank_registers_and_sets_a_task(
    masked: IntakePage, seat: Seat, ways: Ways
) -> None:
    masked.press(Qt.Key.Key_M, _CONTROL).press(Qt.Key.Key_P, _CONTROL)
    masked.window.qtbot.waitUntil(lambda: bool(ways.papers))
    file = case_file(seat.session, CaseId(masked.form.case_id))
    (task,) = file.tasks
    assert SHOWN in task.text
    assert task.due is not None
    assert (task.due - file.case.accepted_at).total_seconds() == 600
    assert "masked" not in {clock.name for clock in case_deadlines(seat.session, file)}
    told = [row.kind for row in history(seat.session, file.case.id)]
    assert "document.printed" not in told, "it is only shown yet"
    pdf, _title = ways.papers[0]
    assert pdf.record == OnRecord("masked_slip", (f"case/{file.case.id}",))
    masked.press(Qt.Key.Key_M, _CONTROL).press(Qt.Key.Key_P, _CONTROL)
    masked.window.qtbot.waitUntil(lambda: len(ways.papers) == 2)
    assert len(case_file(seat.session, file.case.id).tasks) == 1


def test_what_is_typed_after_the_slip_was_asked_for_stays(
    qtbot: QtBot, desk_kit: Kit, seat: Seat, ways: Ways, alarms: Alarms
) -> None:
    """The slip records the form and keeps it as the draft: whatever else is at work, in the order of the keys."""
    runner = HeldRunner()
    setup = IntakeSetup(("T01",), str, lambda _case, _sink: QWidget(), _HOUR, _HOUR, alarms)
    screen = IntakeScreen(replace(desk_kit, runner=runner), seat.session, ways, setup)
    qtbot.addWidget(screen)
    page = IntakePage(qtbot, screen).show()
    screen.begin()
    runner.run_all()
    page.screen.model.load(sample_form(page.form))
    page.screen.model.put(PATH, SHOWN)
    alarms.ring_all()
    runner.run_all()
    page.focus(PATH).press(Qt.Key.Key_M, _CONTROL).press(Qt.Key.Key_P, _CONTROL)
    page.screen.model.put("victim.name", "Li Xiulan")
    alarms.ring_all()
    runner.tasks.sort(
        key=lambda task: task.lane != "input"
    )  # the other lanes have something else to do
    runner.run_all()
    assert len(ways.papers) == 1
    assert [draft.form.victim.name for draft in open_drafts(seat.session)] == ["Li Xiulan"]


def test_the_key_does_nothing_on_a_whole_number(page: IntakePage) -> None:
    page.focus(PATH).type(PAYEE).press(Qt.Key.Key_M, _CONTROL)
    assert not page.has_dialog("masked_dialog")
