"""A centre's server goes in the middle of a call: the draft is on this PC, the bank is called, the stop follows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.cases.intake import IntakeForm
from desktop.domain.errors import WorldError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import CENTRE_ROLES
from desktop.domain.installation.profile import InstallationRole
from desktop.services.cases.form.drafts import open_drafts
from desktop.services.look_up import case_file
from desktop.services.orders.issue_order import Issued, issue_stop
from desktop.services.session import Session
from desktop.ui.intake.form.draft_saver import SaveState
from desktop.ui.intake.stop.phone_stop import phone_form
from desktop.ui.intake.stop.stop_candidate import StopCandidate
from desktop.ui.shared.dialogs.form_dialog import FormText
from tests.support.away_store import AwayStore, on_server
from tests.support.sessions import Seat, a_form
from tests.ui.intake.conftest import MakePage
from tests.ui.intake.doubles import Alarms
from tests.ui.intake.samples import PAYEE, sample_form
from tests.ui.pages.errors import close_error
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


def test_a_stop_goes_out_when_the_server_is_back_and_by_telephone_before(
    call: IntakePage, server: AwayStore, seat: Seat, alarms: Alarms
) -> None:
    alarms.ring_all()
    assert call.screen.saver.draft is not None
    assert call.screen.saver.draft.on_pc
    assert not call.screen.unsaved
    call.stop().stop()
    asked = call.dialog("phone_stop_dialog")
    asked.fill("phone_stop_who_0", "Zhou 3301")
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


def test_what_was_read_over_the_telephone_is_handed_over_once_it_stands(
    server: AwayStore, seat: Seat, alarms: Alarms, make_page: MakePage
) -> None:
    """By a dispatcher of a centre: each bank with who answered there; one that nobody reached waits to be sent."""
    profile = replace(seat.session.profile, role=InstallationRole.CENTRE)
    officer = replace(seat.session.officer, roles=CENTRE_ROLES)
    ids = seat.session.ids.bound_to(profile.device)
    seat.session = replace(seat.session, profile=profile, officer=officer, ids=ids)
    page = make_page()
    page.screen.model.load(sample_form(page.form))
    server.away = True
    page.stop().stop()
    asked = page.dialog("phone_stop_dialog")
    asked.fill("phone_stop_who_0", "Zhou 3301")
    asked.click("phone_stop_accept")
    server.away = False
    for _ in range(3):
        alarms.ring_all()
    assert not page.has_dialog("error_dialog")
    file = case_file(seat.session, CaseId(page.form.case_id))
    handed = {view.order.transfer: view.order.dispatch.answered_by for view in file.orders}
    assert handed == {one.id: "Zhou 3301" if one.payee_bank else "" for one in page.form.transfers}


def test_an_account_is_read_out_once_with_what_was_paid_into_it(seat: Seat) -> None:
    """Two payments into one account are one block with their sum; another holder is read out by itself."""
    first, *_ = sample_form(a_form(seat.session)).transfers
    paid = (
        first,
        replace(first, id="t2", amount="2,000.00"),
        replace(first, id="t3", payee_name="别人"),
    )
    picked = [StopCandidate(place, one, ()) for place, one in enumerate(paid)]
    form = phone_form("", picked, seat.session.directories, str)
    shown = [part for part in form.rows if isinstance(part, FormText)]
    assert sum(part.text == PAYEE for part in shown) == 2
    together = [part.params for part in shown if part.key == "calls.phone.together"]
    assert [dict(params)["amount"] for params in together] == ["100,000.00"]


def test_what_reached_the_server_in_its_last_moment_is_not_sent_twice(
    call: IntakePage, server: AwayStore, seat: Seat, alarms: Alarms
) -> None:
    """The first of two stops stands there, though nobody heard of it; the other one follows."""
    server.away = False
    gone = WorldError("database.server_gone")

    def cut_off(session: Session, form: IntakeForm, index: int, **how: Any) -> Issued:
        issue_stop(session, form, index, **how)
        raise gone

    with pytest.MonkeyPatch.context() as cut:
        cut.setattr("desktop.ui.intake.stop.stop_flow.issue_stop", cut_off)
        call.stop().stop()
    call.dialog("phone_stop_dialog").click("phone_stop_cancel")
    alarms.ring_all()
    file = case_file(seat.session, CaseId(call.form.case_id))
    assert sorted(view.order.transfer for view in file.orders) == sorted(
        item.id for item in call.form.transfers
    )
    assert not call.has_dialog("error_dialog")


def test_a_payment_that_was_changed_meanwhile_is_not_sent(
    call: IntakePage, server: AwayStore, seat: Seat, alarms: Alarms
) -> None:
    call.stop().stop()
    call.dialog("phone_stop_dialog").click("phone_stop_cancel")
    call.fill(transfers_0_amount="100")
    server.away = False
    alarms.ring_all()
    close_error("order.not_as_checked")
    alarms.ring_all()
    assert not call.has_dialog("error_dialog"), "said once"
    with seat.session.store.read() as reader:
        assert list(reader.orders()) == []


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
