"""A report is accepted when the person spoke: when the first thing of it was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.cases.intake import form_from_json
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import blank_form, keep_blank, open_drafts, save_draft
from desktop.services.look_up import case_file
from desktop.services.orders.issue_order import issue_stop
from tests.support.clocks import START
from tests.support.sessions import Seat, a_form


def test_from_the_first_thing_typed_to_the_stop_time_goes_by(seat: Seat) -> None:
    session = seat.session
    blank = blank_form(session)
    keep_blank(session, blank)
    seat.clock.advance(minutes=3)
    form = replace(a_form(session), case_id=blank.case_id)
    save_draft(session, replace(form, narrative="", transfers=blank.transfers))
    seat.clock.advance(minutes=4)
    save_draft(session, form)
    issued = issue_stop(session, form, 0)
    file = case_file(session, issued.case)
    assert file.case.accepted_at == START + timedelta(minutes=3)
    assert issued.order.issued_at - file.case.accepted_at == timedelta(minutes=4)
    seat.clock.advance(hours=1)
    register_report(session, replace(form, narrative="补充"))
    assert case_file(session, issued.case).case.accepted_at == file.case.accepted_at


def test_a_form_that_no_draft_held_is_accepted_now(seat: Seat) -> None:
    case = register_report(seat.session, a_form(seat.session)).case
    assert case_file(seat.session, case).case.accepted_at == START


def test_a_clock_set_back_accepts_nothing_in_the_future(seat: Seat) -> None:
    form = a_form(seat.session)
    save_draft(seat.session, form)
    seat.clock.advance(minutes=-30)
    case = register_report(seat.session, form).case
    assert case_file(seat.session, case).case.accepted_at == START - timedelta(minutes=30)


def test_a_draft_of_an_older_program_counts_from_its_next_save(seat: Seat) -> None:
    form = a_form(seat.session)
    written = form.to_json()
    del written["begun_at"]
    assert form_from_json(written) == form
    save_draft(seat.session, form_from_json(written))
    (draft,) = open_drafts(seat.session)
    assert draft.form.begun_at == draft.saved_at


@pytest.mark.parametrize("begun_at", ["noon", "2026-11-24T02:31:07", "0001-01-01T00:00:00Z", 7])
def test_a_draft_that_began_at_no_time_is_accepted_now(seat: Seat, begun_at: object) -> None:
    form = a_form(seat.session)
    save_draft(seat.session, form_from_json({**form.to_json(), "begun_at": begun_at}))
    seat.clock.advance(minutes=5)
    case = register_report(seat.session, form).case
    assert case_file(seat.session, case).case.accepted_at == START + timedelta(minutes=5)
