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
from desktop.services.cases.amend_case import form_of
from desktop.services.cases.merge_cases import likely_repeats, merge_cases, unmerge_case, whole_file
from desktop.services.cases.move_case import move_case
from desktop.services.cases.read_report import form_from_document
from desktop.services.cases.register_report import register_report
from desktop.services.cases.report_document import document_of, merger_document
from desktop.services.cases.tasks import add_task
from desktop.services.desk import Desk
from desktop.services.look_up import board, case_file, history, same_account, search
from desktop.services.orders.approve_order import refuse_order
from desktop.services.orders.issue_order import issue_order, issue_stop
from desktop.services.orders.order_options import options_of
from desktop.services.orders.record_step import record_step
from desktop.services.papers.paper_facts import paper_facts
from tests.support.clocks import START
from tests.support.desks import a_form, take_seat
from tests.support.journals import acquainted, length, written


def again(desk: Desk) -> IntakeForm:
    """The same victim reports again, elsewhere: one payment told before, one new."""
    form = a_form(desk)
    same = replace(form.transfers[0], time="2026-11-24 10:20:00", serial="")
    more = replace(form.transfers[0], id=desk.ids.new_id(), amount="500", serial="26112400128999")
    return replace(form, transfers=(same, more), narrative="又转了五百元。")


@pytest.fixture
def pair(desk: Desk) -> tuple[CaseId, CaseId]:
    first = register_report(desk, a_form(desk)).case
    return first, register_report(desk, again(desk)).case


def test_two_reports_are_one_card_and_each_payment_counts_once(
    desk: Desk, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    issue_order(desk, other, OrderKind.STOP, 2)
    add_task(desk, other, "回电")
    assert merge_cases(desk, lead, other, "同一被骗人").members == (other,)
    (card,) = board(desk)
    assert (card.id, card.merged, card.loss_fen) == (lead, 1, 98_500_00)
    assert (card.order_count, card.unanswered_orders, card.open_tasks) == (1, 1, 1)
    whole, merger = whole_file(desk, lead)
    assert [item.position for item in whole.transfers] == [1, 2, 3]
    numbers = [merger.number_of(item.id) for item in whole.transfers]
    assert numbers == ["", *[case_file(desk, other).case.number] * 2]
    assert merger.reports[0].reason == "同一被骗人"
    assert {view.case for view in whole.orders} == {other}
    assert {row.kind for row in history(desk, lead)} >= {"case.merged", "order.issued_alone"}
    own, points = whole_file(desk, other)
    assert points.lead is not None
    assert (points.lead.case.id, len(own.transfers)) == (lead, 2)


def test_what_came_back_as_a_whole_is_what_the_report_says_that_tells_most(desk: Desk) -> None:
    """Both may tell of the same money."""
    told = [replace(a_form(desk), returned=returned) for returned in ("500", "800", "")]
    lead, *others = (register_report(desk, form).case for form in told)
    for other in others:
        merge_cases(desk, lead, other)
    assert [card.returned_fen for card in board(desk)] == [80_000]
    assert paper_facts(desk, lead).file.case.returned_fen == 80_000
    assert case_file(desk, lead).case.returned_fen == 50_000, "its own report stays what it was"


def test_papers_of_the_lead_have_every_payment_once(
    desk: Desk, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    merge_cases(desk, lead, other)
    assert [item.amount_fen for item in paper_facts(desk, lead).file.transfers] == [
        9_800_000,
        50_000,
    ]
    assert len(paper_facts(desk, other).file.transfers) == 2


def test_both_numbers_are_found_and_the_same_event_is_no_other_case(
    desk: Desk, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    account = "6230520010037788996"
    assert [same.case for same in same_account(desk, account, lead)] == [other]
    merge_cases(desk, lead, other)
    for case in pair:
        hits, total = search(desk, case_file(desk, case).case.number)
        assert (total, hits[0].case) == (1, case)
        assert same_account(desk, account, case) == ()


def test_a_payment_two_reports_tell_is_stopped_as_one(desk: Desk) -> None:
    forms = [a_form(desk), a_form(desk)]
    lead, other = (register_report(desk, form).case for form in forms)
    issue_order(desk, other, OrderKind.STOP, 1)
    merge_cases(desk, lead, other)
    with pytest.raises(RuleError, match=r"order\.stop_exists"):
        issue_stop(desk, forms[0], 0, confirmed=True)
    whole, merger = whole_file(desk, lead)
    assert NextKind.STOP not in {step.kind for step in next_steps(whole, START, merger)}
    assert merger.tellings(whole.transfers[0].id) == {item.id for item in whole.transfers}
    issue_order(desk, other, OrderKind.SECOND_STOP, 1)
    for case in (lead, other):
        with pytest.raises(RuleError, match=r"order\.stops_exhausted"):
            issue_order(desk, case, OrderKind.STOP, 1)
    unmerge_case(desk, other, "不是同一人")
    issue_stop(desk, forms[0], 0, confirmed=True)
    alone = case_file(desk, lead)
    assert OrderKind.SECOND_STOP in options_of(desk, alone, alone.orders[0]).follow_ups
    merge_cases(desk, lead, other)
    assert OrderKind.SECOND_STOP not in options_of(desk, alone, alone.orders[0]).follow_ups


def test_a_payment_two_reports_tell_is_frozen_as_one(desk: Desk) -> None:
    lead, other = (register_report(desk, a_form(desk)).case for _ in range(2))
    for case in (lead, other):
        record_step(desk, case, StepKind.FILED, desk.clock.now())
    freeze = issue_order(desk, other, OrderKind.FREEZE, 1).order
    merge_cases(desk, lead, other)
    with pytest.raises(RuleError, match=r"order\.freeze_exists"):
        issue_order(desk, lead, OrderKind.FREEZE, 1)
    refuse_order(desk, freeze.id, "张志远", "材料不全")
    issue_order(desk, lead, OrderKind.FREEZE, 1)


def test_what_another_report_paid_is_frozen_once_the_event_is_filed(
    desk: Desk, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    merge_cases(desk, lead, other)
    with pytest.raises(RuleError, match=r"order\.not_filed"):
        issue_order(desk, other, OrderKind.FREEZE, 2)
    record_step(desk, lead, StepKind.FILED, desk.clock.now())
    assert issue_order(desk, other, OrderKind.FREEZE, 2).order.amount_fen == 500_00


def test_undoing_restores_exactly_what_was(desk: Desk, pair: tuple[CaseId, CaseId]) -> None:
    lead, other = pair
    before = board(desk), [case_file(desk, case) for case in pair]
    merge_cases(desk, lead, other)
    assert unmerge_case(desk, other, "不是同一人") == lead
    assert (board(desk), [case_file(desk, case) for case in pair]) == before
    assert whole_file(desk, lead)[1].reports == ()
    assert desk.store.verify(SILENT) == ()


def test_work_goes_on_while_merged_and_stays_where_it_was_done(
    desk: Desk, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    merge_cases(desk, lead, other)
    register_report(desk, replace(form_of(desk, lead), narrative="补一句。"))
    assert len(case_file(desk, lead).transfers) == 1
    issue_order(desk, other, OrderKind.STOP, 2)
    unmerge_case(desk, other, "查明是两件事")
    assert [view.case for view in case_file(desk, other).orders] == [other]
    assert case_file(desk, lead).orders == ()


def test_a_group_is_merged_through_whoever_leads_it(
    desk: Desk, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    third = register_report(desk, a_form(desk, "马强")).case
    merge_cases(desk, other, third)
    group = merge_cases(desk, lead, third)
    assert (group.lead, set(group.members)) == (lead, {other, third})
    with pytest.raises(RuleError, match=r"merge\.same"):
        merge_cases(desk, third, lead)
    unmerge_case(desk, other, "分开")
    assert {card.id: card.merged for card in board(desk)} == {lead: 0, other: 1}


def test_what_can_not_be_merged_is_named(desk: Desk, pair: tuple[CaseId, CaseId]) -> None:
    before = length(desk)
    lead, other = pair
    with pytest.raises(UserInputError, match=r"case\.unknown"):
        merge_cases(desk, lead, CaseId("nobody"))
    with pytest.raises(RuleError, match=r"merge\.none"):
        unmerge_case(desk, other, "因为")
    with pytest.raises(RuleError, match=r"merge\.no_reason"):
        unmerge_case(desk, other, " ")
    assert length(desk) == before


def test_a_repeat_is_proposed_for_the_same_person_and_payment_only(
    desk: Desk, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    stranger = a_form(desk, "马强")
    stranger = replace(stranger, victim=replace(stranger.victim, id_number="620102199001011234"))
    register_report(desk, stranger)
    (found,) = likely_repeats(desk, case_file(desk, other))
    assert (found.case, found.payments) == (lead, 1)
    assert [item.case for item in likely_repeats(desk, case_file(desk, lead))] == [other]
    merge_cases(desk, lead, other)
    assert likely_repeats(desk, case_file(desk, lead)) == ()


def test_the_document_tells_of_it_and_can_be_given_again(
    desk: Desk, pair: tuple[CaseId, CaseId]
) -> None:
    lead, other = pair
    merge_cases(desk, lead, other)
    file = case_file(desk, lead)
    document: dict[str, Any] = document_of(file) | merger_document(whole_file(desk, lead)[1])
    (told,) = document["merged"]
    assert [item["told_before"] for item in told["transfers"]] == [True, False]
    assert len(form_from_document(desk, document).transfers) == 1
    pointer = merger_document(whole_file(desk, other)[1])
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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("merge")


@given(STEPS)
@settings(max_examples=25)
def test_two_desks_come_to_the_same_and_lose_nothing(
    folder: Path, steps: list[tuple[int, str, int, int]]
) -> None:
    """Merged, taken back and amended in any order, on two desks that exchange now and then."""
    root = Path(mkdtemp(dir=folder))
    one = take_seat(root / "one", "A")
    two = take_seat(root / "two", "B", clock=one.clock)
    desks = (one.desk, two.desk)
    acquainted(*desks)
    cases = [
        register_report(desk, a_form(desk, name)).case
        for desk, name in zip((one.desk, two.desk) * 2, ("甲", "乙", "丙", "丁"), strict=True)
    ]
    exchange(desks)
    parts = {case: case_file(one.desk, case).transfers for case in cases}
    for side, verb, first, second in steps:
        act(desks, side, verb, cases[first], cases[second])
        one.clock.advance(seconds=1)
    exchange(desks)
    shown = [shown_by(desk, cases) for desk in desks]
    assert shown[0] == shown[1]
    for desk in desks:
        assert desk.store.verify(SILENT) == ()
        assert {case: case_file(desk, case).transfers for case in cases} == parts
        told = [part for card in board(desk) for part in whole_file(desk, card.id)[0].transfers]
        assert {part.id for part in told} == {part.id for some in parts.values() for part in some}
        assert len(told) == sum(map(len, parts.values()))
    for seat in (one, two):
        seat.desk.store.close()


def act(desks: tuple[Desk, Desk], side: int, verb: str, first: CaseId, second: CaseId) -> None:
    """One thing somebody does; what a rule forbids is not done."""
    desk = desks[side]
    try:
        if verb == "merge":
            merge_cases(desk, first, second)
        elif verb == "unmerge":
            unmerge_case(desk, first, "分开")
        elif verb == "amend":
            move_case(desk, first, CaseState.INVESTIGATING)
        elif verb == "order":
            issue_order(desk, first, OrderKind.STOP, 1)
        else:
            exchange(desks)
    except RuleError:
        pass


def exchange(desks: tuple[Desk, Desk]) -> None:
    """Each gets what the other wrote."""
    for giver, taker in (desks, desks[::-1]):
        with taker.store.write() as transaction:
            transaction.apply(written(giver))


def shown_by(desk: Desk, cases: list[CaseId]) -> object:
    """Groups, cards without how far they travelled, and files."""
    with desk.store.read() as reader:
        groups = {case: reader.case_group(case) for case in cases}
    cards = sorted((replace(card, sync=0) for card in board(desk)), key=lambda card: card.id)
    return groups, cards, [whole_file(desk, card.id)[1].origins for card in cards]
