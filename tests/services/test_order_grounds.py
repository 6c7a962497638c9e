"""What an order rests on: it may fall away before the approval, or stand where nobody looks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from desktop.domain.case_file.orders.order_rules import held_by_orders
from desktop.domain.cases.intake import IdentifierText
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.orders.approval import Level
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.money import Property
from desktop.domain.orders.order import Order, OrderKind, OrderState
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file, order
from desktop.services.orders.approve_order import approve_order
from desktop.services.orders.issue_order import check_order
from desktop.services.orders.record_step import withdraw_step
from desktop.services.orders.withdraw_order import withdraw_order
from desktop.services.session import Session
from tests.services.test_order_kinds import (
    NUMBERS,
    answer,
    file_case,
    issue,
    made,
    refused,
    request,
)
from tests.support.journals import length
from tests.support.sessions import Seat, a_form


@pytest.fixture
def case(session: Session) -> CaseId:
    leads = tuple(
        IdentifierText(session.ids.new_id(), kind, value) for kind, value in NUMBERS.items()
    )
    return register_report(session, replace(a_form(session), identifiers=leads)).case


def test_what_an_order_rests_on_must_stand_when_it_is_approved(seat: Seat, case: CaseId) -> None:
    session = seat.session
    file_case(session, case)
    freeze = made(session, case, OrderKind.FREEZE)
    (filed,) = case_file(session, case).steps
    withdraw_step(session, case, filed.id, "登记错了")
    refused(RuleError, "order.not_filed", lambda: approve_order(session, freeze.id, "张局长"))
    file_case(session, case)
    approve_order(session, freeze.id, "张局长")
    answer(session, freeze)
    seat.clock.advance(days=175)
    extension, in_time = made(session, case, OrderKind.EXTEND_FREEZE), session.clock.now()
    seat.clock.advance(days=20)
    late = length(session)
    refused(RuleError, "order.freeze_over", lambda: approve_order(session, extension.id, "张局长"))
    assert length(session) == late, "an extension is approved before the end (Art. 240)"
    approve_order(session, extension.id, "张局长", at=in_time)
    assert order(session, extension.id).state is OrderState.ISSUED, "in time on paper, noted later"


@pytest.mark.parametrize(
    ("kind", "lead"),
    [(OrderKind.EVIDENCE_REQUEST, "mobile"), (OrderKind.INTERCEPT, "displayed_number")],
)
def test_each_holder_and_each_carrier_is_asked_about_one_number(
    session: Session, case: CaseId, kind: OrderKind, lead: str
) -> None:
    def ask(whom: str) -> Order:
        asked = replace(request(session, case, kind, lead=lead), addressee=whom)
        if isinstance(asked.terms, EvidenceTerms):
            asked = replace(asked, terms=replace(asked.terms, holder=whom, wanted="通话记录"))
        return issue(session, case, asked).order

    first = ask("中国移动")
    assert ask("中国联通").about == first.about
    refused(RuleError, "order.exists", lambda: ask("中国移动"))


def test_what_a_bank_did_after_it_was_taken_back_can_be_lifted(seat: Seat, case: CaseId) -> None:
    """The bank's answer and the withdrawal crossed: the money is held, and somebody innocent may wait for it."""
    session = seat.session
    stop = made(session, case, OrderKind.STOP)
    withdraw_order(session, stop.id, "账号抄错")
    refused(RuleError, "order.no_stop", lambda: made(session, case, OrderKind.LIFT))
    refused(RuleError, "order.over", lambda: answer(session, stop, "failed", fen=0))
    answer(session, stop)
    assert order(session, stop.id).state is OrderState.WITHDRAWN
    lift = made(session, case, OrderKind.LIFT)
    assert lift.follows == stop.id
    answer(session, lift, fen=0)
    assert not order(session, stop.id).order.in_force


def test_what_a_bank_froze_after_it_was_taken_back_is_frozen_no_second_time(
    seat: Seat, case: CaseId
) -> None:
    """No money is frozen twice (Art. 242), and what holds money stays in the case."""
    session = seat.session
    file_case(session, case)
    freeze = made(session, case, OrderKind.FREEZE)
    approve_order(session, freeze.id, "张局长")
    withdraw_order(session, freeze.id, "账号抄错")
    assert freeze.about not in held_by_orders(case_file(session, case).orders)
    answer(session, freeze)
    assert order(session, freeze.id).state is OrderState.WITHDRAWN
    refused(RuleError, "order.freeze_exists", lambda: made(session, case, OrderKind.FREEZE))
    assert freeze.about in held_by_orders(case_file(session, case).orders)


def test_an_extension_wants_the_approval_that_the_freeze_had(seat: Seat, case: CaseId) -> None:
    session = seat.session
    file_case(session, case)
    asked = request(session, case, OrderKind.FREEZE)
    equity = replace(asked.money, freeze=replace(asked.money.freeze, property=Property.EQUITY))
    found = check_order(session, case_file(session, case), replace(asked, terms=equity))
    assert "equity_listed" in [problem.code for problem in found]
    major = replace(asked.money, freeze=replace(asked.money.freeze, major=True))
    freeze = issue(session, case, replace(asked, terms=major)).order
    approve_order(session, freeze.id, "市局李局长")
    answer(session, freeze)
    seat.clock.advance(days=300)
    more = request(session, case, OrderKind.EXTEND_FREEZE)
    plain = replace(more.money, freeze=replace(more.money.freeze, major=False))
    assert issue(session, case, replace(more, terms=plain)).order.level is Level.CITY, "Art. 240"


@pytest.mark.parametrize(
    ("kind", "days"),
    [(OrderKind.QUERY_DETAILS, 2), (OrderKind.WATCH, 31), (OrderKind.EVIDENCE_REQUEST, 8)],
)
def test_nothing_is_approved_that_asks_for_yesterday(
    seat: Seat, case: CaseId, kind: OrderKind, days: int
) -> None:
    session = seat.session
    asked = request(session, case, kind)
    if isinstance(asked.terms, EvidenceTerms):
        asked = replace(asked, terms=replace(asked.terms, wanted="开户资料"))
    late, in_time = issue(session, case, asked).order, session.clock.now()
    seat.clock.advance(days=days)
    refused(RuleError, "order.due_over", lambda: approve_order(session, late.id, "张局长"))
    approve_order(session, late.id, "张局长", at=in_time)
    assert order(session, late.id).state is OrderState.ISSUED


def test_a_wrong_year_in_an_answer_silences_no_alarm(seat: Seat, case: CaseId) -> None:
    session = seat.session
    stop, now = made(session, case, OrderKind.STOP), session.clock.now()
    next_year = now + timedelta(days=365)
    end = next_year + timedelta(hours=48)
    ahead = partial(answer, session, stop, starts_at=next_year, ends_at=end)
    refused(UserInputError, "reply.future", ahead)
    refused(UserInputError, "reply.too_long", lambda: answer(session, stop, ends_at=next_year))
    answer(session, stop, ends_at=now + timedelta(hours=72))
    assert order(session, stop.id).state is OrderState.DONE, "odd, and what the bank says counts"
