"""A case goes from desk to desk of one station: by offer and answer, over a shared folder, whoever decides when."""

from __future__ import annotations

import pytest

from desktop.domain.cases.case import CaseState
from desktop.domain.cases.case_holder import CHARGE
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.journal import kinds
from desktop.services.cases.changes.amend_case import resolve_conflict
from desktop.services.cases.changes.change_holder import (
    colleagues,
    decline_case,
    holder_state,
    offer_case,
    take_on_case,
    take_over_case,
    withdraw_case_offer,
)
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.health import rebuild_projections
from desktop.services.look_up import board, case_file, history
from desktop.services.orders.shift.shift_handover import shift_facts
from desktop.services.session import Session
from tests.support.error_texts import refused
from tests.support.sessions import a_form
from tests.support.stations import Station


@pytest.fixture
def case(station: Station) -> CaseId:
    made = register_report(station.a, a_form(station.a)).case
    station.until_rest()
    return made


def acts(session: Session, case: CaseId) -> set[str]:
    return set(holder_state(session, case_file(session, case)).acts)


def holder(session: Session, case: CaseId) -> str:
    return case_file(session, case).holder.letter


def test_offered_taken_on_and_in_charge_there(station: Station, case: CaseId) -> None:
    a, b = station.a, station.b
    assert [peer.card.device_letter for peer in colleagues(a)] == ["B"]
    assert (acts(a, case), acts(b, case)) == ({"offer"}, {"take_over"})
    offer_case(a, case, b.profile.device, " 换班 ")
    assert (holder(a, case), acts(a, case)) == ("A", {"withdraw"})
    station.until_rest()
    assert acts(b, case) == {"take_on", "decline"}
    b.clock.advance(hours=1)  # type: ignore[attr-defined]  # a clock of the hand
    taken = take_on_case(b, case)
    assert (taken.letter, taken.former, taken.reason) == ("B", "A", "换班")
    assert (taken.since, taken.by) == (b.clock.now(), b.officer.number)
    station.until_rest()
    for session in station.all:
        assert case_file(session, case).holder == taken
        (card,) = board(session)
        assert (card.desk, card.desk_letter) == (b.profile.device, "B")
        told = [row.kind for row in history(session, case)]
        assert told[-2:] == [kinds.CASE_OFFERED, kinds.CASE_TAKEN_ON]
    move_case(a, case, CaseState.FROZEN)  # nothing is locked
    station.until_rest()
    assert case_file(b, case).case.state is CaseState.FROZEN


def test_declined_with_a_reason_and_offered_again(station: Station, case: CaseId) -> None:
    a, b = station.a, station.b
    offer_case(a, case, b.profile.device, "换班")
    station.until_rest()
    decline_case(b, case, "本台今天停电")
    station.until_rest()
    holder = case_file(a, case).holder
    assert (holder.letter, holder.offer) == ("A", None)
    assert holder.declined is not None
    assert (holder.declined.letter, holder.declined.reason) == ("B", "本台今天停电")
    offer_case(a, case, b.profile.device, "来电了")
    assert case_file(a, case).holder.declined is None


def test_what_may_not_be(station: Station, case: CaseId) -> None:
    a, b, centre = station.all
    own, other = a.profile.device, b.profile.device
    refused("charge.no_reason", lambda: offer_case(a, case, other, "  "))
    refused("receiver.not_ours", lambda: offer_case(a, case, own, "x"))
    refused("charge.no_desk", lambda: offer_case(a, case, centre.profile.device, "x"))
    refused("charge.elsewhere", lambda: offer_case(b, case, own, "x"))
    refused("charge.no_offer", lambda: take_on_case(b, case))
    refused("charge.no_offer", lambda: decline_case(b, case, "x"))
    refused("charge.no_offer", lambda: withdraw_case_offer(a, case))
    refused("charge.own", lambda: take_over_case(a, case, "x"))
    refused("centre.reads_cases", lambda: take_over_case(centre, case, "x"))
    refused("case.unknown", lambda: take_over_case(a, CaseId("nothing"), "x"))
    offer_case(a, case, other, "x")
    refused("charge.offered", lambda: offer_case(a, case, other, "x"))
    refused("charge.no_offer", lambda: take_on_case(a, case))
    assert acts(centre, case) == set()


def test_taken_over_from_a_desk_that_is_broken(station: Station, case: CaseId) -> None:
    taken = take_over_case(station.b, case, "A 台故障")
    assert (taken.letter, taken.former, taken.reason) == ("B", "A", "A 台故障")
    station.until_rest()
    assert holder(station.a, case) == holder(station.centre, case) == "B"
    assert acts(station.a, case) == {"take_over"}


def test_two_that_decide_at_once_are_settled_by_a_person(station: Station, case: CaseId) -> None:
    a, b = station.a, station.b
    offer_case(a, case, b.profile.device, "换班")
    station.until_rest()
    take_on_case(b, case)
    withdraw_case_offer(a, case)
    station.until_rest()
    shown = {holder(session, case) for session in station.all}
    assert len(shown) == 1, "the same everywhere while nobody has settled it"
    for session in station.all:
        (conflict,) = case_file(session, case).conflicts
        assert (conflict.field, len(conflict.values)) == (CHARGE, 2)
        assert holder_state(session, case_file(session, case)).disputed
        assert board(session)[0].conflicts == 1
    refused("charge.disputed", lambda: take_over_case(b, case, "x"))
    conflict = case_file(a, case).conflicts[0]
    value = next(told.value for told in conflict.values if '"letter":"B"' in told.value)
    resolve_conflict(a, conflict, value)
    station.until_rest()
    for session in station.all:
        assert case_file(session, case).conflicts == ()
        assert holder(session, case) == "B"


def test_one_desk_alone_has_nobody_to_hand_to(session: Session) -> None:
    case = register_report(session, a_form(session)).case
    state = holder_state(session, case_file(session, case))
    assert state.alone
    assert state.own
    assert state.acts == frozenset()
    with pytest.raises(RuleError, match=r"^charge\.own$"):
        take_over_case(session, case, "x")


def test_the_sheet_of_the_shift_names_what_waits_between_desks(
    station: Station, case: CaseId
) -> None:
    offer_case(station.a, case, station.b.profile.device, "换班")
    station.until_rest()
    for session, letter, to_us in ((station.a, "B", False), (station.b, "A", True)):
        (item,) = shift_facts(session, str).cases
        assert (item.letter, item.to_us, item.reason) == (letter, to_us, "换班")
    assert shift_facts(station.centre, str).cases == ()
    take_on_case(station.b, case)
    assert shift_facts(station.b, str).cases == ()


def test_projections_made_anew_say_the_same(station: Station, case: CaseId) -> None:
    offer_case(station.a, case, station.b.profile.device, "换班")
    station.until_rest()
    take_on_case(station.b, case)
    before = board(station.b)
    rebuild_projections(station.b, SILENT)
    assert board(station.b) == before
