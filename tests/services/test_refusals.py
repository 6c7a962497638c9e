"""What services refuse where no other test of theirs comes by: each by its code, told in words, and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from desktop.domain.case_file.orders.order_rules import EarlierOrders, require_ground
from desktop.domain.errors import AppError, RuleError
from desktop.domain.exchange.data_package import PackageKind
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.orders.order import OrderKind, OrderReply, OrderState, ReplyResult
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.change_holder import take_over_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.exchange.peers.replace_centre import look_at_successor
from desktop.services.exchange.peers.trust import own_card
from desktop.services.extraction import read_evidence
from desktop.services.flow.record_person import decide_person
from desktop.services.look_up import case_file
from desktop.services.officers.dismiss_officer import dismiss_officer
from desktop.services.officers.second_officer import prove_second
from desktop.services.orders.answers.answer_queue import set_answer_aside
from desktop.services.orders.answers.record_reply import require_ours
from desktop.services.orders.issue_order import issue_order
from desktop.services.packages.sign_package import sign_package
from desktop.services.papers.draw_form import draw_form
from desktop.services.series.decide_link import mark_hub
from desktop.services.series.propose_series import propose_series
from desktop.services.session import Session
from desktop.storage.store import SqlStore
from tests.domain.orders.samples import NOON, order, view
from tests.support.ceremony import THEIR_PASSWORD, colleague, enrol
from tests.support.error_texts import assert_error
from tests.support.journals import length
from tests.support.sessions import KEY, Seat, a_form


def refused(session: Session, code: str, work: Callable[[], object]) -> None:
    before = length(session)
    with pytest.raises(AppError) as caught:
        work()
    assert_error(caught.value, code)
    assert length(session) == before


@pytest.fixture
def case(session: Session) -> CaseId:
    return register_report(session, a_form(session)).case


def test_a_proof_of_a_second_officer_is_good_for_one_act_of_one_device(
    session: Session, centre: Session
) -> None:
    there = colleague(session)
    with session.store.read() as reader:
        assert there.spend(session, reader) == "620178"
        with pytest.raises(RuleError, match=r"^second\.used$"):
            there.spend(session, reader)
    elsewhere = colleague(centre)
    with session.store.read() as reader, pytest.raises(RuleError, match=r"^second\.not_active$"):
        elsewhere.spend(session, reader)
    refused(session, "second.not_active", lambda: prove_second(session, "629999", THEIR_PASSWORD))


def test_the_only_one_who_may_approve_what_waits_is_not_dismissed(
    session: Session, case: CaseId
) -> None:
    enrol(session, Officer("620150", "周明", (Role.APPROVER,)))
    issue_order(session, case, OrderKind.QUERY_HOLDER, 1)
    roles = tuple(role for role in session.officer.roles if role is not Role.APPROVER)
    clerk = replace(session.officer, roles=roles)
    enrol(session, clerk, "Own-password-Kx7-too")
    clerks = replace(session, officer=clerk)
    there = prove_second(clerks, "620150", THEIR_PASSWORD)
    refused(clerks, "officer.last_approver", lambda: dismiss_officer(clerks, "620150", there))


def test_one_person_is_not_joined_with_herself(session: Session, case: CaseId) -> None:
    refused(session, "person.one", lambda: decide_person(session, "tie-1", "tie-1", None))


def test_nothing_is_no_value_to_be_marked(session: Session) -> None:
    refused(session, "series.no_value", lambda: mark_hub(session, "", hub=True))


def test_what_only_a_centre_does_is_refused_at_a_desk(session: Session, case: CaseId) -> None:
    everything = replace(session, officer=replace(session.officer, roles=tuple(Role)))
    refused(session, "series.not_a_centre", lambda: propose_series(everything, case))


def test_a_kind_of_package_that_nobody_reads_is_not_signed(centre: Session) -> None:
    refused(
        centre,
        "pack.kind_unread",
        lambda: sign_package(centre, PackageKind.RULES, "2026-11-30", {}),
    )


def test_where_no_centre_was_named_none_is_replaced(session: Session, centre_seat: Seat) -> None:
    card = own_card(centre_seat.session)
    refused(session, "centre.none_to_replace", lambda: look_at_successor(session, card))


def test_an_answer_is_put_aside_with_a_reason(centre: Session) -> None:
    refused(centre, "answer.no_reason", lambda: set_answer_aside(centre, "key", "  "))


def test_a_case_of_another_station_is_not_taken_over(centre: Session, session: Session) -> None:
    form = a_form(session)
    case = register_report(session, form).case
    elsewhere = replace(session, profile=replace(session.profile, unit_code="620102990000"))
    refused(session, "charge.other_unit", lambda: take_over_case(elsewhere, case, "主办机故障"))


def test_no_supplement_is_printed_that_was_not_taken_in(session: Session, case: CaseId) -> None:
    refused(session, "supplement.unknown", lambda: draw_form(session, "receipt", case, 1))


def test_no_item_is_read_that_would_fill_the_memory(
    session: Session, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_evidence, "LARGEST", 3)
    attach_picture(session, case, "a.png", b"four")
    (item,) = case_file(session, case).evidence
    refused(
        session,
        "reading.too_large",
        lambda: read_evidence.content_of(session, case, item.id, SILENT),
    )


def test_a_stop_that_has_lapsed_is_not_lifted() -> None:
    ended = OrderReply(
        ReplyResult.DONE, 1, 1, NOON, NOON + timedelta(hours=48), "农行", "", "", NOON
    )
    stop = view(replace(order(OrderKind.STOP), reply=ended), OrderState.DONE)
    earlier = EarlierOrders((stop,), True, 2, NOON + timedelta(hours=47))
    assert require_ground(OrderKind.LIFT, earlier) == stop
    with pytest.raises(RuleError, match=r"^order\.stop_over$"):
        require_ground(OrderKind.LIFT, replace(earlier, now=NOON + timedelta(hours=49)))


def test_an_order_of_another_unit_is_not_decided_about(session: Session, case: CaseId) -> None:
    ours = issue_order(session, case, OrderKind.STOP, 1).order
    require_ours(session, ours)
    theirs = replace(ours, unit_code="620102990000")
    refused(session, "order.not_ours", lambda: require_ours(session, theirs))


def test_no_database_is_made_where_one_is(seat: Seat) -> None:
    profile = seat.session.profile
    make = partial(SqlStore.create, seat.root / "desk.db", KEY, profile, seat.clock)
    refused(seat.session, "database.exists", make)
