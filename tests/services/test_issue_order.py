"""The check before a stop, the rules about stops, and what an order fixes for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desktop.domain.cases.case import CaseState
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind, OrderState
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import open_drafts
from desktop.services.look_up import case_deadlines, case_file, order, orders
from desktop.services.orders.issue_order import check_stop, issue_order, issue_stop
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.error_texts import assert_error
from tests.support.journals import length, written
from tests.support.sessions import Seat, a_form

CLEAN: list[dict[str, Any]] = [
    {},
    {"time": "2026-11-24 10:33:00"},
    {"payee_account": "", "order_number": "2026112422001417881404573921"},
    {"payee_account": "159****3321", "channel": "alipay", "order_number": "2026112422001417881"},
    {"certainty": (("payee_name", "told"),)},
    {"payer_name": "王二"},
    {"payee_name": "LIU WEI"},
    {"payee_name": "Anna de Vries"},
    {"time": "2026-08-24 10:12:35"},
    {"amount": "100,000,000"},
    {"channel": "wechat", "payer_account": "6217****4569", "order_number": "2026112422001417881"},
]


def money(session: Session, **changes: Any) -> IntakeForm:
    form = a_form(session)
    return replace(form, transfers=(replace(form.transfers[0], **changes),))


@pytest.mark.parametrize("typed", CLEAN)
def test_what_needs_no_question(session: Session, typed: dict[str, Any]) -> None:
    form = money(session, **typed)
    assert check_stop(session, form, 0) == ()
    assert issue_stop(session, form, 0).problems == ()


def test_without_the_victims_name_no_bank_stops(session: Session) -> None:
    form = replace(a_form(session), victim=VictimText(" "))
    assert [item.code for item in check_stop(session, form, 0)] == ["victim_name_missing"]
    with pytest.raises(UserInputError, match=r"^order\.blocked$"):
        issue_stop(session, form, 0, confirmed=True)


def test_a_stop_from_the_form_registers_orders_and_moves_in_one(session: Session) -> None:
    form, before = a_form(session), length(session)
    issued = issue_stop(session, form, 0)
    assert [entry.kind for entry in written(session, before)] == [
        "report.registered", "transfer.recorded", "order.issued", "part.ordered", "case.moved",
    ]  # fmt: skip
    assert issued.case == form.case_id
    assert issued.order.number == "1124-A-0001-Z1"
    assert (issued.order.issued_by, issued.order.operator_name) == ("620134", "王建国")
    file = case_file(session, issued.case)
    assert file.case.state is CaseState.STOPPING
    assert [view.order for view in file.orders] == [issued.order]
    assert order(session, issued.order.id).state is OrderState.ISSUED
    assert order(session, issued.order.number) == order(session, issued.order.id)
    assert [draft.form for draft in open_drafts(session)] == [form], "the officer goes on typing"


def test_the_clocks_that_run_from_then_on(session: Session) -> None:
    issued = issue_stop(session, a_form(session), 0)
    assert [(clock.name, clock.at - START) for clock in issued.deadlines] == [
        ("golden", timedelta(minutes=30) - timedelta(minutes=18, seconds=32)),
        ("entry", timedelta(minutes=30)),
        ("revoke", timedelta(hours=24) - timedelta(minutes=18, seconds=32)),
    ]
    names = [clock.name for clock in case_deadlines(session, case_file(session, issued.case))]
    assert set(names) >= {"golden", "entry", "revoke", "filing"}


def test_only_the_first_stop_moves_a_case(session: Session) -> None:
    case = register_report(session, a_form(session)).case
    move_case(session, case, CaseState.INVESTIGATING)
    before = length(session)
    issue_order(session, case, OrderKind.STOP, 1)
    assert [entry.kind for entry in written(session, before)] == [
        "order.issued",
        "part.ordered",
    ]
    assert case_file(session, case).case.state is CaseState.INVESTIGATING


def refused(session: Session, case: CaseId, kind: OrderKind, code: str) -> None:
    before = length(session)
    with pytest.raises(RuleError) as caught:
        issue_order(session, case, kind, 1)
    assert_error(caught.value, code)
    assert length(session) == before


def test_two_stops_at_most_and_the_second_after_the_first(session: Session) -> None:
    case = register_report(session, a_form(session)).case
    refused(session, case, OrderKind.SECOND_STOP, "order.no_first_stop")
    first = issue_order(session, case, OrderKind.STOP, 1).order
    refused(session, case, OrderKind.STOP, "order.stop_exists")
    second = issue_order(session, case, OrderKind.SECOND_STOP, 1).order
    refused(session, case, OrderKind.STOP, "order.stops_exhausted")
    refused(session, case, OrderKind.SECOND_STOP, "order.stops_exhausted")
    assert [view.order.id for view in orders(session)] == [second.id, first.id]
    assert [first.number[-2:], second.number[-2:]] == ["Z1", "Z2"]


@pytest.mark.parametrize("position", [0, 2, -1])
def test_a_transfer_that_is_not_there(session: Session, position: int) -> None:
    case = register_report(session, a_form(session)).case
    with pytest.raises(UserInputError) as caught:
        issue_order(session, case, OrderKind.STOP, position)
    assert_error(caught.value, "order.no_transfer")
    with pytest.raises(UserInputError, match=r"^case\.unknown$"):
        issue_order(session, CaseId("nowhere"), OrderKind.STOP, 1)


def test_an_order_says_for_ever_what_was_ordered(seat: Seat) -> None:
    """The report may be corrected afterwards; the bank was told what it was told."""
    session, form = seat.session, a_form(seat.session, narrative="长" * 600)
    issued = issue_stop(session, form, 0)
    assert len(issued.order.reason) == 500
    seat.clock.advance(hours=1)
    line = replace(form.transfers[0], amount="1.00", payee_account="6230520010037788970")
    register_report(session, replace(form, transfers=(line,), narrative="别的"))
    assert order(session, issued.order.id).order == issued.order


def test_stops_of_two_transfers_do_not_count_for_each_other(session: Session) -> None:
    form = a_form(session)
    second = replace(form.transfers[0], id=session.ids.new_id(), amount="500", serial="")
    form = replace(form, transfers=(*form.transfers, second))
    one, two = issue_stop(session, form, 0).order, issue_stop(session, form, 1).order
    assert [one.amount_fen, two.amount_fen] == [9_800_000, 50_000]
    assert [one.number, two.number] == ["1124-A-0001-Z1", "1124-A-0001-Z2"]
    with pytest.raises(RuleError, match=r"^order\.stop_exists$"):
        issue_stop(session, form, 1)
