"""When the draft goes to disk, what is said of it, and what a restart finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.errors import WorldError
from desktop.domain.ids import CaseId
from desktop.journal.kinds import SLIP_SHOWN
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import unrecorded
from desktop.services.cases.form.drafts import new_draft, open_drafts, save_draft
from desktop.services.look_up import case_file, history
from desktop.ui.intake.form.draft_saver import SaveState
from desktop.ui.intake.setup import IntakeSetup
from desktop.ui.intake.wizard import IntakeScreen
from desktop.ui.shared.kit.kit import Kit
from tests.support.held_runner import HeldRunner
from tests.support.sessions import Seat
from tests.ui.intake.conftest import MakePage, Ways
from tests.ui.intake.doubles import Alarms, ShakyServices
from tests.ui.intake.samples import sample_form
from tests.ui.pages.errors import close_error
from tests.ui.pages.intake import IntakePage

_HOUR = timedelta(hours=1)


def _on_disk(seat: Seat, case: str) -> str:
    return next(
        draft.form.victim.name for draft in open_drafts(seat.session) if draft.form.case_id == case
    )


def test_the_timer_saves_and_the_time_is_shown(
    page: IntakePage, seat: Seat, alarms: Alarms
) -> None:
    page.focus("victim.name").type("王小明")
    assert _on_disk(seat, page.form.case_id) == ""
    seat.clock.advance(seconds=30)
    alarms.ring_all()
    assert _on_disk(seat, page.form.case_id) == "王小明"
    assert "10:31:37" in page.text("save_state")


@pytest.mark.parametrize("leave", ["page", "stop", "hide", "close", "flush"])
def test_every_way_out_saves_at_once(page: IntakePage, seat: Seat, leave: str) -> None:
    page.focus("victim.name").type("王小明")
    case = page.form.case_id
    if leave == "page":
        page.go_to(4)
    elif leave == "stop":
        page.stop().press(Qt.Key.Key_Escape)
    elif leave == "hide":
        page.screen.hide()
    elif leave == "close":
        page.screen.close()
    else:
        page.screen.flush()
    assert _on_disk(seat, case) == "王小明"
    assert not page.screen.unsaved


def test_a_full_disk_is_reported_and_nothing_is_lost(
    page: IntakePage, seat: Seat, shaky: ShakyServices, alarms: Alarms
) -> None:
    shaky.breaks["save_draft"] = WorldError("disk.full")
    page.focus("victim.name").type("王小")
    alarms.ring_all()
    what = page.screen.kit.texts.text("errors.disk.full.what")
    assert page.text("intake_banner_message") == what
    assert page.screen.saver.state is SaveState.FAILED
    labels = [label.text() for label in page.screen.findChildren(QLabel) if label.isVisible()]
    assert page.screen.kit.texts.text("intake.save.no_promise") in labels
    assert page.screen.kit.texts.text("intake.save.promise") not in labels
    page.type("王小明")
    del shaky.breaks["save_draft"]
    alarms.ring_all()
    assert page.text("intake_banner_message") == ""
    assert _on_disk(seat, page.form.case_id) == "王小明"


def test_a_restart_goes_on_at_the_same_page_and_field(
    page: IntakePage, make_page: MakePage, alarms: Alarms, shaky: ShakyServices
) -> None:
    page.fill(victim_name="王小明").focus("transfers.0.amount").type("98000")
    alarms.ring_all()
    saved = shaky.saved[-1]
    again = make_page()
    assert again.form == saved
    assert again.focused_path() == "transfers.0.amount"


def test_another_report_never_takes_the_text_of_the_last(page: IntakePage, seat: Seat) -> None:
    page.focus("victim.name").type("王小明")
    first = page.form.case_id
    page.screen.begin()
    assert page.form.case_id != first
    assert page.form.victim.name == ""
    assert page.field("victim.name").value() == ""
    assert _on_disk(seat, first) == "王小明"
    page.screen.resume(CaseId(first))
    assert page.field("victim.name").value() == "王小明"


def test_the_report_that_was_chosen_is_the_one_that_opens(
    qtbot, desk_kit: Kit, shaky: ShakyServices, ways: Ways, alarms: Alarms, seat: Seat
) -> None:
    """Its page is shown while the report is still being read, and asks for what to go on with."""
    older = save_draft(seat.session, sample_form(new_draft(seat.session).form)).form
    seat.clock.advance(minutes=1)
    save_draft(seat.session, sample_form(new_draft(seat.session).form))
    runner = HeldRunner()
    setup = IntakeSetup(("T01",), str, lambda _case, _sink: QWidget(), _HOUR, _HOUR, alarms)
    screen = IntakeScreen(replace(desk_kit, runner=runner), seat.session, ways, setup)
    qtbot.addWidget(screen)
    screen.resume(CaseId(older.case_id))
    screen.opened()
    runner.run_all()
    assert screen.model.form.case_id == older.case_id


@pytest.fixture
def busy(
    qtbot, desk_kit: Kit, seat: Seat, ways: Ways, alarms: Alarms
) -> tuple[IntakePage, HeldRunner]:
    """A form that was not opened yet, on a desk that answers when the test says so."""
    runner = HeldRunner()
    setup = IntakeSetup(("T01",), str, lambda _case, _sink: QWidget(), _HOUR, _HOUR, alarms)
    screen = IntakeScreen(replace(desk_kit, runner=runner), seat.session, ways, setup)
    qtbot.addWidget(screen)
    return IntakePage(qtbot, screen).show(), runner


def test_who_comes_next_is_typed_at_once_and_never_into_the_last_report(
    busy: tuple[IntakePage, HeldRunner], alarms: Alarms, seat: Seat
) -> None:
    page, runner = busy
    page.screen.begin()
    page.focus("victim.name").type("Li Xiulan")
    runner.run_all()
    page.screen.begin()
    page.focus("victim.name").type("Wang Xiaoming")
    alarms.ring_all()
    runner.run_all()
    assert page.form.victim.name == "Wang Xiaoming"
    names = [draft.form.victim.name for draft in open_drafts(seat.session)]
    assert sorted(names) == ["Li Xiulan", "Wang Xiaoming"]


def test_nothing_is_typed_into_a_form_that_is_about_to_go(
    busy: tuple[IntakePage, HeldRunner], alarms: Alarms, seat: Seat
) -> None:
    page, runner = busy
    other = save_draft(seat.session, sample_form(new_draft(seat.session).form)).form
    page.screen.opened()
    page.focus("victim.name")
    page.press(Qt.Key.Key_X)  # before there is any form
    runner.run_all()
    page.screen.begin()
    page.focus("victim.name").type("Li Xiulan")
    page.screen.resume(CaseId(other.case_id))
    page.press(Qt.Key.Key_X).stop()
    runner.run_all()
    alarms.ring_all()
    runner.run_all()
    assert page.form.case_id == other.case_id
    assert page.focused_path()
    names = {draft.form.case_id: draft.form.victim.name for draft in open_drafts(seat.session)}
    assert names.pop(other.case_id) == other.victim.name
    assert list(names.values()) == ["Li Xiulan"]


def test_what_is_recorded_of_the_last_report_leaves_the_next_one_alone(
    busy: tuple[IntakePage, HeldRunner], alarms: Alarms, seat: Seat
) -> None:
    """Registered, or its stop sent, while the desk was busy; the next person is at the counter by then."""
    page, runner = busy
    page.screen.begin()
    runner.run_all()
    page.screen.model.load(sample_form(page.form))
    for act in ("register", "stop"):
        page.screen.model.put("victim.phone", f"1391936441{len(act)}")
        case = CaseId(page.form.case_id)
        if act == "register":
            page.screen.go_to(5)
            page.screen.register()
        else:
            page.stop()
            runner.run_all()
            page.stop()
        page.screen.begin()
        page.focus("victim.name")
        page.type("Wang")
        page.focus("victim.phone")
        runner.run_all()
        alarms.ring_all()
        runner.run_all()
        assert page.form.case_id != case
        assert page.focused_path() == "victim.phone"
        assert page.screen.pages.panel.shown is page.screen.pages.money
        assert form_of(seat.session, case).victim.phone.endswith(str(len(act)))
        left = {draft.form.case_id: draft.form for draft in open_drafts(seat.session)}
        assert left[page.form.case_id].victim.name == "Wang"
        assert case not in left or not unrecorded(seat.session, left[case])
        if act == "register":
            assert case not in left
            page.screen.model.load(sample_form(page.form))


def test_the_check_of_a_report_that_was_left_is_shown_over_no_other(
    busy: tuple[IntakePage, HeldRunner], seat: Seat
) -> None:
    page, runner = busy
    page.screen.begin()
    runner.run_all()
    page.screen.model.load(sample_form(page.form))
    page.stop()
    page.screen.begin()
    runner.run_all()
    assert not page.has_dialog("stop_dialog")
    assert page.text("toast_message") == page.screen.kit.texts.text("intake.stop.left")
    page.screen.model.load(sample_form(page.form))
    page.stop()
    runner.run_all()
    assert page.has_dialog("stop_dialog"), "the next one is checked as ever"
    page.dialog("stop_dialog").widget.close()


def test_who_is_registered_while_the_last_one_is_still_being_registered_is_not_forgotten(
    busy: tuple[IntakePage, HeldRunner], seat: Seat
) -> None:
    page, runner = busy
    cases = []
    for name in ("Li Xiulan", "Wang Xiaoming"):
        page.screen.begin()
        page.screen.go_to(5)
        page.screen.model.put("victim.name", name)
        cases.append(CaseId(page.form.case_id))
        page.register()
    page.screen.model.put("victim.phone", "13919364417")
    page.register()  # typed on, and sent off again
    runner.run_all()
    assert [form_of(seat.session, case).victim.name for case in cases] == [
        "Li Xiulan",
        "Wang Xiaoming",
    ]
    assert form_of(seat.session, cases[1]).victim.phone == "13919364417"
    assert open_drafts(seat.session) == ()


def test_a_paper_of_a_report_that_was_left_opens_over_no_other(
    busy: tuple[IntakePage, HeldRunner], ways: Ways, seat: Seat, centre: Seat
) -> None:
    """It took the keyboard of who typed for the next person."""
    page, runner = busy
    page.screen.begin()
    runner.run_all()
    page.screen.model.load(sample_form(page.form))
    page.stop()
    runner.run_all()
    page.stop()
    runner.run_all()
    (view, *_) = case_file(seat.session, CaseId(page.form.case_id)).orders
    for _ in range(2):
        page.window.click(f"order_print_{view.order.number}")
    runner.run_all()
    assert len(ways.papers) == 1, "pressed twice, it is one paper"
    for button in ("print", "slip"):
        page.window.click(f"order_{button}_{view.order.number}")
    page.screen.begin()
    runner.run_all()
    assert len(ways.papers) == 1
    assert not page.has_dialog("slip_view")


def test_a_double_click_shows_one_code(
    busy: tuple[IntakePage, HeldRunner], seat: Seat, centre: Seat
) -> None:
    page, runner = busy
    page.screen.begin()
    runner.run_all()
    page.screen.model.load(sample_form(page.form))
    page.stop()
    runner.run_all()
    page.stop()
    runner.run_all()
    case = CaseId(page.form.case_id)
    (view, *_) = case_file(seat.session, case).orders
    for _ in range(2):
        page.window.click(f"order_slip_{view.order.number}")
    runner.run_all()
    shown = [row for row in history(seat.session, case) if row.kind == SLIP_SHOWN]
    assert len(shown) == 1
    page.dialog("slip_view").widget.close()


def test_a_report_asked_for_before_the_next_person_came_is_let_go(
    busy: tuple[IntakePage, HeldRunner], seat: Seat
) -> None:
    page, runner = busy
    other = save_draft(seat.session, sample_form(new_draft(seat.session).form)).form
    page.screen.resume(CaseId(other.case_id))
    page.screen.begin()
    page.focus("victim.name").type("Wang Xiaoming")
    runner.run_all()
    assert page.form.case_id != other.case_id
    assert page.form.victim.name == "Wang Xiaoming"


def test_registering_leaves_no_draft_behind_whatever_was_on_its_way(
    busy: tuple[IntakePage, HeldRunner], alarms: Alarms, seat: Seat
) -> None:
    page, runner = busy
    screen = page.screen
    screen.begin()
    runner.run_all()
    screen.model.put("victim.name", "王小")
    screen.flush()
    screen.model.put("victim.name", "王小明")
    screen.flush()
    screen.go_to(5)
    screen.register()
    alarms.ring_all()
    runner.run_all()
    alarms.ring_all()
    runner.run_all()
    case = CaseId(screen.model.form.case_id)
    assert case not in [draft.form.case_id for draft in open_drafts(seat.session)]
    assert form_of(seat.session, case).victim.name == "王小明"
    screen.model.put("victim.phone", "139")
    alarms.ring_all()
    runner.run_all()
    assert case in [draft.form.case_id for draft in open_drafts(seat.session)]


def test_a_failed_registration_keeps_the_draft(
    page: IntakePage, seat: Seat, shaky: ShakyServices
) -> None:
    shaky.breaks["register"] = WorldError("disk.full")
    page.fill(victim_name="王小明").go_to(6).register()
    close_error("disk.full")
    assert _on_disk(seat, page.form.case_id) == "王小明"
    del shaky.breaks["register"]
    page.register()
    assert page.screen.pages.record.registered
    assert open_drafts(seat.session) == ()


def test_turning_pages_after_registering_makes_no_new_draft(
    page: IntakePage, seat: Seat, alarms: Alarms
) -> None:
    page.fill(victim_name="王小明").go_to(6).register()
    page.go_to(1).go_to(3)
    alarms.ring_all()
    assert open_drafts(seat.session) == ()


def test_a_registered_case_is_reopened_and_amended(page: IntakePage, seat: Seat) -> None:
    page.fill(victim_name="王小明").go_to(6).register()
    case = CaseId(page.form.case_id)
    page.screen.begin()
    page.screen.resume(case)
    assert page.screen.pages.record.registered
    page.go_to(1).fill(victim_phone="13919364417").go_to(6).register()
    assert form_of(seat.session, case).victim.phone == "13919364417"
