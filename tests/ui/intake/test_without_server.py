"""A centre's server goes in the middle of a call: the draft is on this PC, the bank is called, the stop follows."""

from __future__ import annotations

import pytest

from desktop.domain.ids import CaseId
from desktop.services.cases.form.drafts import open_drafts
from desktop.services.look_up import case_file
from desktop.ui.intake.form.draft_saver import SaveState
from tests.support.away_store import AwayStore, on_server
from tests.support.sessions import Seat
from tests.ui.intake.conftest import MakePage
from tests.ui.intake.doubles import Alarms
from tests.ui.intake.samples import sample_form
from tests.ui.pages.intake import IntakePage


@pytest.fixture
def server(seat: Seat) -> AwayStore:
    seat.session, store = on_server(seat.session, seat.root / "drafts")
    return store


@pytest.fixture
def call(server: AwayStore, make_page: MakePage) -> IntakePage:
    """Typed before and after the server went."""
    page = make_page()
    form = sample_form(page.form)
    server.away = True
    page.screen.model.load(form)
    return page.fill(victim_name="李秀兰二")


def test_a_stop_without_the_server_is_told_by_telephone_and_sent_later(
    call: IntakePage, server: AwayStore, seat: Seat, alarms: Alarms
) -> None:
    alarms.ring_all()
    assert call.screen.saver.draft is not None
    assert call.screen.saver.draft.on_pc
    assert not call.screen.unsaved
    call.stop().stop()
    asked = call.dialog("phone_stop_dialog")
    asked.fill("phone_stop_who", "Zhou 3301")
    asked.click("phone_stop_accept")
    alarms.ring_all()  # still away: nothing more is asked of the officer
    assert not call.has_dialog("phone_stop_dialog")
    assert not call.has_dialog("error_dialog")

    server.away = False
    for _ in range(3):
        alarms.ring_all()
    file = case_file(seat.session, CaseId(call.form.case_id))
    assert len(file.orders) == len(call.form.transfers)
    assert "Zhou 3301" in file.case.narrative
    assert seat.session.pc_drafts is not None
    assert seat.session.pc_drafts.all() == ()


def test_a_restart_goes_on_with_what_is_on_this_pc(
    call: IntakePage, server: AwayStore, seat: Seat, alarms: Alarms, make_page: MakePage
) -> None:
    alarms.ring_all()
    again = make_page()
    assert again.form.victim.name == "李秀兰二"
    call.screen.saver.forget()
    server.away = False
    alarms.ring_all()
    assert [draft.form.victim.name for draft in open_drafts(seat.session)] == ["李秀兰二"]
    assert again.screen.saver.state is SaveState.SAVED
