"""Duplicate reports: one card, every part with its origin, and back to exactly what was; the same on every replica."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.case_file.next_step import NextKind, next_steps
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.step import StepKind
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.merge_cases import (
    likely_repeats,
    merge_cases,
    unmerge_case,
    whole_file,
)
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.read_report import form_from_document
from desktop.services.cases.form.report_document import document_of, merger_document
from desktop.services.cases.tasks import add_task
from desktop.services.look_up import board, case_file, history, same_account, search
from desktop.services.orders.approve_order import refuse_order
from desktop.services.orders.issue_order import issue_order, issue_stop
from desktop.services.orders.order_options import options_of
from desktop.services.orders.record_step import record_step
from desktop.services.papers.paper_facts import paper_facts
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.journals import acquainted, length, written
from tests.support.sessions import a_form, take_seat
from tests.support.sweep import examples


def again(session: Session) -> IntakeForm:
    """The same victim reports again, elsewhere: one payment told before, one new."""
    form = a_form(session)
    same = replace(form.transfers[0], time="2026-11-24 10:20:00", serial="")
    more = replace(
        form.transfers[0], id=session.ids.new_id(), amount="500", serial="26112400128999"
    )
    return replace(form, transfers=(same, more), narrative="又转了五百元。")


@pytest.fixture
def pair(session: Session) -> tuple[CaseId, CaseId]:
    first = register_report(session, a_form(session)).case
    return first, register_report(session, again(session)).case


def test_two_reports_are_one_card_and_each_payment_counts_once(
    session: Session, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    issue_order(session, other, OrderKind.STOP, 2)
    add_task(session, other, "回电")
    assert merge_cases(session, lead, other, "同一被害人").members == (other,)
    (card,) = board(session)
    assert (card.id, card.merged, card.loss_fen) == (lead, 1, 98_500_00)
    assert (card.order_count, card.unanswered_orders, card.open_tasks) == (1, 1, 1)
    whole, merger = whole_file(session, lead)
    assert [item.position for item in whole.transfers] == [1, 2, 3]
    numbers = [merger.number_of(item.id) for item in whole.transfers]
    assert numbers == ["", *[case_file(session, other).case.number] * 2]
    assert merger.reports[0].reason == "同一被害人"
    assert {view.case for view in whole.orders} == {other}
    assert {row.kind for row in history(session, lead)} >= {"case.merged", "order.issued"}
    own, points = whole_file(session, other)
    assert points.lead is not None
    assert (points.lead.case.id, len(own.transfers)) == (lead, 2)


def test_what_came_back_as_a_whole_is_what_the_report_says_that_tells_most(
    session: Session,
) -> None:
    """Both may tell of the same money."""
    told = [replace(a_form(session), returned=returned) for returned in ("500", "800", "")]
    lead, *others = (register_report(session, form).case for form in told)
    for other in others:
        merge_cases(session, lead, other)
    assert [card.returned_fen for card in board(session)] == [80_000]
    assert paper_facts(session, lead).file.case.returned_fen == 80_000
    assert case_file(session, lead).case.returned_fen == 50_000, "its own report stays what it was"


def test_papers_of_the_lead_have_every_payment_once(
    session: Session, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    merge_cases(session, lead, other)
    assert [item.amount_fen for item in paper_facts(session, lead).file.transfers] == [
        9_800_000,
        50_000,
    ]
    assert len(paper_facts(session, other).file.transfers) == 2


def test_both_numbers_are_found_and_the_same_event_is_no_other_case(
    session: Session, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    account = "6230520010037788996"
    assert [same.case for same in same_account(session, account, lead)] == [other]
    merge_cases(session, lead, other)
    for case in pair:
        found = search(session, case_file(session, case).case.number)
        assert [hit.case for hit in found.hits] == [case]
        assert same_account(session, account, case) == ()


def test_a_payment_two_reports_tell_is_stopped_as_one(session: Session) -> None:
    forms = [a_form(session), a_form(session)]
    lead, other = (register_report(session, form).case for form in forms)
    issue_order(session, other, OrderKind.STOP, 1)
    merge_cases(session, lead, other)
    with pytest.raises(RuleError, match=r"order\.stop_exists"):
        issue_stop(session, forms[0], 0, confirmed=True)
    whole, merger = whole_file(session, lead)
    assert NextKind.STOP not in {step.kind for step in next_steps(whole, START, merger)}
    assert merger.tellings(whole.transfers[0].id) == {item.id for item in whole.transfers}
    issue_order(session, other, OrderKind.SECOND_STOP, 1)
    for case in (lead, other):
        with pytest.raises(RuleError, match=r"order\.stops_exhausted"):
            issue_order(session, case, OrderKind.STOP, 1)
    unmerge_case(session, other, "不是同一人")
    issue_stop(session, forms[0], 0, confirmed=True)
    alone = case_file(session, lead)
    assert OrderKind.SECOND_STOP in options_of(session, alone, alone.orders[0]).follow_ups
    merge_cases(session, lead, other)
    assert OrderKind.SECOND_STOP not in options_of(session, alone, alone.orders[0]).follow_ups


def test_a_payment_two_reports_tell_is_frozen_as_one(session: Session) -> None:
    lead, other = (register_report(session, a_form(session)).case for _ in range(2))
    for case in (lead, other):
        record_step(session, case, StepKind.FILED, session.clock.now())
    freeze = issue_order(session, other, OrderKind.FREEZE, 1).order
    merge_cases(session, lead, other)
    with pytest.raises(RuleError, match=r"order\.freeze_exists"):
        issue_order(session, lead, OrderKind.FREEZE, 1)
    refuse_order(session, freeze.id, "张志远", "材料不全")
    issue_order(session, lead, OrderKind.FREEZE, 1)


def test_what_another_report_paid_is_frozen_once_the_event_is_filed(
    session: Session, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    merge_cases(session, lead, other)
    with pytest.raises(RuleError, match=r"order\.not_filed"):
        issue_order(session, other, OrderKind.FREEZE, 2)
    record_step(session, lead, StepKind.FILED, session.clock.now())
    assert issue_order(session, other, OrderKind.FREEZE, 2).order.amount_fen == 500_00


def test_undoing_restores_exactly_what_was(session: Session, pair: tuple[CaseId, CaseId]) -> None:
    lead, other = pair
    before = board(session), [case_file(session, case) for case in pair]
    merge_cases(session, lead, other)
    assert unmerge_case(session, other, "不是同一人") == lead
    assert (board(session), [case_file(session, case) for case in pair]) == before
    assert whole_file(session, lead)[1].reports == ()
    assert session.store.verify(SILENT) == ()


def test_work_goes_on_while_merged_and_stays_where_it_was_done(
    session: Session, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    merge_cases(session, lead, other)
    register_report(session, replace(form_of(session, lead), narrative="补一句。"))
    assert len(case_file(session, lead).transfers) == 1
    issue_order(session, other, OrderKind.STOP, 2)
    unmerge_case(session, other, "查明是两件事")
    assert [view.case for view in case_file(session, other).orders] == [other]
    assert case_file(session, lead).orders == ()


def test_a_group_is_merged_through_whoever_leads_it(
    session: Session, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    third = register_report(session, a_form(session, "马强")).case
    merge_cases(session, other, third)
    group = merge_cases(session, lead, third)
    assert (group.lead, set(group.members)) == (lead, {other, third})
    with pytest.raises(RuleError, match=r"merge\.same"):
        merge_cases(session, third, lead)
    unmerge_case(session, other, "分开")
    assert {card.id: card.merged for card in board(session)} == {lead: 0, other: 1}


def test_what_can_not_be_merged_is_named(session: Session, pair: tuple[CaseId, CaseId]) -> None:
    before = length(session)
    lead, other = pair
    with pytest.raises(UserInputError, match=r"case\.unknown"):
        merge_cases(session, lead, CaseId("nobody"))
    with pytest.raises(RuleError, match=r"merge\.none"):
        unmerge_case(session, other, "因为")
    with pytest.raises(RuleError, match=r"merge\.no_reason"):
        unmerge_case(session, other, " ")
    assert length(session) == before


def test_a_repeat_is_proposed_for_the_same_person_and_payment_only(
    session: Session, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    stranger = a_form(session, "马强")
    stranger = replace(stranger, victim=replace(stranger.victim, id_number="620102199001011234"))
    register_report(session, stranger)
    (found,) = likely_repeats(session, case_file(session, other))
    assert (found.case, found.payments) == (lead, 1)
    assert [item.case for item in likely_repeats(session, case_file(session, lead))] == [other]
    merge_cases(session, lead, other)
    assert likely_repeats(session, case_file(session, lead)) == ()


def test_the_document_tells_of_it_and_can_be_given_again(
    session: Session, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    merge_cases(session, lead, other)
    file = case_file(session, lead)
    document: dict[str, Any] = document_of(file) | merger_document(whole_file(session, lead)[1])
    (told,) = document["merged"]
    assert [item["told_before"] for item in told["transfers"]] == [True, False]
    assert len(form_from_document(session, document).transfers) == 1
    pointer = merger_document(whole_file(session, other)[1])
    assert pointer == {"merged_into": file.case.number}


STEPS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["merge", "unmerge", "amend", "order", "exchange"]),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=14,
)


@given(STEPS)
@settings(max_examples=examples(25))
def test_two_desks_come_to_the_same_and_lose_nothing(
    quick_disk: Path, steps: list[tuple[int, str, int, int]]
) -> None:
    """Merged, taken back and amended in any order, on two desks that exchange now and then."""
    root = Path(mkdtemp(dir=quick_disk))
    one = take_seat(root / "one", "A")
    two = take_seat(root / "two", "B", clock=one.clock)
    sessions = (one.session, two.session)
    acquainted(*sessions)
    cases = [
        register_report(session, a_form(session, name)).case
        for session, name in zip(
            (one.session, two.session) * 2, ("甲", "乙", "丙", "丁"), strict=True
        )
    ]
    exchange(sessions)
    parts = {case: case_file(one.session, case).transfers for case in cases}
    for side, verb, first, second in steps:
        act(sessions, side, verb, cases[first], cases[second])
        one.clock.advance(seconds=1)
    exchange(sessions)
    shown = [shown_by(session, cases) for session in sessions]
    assert shown[0] == shown[1]
    for session in sessions:
        assert session.store.verify(SILENT) == ()
        assert {case: case_file(session, case).transfers for case in cases} == parts
        told = [
            part for card in board(session) for part in whole_file(session, card.id)[0].transfers
        ]
        assert {part.id for part in told} == {part.id for some in parts.values() for part in some}
        assert len(told) == sum(map(len, parts.values()))
    for seat in (one, two):
        seat.session.store.close()


def act(
    sessions: tuple[Session, Session], side: int, verb: str, first: CaseId, second: CaseId
) -> None:
    """One thing somebody does; what a rule forbids is not done."""
    session = sessions[side]
    try:
        if verb == "merge":
            merge_cases(session, first, second)
        elif verb == "unmerge":
            unmerge_case(session, first, "分开")
        elif verb == "amend":
            move_case(session, first, CaseState.INVESTIGATING)
        elif verb == "order":
            issue_order(session, first, OrderKind.STOP, 1)
        else:
            exchange(sessions)
    except RuleError:
        pass


def exchange(sessions: tuple[Session, Session]) -> None:
    """Each gets what the other wrote."""
    for giver, taker in (sessions, sessions[::-1]):
        with taker.store.write() as transaction:
            transaction.apply(written(giver))


def shown_by(session: Session, cases: list[CaseId]) -> object:
    """Groups, cards without how far they travelled, and files."""
    with session.store.read() as reader:
        groups = {case: reader.case_group(case) for case in cases}
    cards = sorted((replace(card, sync=0) for card in board(session)), key=lambda card: card.id)
    return groups, cards, [whole_file(session, card.id)[1].origins for card in cards]
