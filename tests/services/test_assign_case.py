"""A call at the centre becomes its case, its stop goes out, and a station takes the case on or returns it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.cases.call import BROKE_OFF, CALL, CALL_FIELDS, Call, call_of
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.case_holder import Assignment
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.ids import CaseId, DeviceId
from desktop.domain.orders.order import OrderState
from desktop.domain.progress import SILENT
from desktop.domain.time.clock import to_wire
from desktop.services.calls.assign_case import assign_case
from desktop.services.calls.confirmation_text import call_slip_facts
from desktop.services.calls.open_assignments import open_assignments
from desktop.services.calls.read_back import confirm_read_back, payments_to_read_back
from desktop.services.calls.waiting_calls import same_caller, waiting_calls
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.change_holder import (
    decline_case,
    holder_state,
    take_on_case,
    withdraw_case_offer,
)
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.propose_station import StationReason, propose_stations
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import save_draft
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.look_up import case_file, find_case
from desktop.services.orders.issue_order import issue_stop
from desktop.services.page_board import board_view
from desktop.services.ports.database.board_rows import BoardList, BoardOnly
from desktop.services.read_statistics import read_statistics
from desktop.services.session import Session
from tests.support.ceremony import approve, trust_peer
from tests.support.error_texts import refused
from tests.support.sessions import a_form, take_seat

Carry = Callable[[], None]
THE_CALL = Call(
    "13919364417", "09318890221", "2026-11-24T02:58:00.000Z", "police_110", "农行 95599"
)


@pytest.fixture
def carried(session: Session, centre: Session, quick_folder: Path) -> Carry:
    """A stick down to the station, and another one up."""
    trips = iter(range(99))

    def go() -> None:
        down = quick_folder / f"stick{next(trips)}"
        down.mkdir()
        write_replies(centre, down, SILENT)
        assert not apply_bundle(session, [down], SILENT).problems
        up = quick_folder / f"stick{next(trips)}"
        up.mkdir()
        export_bundle(session, up, SILENT)
        assert not ingest(centre, Quarantine(quick_folder / "no"), [up], SILENT).problems

    return go


def answers_of_call(call: Call) -> tuple[tuple[str, str], ...]:
    said = ((f"{CALL}{name}", getattr(call, name)) for name in CALL_FIELDS)
    return tuple((name, text) for name, text in said if text)


def a_call(centre: Session) -> IntakeForm:
    form = a_form(centre)
    made = centre.ids.bound_to(centre.profile.device)
    answers = (*form.answers, *answers_of_call(THE_CALL))
    transfers = tuple(replace(item, id=made.new_id()) for item in form.transfers)
    leads = tuple(replace(item, id=made.new_id()) for item in form.identifiers)
    return replace(
        form, case_id=made.new_id(), transfers=transfers, identifiers=leads, answers=answers
    )


def counted(*sessions: Session) -> tuple[int, ...]:
    """How many reports the statistics of each come to."""
    return tuple(read_statistics(one).total.reports for one in sessions)


def amended(session: Session, case: CaseId, story: str) -> None:
    """A word more of what the case is about, as the page of the case says it."""
    form = form_of(session, case)
    register_report(session, replace(form, narrative=story))


def test_a_caller_is_told_of_no_stop_that_came_to_nothing(centre: Session) -> None:
    form = a_call(centre)
    issue_stop(centre, form, 0, confirmed=True)
    file = case_file(centre, CaseId(form.case_id))
    (view,) = file.orders
    withdrawn = replace(file, orders=(replace(view, state=OrderState.WITHDRAWN),))
    assert call_slip_facts(centre, file).accounts
    assert not call_slip_facts(centre, withdrawn).accounts


def test_a_call_is_stopped_assigned_and_taken_on(
    session: Session, centre: Session, carried: Carry
) -> None:
    unit = session.profile.unit_code
    form = a_call(centre)
    stop = issue_stop(centre, form, 0, confirmed=True).order
    case = CaseId(form.case_id)
    proposed = propose_stations(centre, case_file(centre, case).case)
    assert [one.unit_code for one in proposed] == [unit]
    assert proposed[0].reason in StationReason
    refused("assign.no_station", lambda: assign_case(centre, case, "620102990000"))
    assign_case(centre, case, unit, " 户籍地 ")
    slip = call_slip_facts(centre, case_file(centre, case))
    assert centre.slips.scan(slip.code) == (slip.mark.encode(),)
    refused("case.unknown", lambda: find_case(session, slip.mark))
    refused("assign.offered", lambda: assign_case(centre, case, unit))
    carried()

    assert find_case(session, slip.mark) == case, "the code that the victim brings"
    assert counted(session, centre) == (0, 1)
    there = case_file(session, case)
    assert there.holder.assignment is Assignment.OFFERED
    assert there.holder.offer is not None
    assert there.holder.offer.reason == "户籍地"
    assert there.case.unit_code == unit
    assert call_of(there.case.answers) == THE_CALL
    assert [view.order.id for view in there.orders] == [stop.id]
    assert there.conflicts == ()
    assert holder_state(session, there).acts == {"take_on", "decline"}
    refused("case.not_accepted", lambda: amended(session, case, "本所补充"))

    take_on_case(session, case)
    amended(session, case, "本所补充")
    carried()
    here = case_file(centre, case)
    assert (here.case.narrative, here.holder.device) == ("本所补充", session.profile.device)
    assert counted(session, centre) == (1, 1), "once, where it is worked on and at the centre"
    assert here.conflicts == ()
    refused("centre.reads_cases", lambda: amended(centre, case, "中心补充"))
    refused("centre.reads_cases", lambda: assign_case(centre, case, unit))


def test_a_returned_case_is_the_centres_again(
    session: Session, centre: Session, carried: Carry
) -> None:
    unit = session.profile.unit_code
    case = register_report(centre, a_call(centre)).case
    assert [one.state for one in open_assignments(centre)] == [None]
    assign_case(centre, case, unit)
    assert open_assignments(centre) == ()
    carried()
    refused("charge.no_reason", lambda: decline_case(session, case, " "))
    decline_case(session, case, "被害人不在本辖区")
    assert holder_state(session, case_file(session, case)).acts == frozenset()
    refused("case.not_accepted", lambda: amended(session, case, "本所补充"))
    carried()
    holder = case_file(centre, case).holder
    assert holder.assignment is Assignment.RETURNED
    assert holder.declined is not None
    assert (holder.declined.reason, holder.declined.unit) == ("被害人不在本辖区", unit)
    assert [one.state for one in open_assignments(centre)] == [Assignment.RETURNED]
    assert counted(session, centre) == (0, 1)
    amended(centre, case, "中心补充")
    assign_case(centre, case, unit, "再核实：现住本辖区")
    carried()
    there = case_file(session, case)
    assert (there.holder.assignment, there.case.narrative) == (Assignment.OFFERED, "中心补充")


def test_a_call_that_broke_off_waits_and_the_second_goes_on_with_it(centre: Session) -> None:
    first, second = a_call(centre), a_call(centre)
    at = to_wire(centre.clock.now())
    save_draft(centre, replace(first, answers=(*first.answers, (BROKE_OFF, at))))
    save_draft(centre, replace(a_form(centre), answers=answers_of_call(Call("13800000000"))))
    waiting = waiting_calls(centre)
    assert [one.broke_off is not None for one in waiting] == [True, False]
    assert waiting[0].due is not None
    found = same_caller(centre, second)
    assert found is not None
    assert found.case == first.case_id
    assert same_caller(centre, first) is None


def test_what_was_read_back_is_unread_once_it_changes(centre: Session) -> None:
    form = a_call(centre)
    (payment,) = payments_to_read_back(centre, form)
    assert not payment.confirmed
    done = replace(form, read_aloud=confirm_read_back(centre, payment, "李秀兰"))
    assert [one.confirmed for one in payments_to_read_back(centre, done)] == [True]
    first = done.transfers[0]
    for changed in (
        replace(first, amount="12.00"),
        replace(first, payee_account="6222021001116245702"),
    ):
        again = replace(done, transfers=(changed,))
        assert [one.confirmed for one in payments_to_read_back(centre, again)] == [False]


def test_a_station_has_in_hand_what_is_not_closed(
    session: Session, centre: Session, carried: Carry
) -> None:
    for _ in range(2):
        case = register_report(session, a_form(session)).case
    move_case(session, case, CaseState.CLOSED)
    taken = register_report(centre, a_call(centre)).case
    assign_case(centre, taken, session.profile.unit_code)
    carried()
    (proposed,) = propose_stations(centre, case_file(centre, taken).case)
    assert proposed.in_hand == 2, "its open case and the one it was offered"


def test_an_offer_is_over_where_it_was_once_the_case_goes_elsewhere(
    session: Session, centre: Session, carried: Carry, quick_folder: Path
) -> None:
    other = take_seat(quick_folder / "other", "A", unit_code="620103000000", unit_name="七里河分局")
    trust_peer(other.session, approve(centre, own_card(other.session)))
    case = register_report(centre, a_call(centre)).case
    assign_case(centre, case, session.profile.unit_code)
    carried()
    assign_case(centre, case, other.session.profile.unit_code)
    carried()
    there = case_file(session, case)
    assert there.holder.offer is None
    assert holder_state(session, there).acts == frozenset()
    refused("charge.no_offer", lambda: take_on_case(session, case))
    assert case_file(centre, case).holder.assignment is Assignment.OFFERED
    other.session.store.close()


def test_a_withdrawn_offer_leaves_the_station_nothing_to_do(
    session: Session, centre: Session, carried: Carry
) -> None:
    case = register_report(centre, a_call(centre)).case
    assign_case(centre, case, session.profile.unit_code)
    carried()
    withdraw_case_offer(centre, case)
    carried()
    assert holder_state(session, case_file(session, case)).acts == frozenset()


def test_what_is_offered_a_station_waits_on_every_pc_of_it(
    session: Session, centre: Session, carried: Carry
) -> None:
    case = register_report(centre, a_call(centre)).case
    assign_case(centre, case, session.profile.unit_code)
    carried()
    colleague = replace(session, profile=replace(session.profile, device=DeviceId("B" * 16)))
    only = BoardOnly(own=colleague.profile.device, offered=True)
    (found,) = board_view(colleague, [BoardList(tuple(CaseState), only)]).lists
    assert [one.card.id for one in found.cards] == [case]
