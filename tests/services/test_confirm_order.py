"""What one officer alone orders at night goes out at once, and a second officer confirms it later."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desktop.domain.case_file.shift_briefing import NewsKind
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.orders.confirmation import Confirmation
from desktop.domain.orders.later_approval import APPROVAL
from desktop.domain.orders.order import Order, OrderKind
from desktop.domain.time.local_time import CHINA
from desktop.journal.kinds import ORDER_CONFIRMED, ORDER_ISSUED, ORDER_ISSUED_ALONE
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import board, case_deadlines, case_file, order
from desktop.services.officers.second_officer import prove_second
from desktop.services.orders.confirm_order import confirm_order, unconfirmed
from desktop.services.orders.issue_order import issue_order, issue_orders
from desktop.services.orders.order_options import options_of
from desktop.services.orders.order_request import name_target, propose_order
from desktop.services.orders.shift.shift_briefing import shift_briefing
from desktop.services.orders.withdraw_order import withdraw_order
from desktop.services.read_statistics import read_figures
from desktop.services.session import Session
from tests.support.clocks import START, HandClock
from tests.support.error_texts import refused
from tests.support.held_slots import HeldSlots
from tests.support.journals import written
from tests.support.sessions import a_form, signed_in
from tests.support.upgrades import heard_centre

COLLEAGUE = Officer("620178", "孙立", (Role.FRONT_DESK,))
CUSTODIAN = Officer("620179", "韩冬", (Role.CUSTODIAN,))


@pytest.fixture
def case(session: Session) -> CaseId:
    """Of a desk whose centre reads what one officer alone ordered."""
    heard_centre(session)
    return register_report(session, a_form(session)).case


def stop(session: Session, case: CaseId) -> Order:
    return issue_order(session, case, OrderKind.STOP, 1).order


def test_a_stop_of_one_goes_out_at_once_and_is_confirmed_by_another(
    session: Session, case: CaseId
) -> None:
    made = stop(session, case)
    view = order(session, made.id)
    assert view.order.unconfirmed
    assert [entry.kind for entry in written(session) if entry.kind.startswith("order.")] == [
        ORDER_ISSUED_ALONE
    ]
    assert unconfirmed(session) == (view,)
    assert board(session)[0].unconfirmed == 1
    (figures,) = read_figures(session).cases
    assert (figures.alone, figures.unconfirmed) == (1, 1)
    other = signed_in(session, COLLEAGUE)
    assert options_of(other, case_file(other, case), view).confirm
    confirm_order(other, made.number)
    seen = order(session, made.id).order
    assert seen.confirmation == Confirmation(COLLEAGUE.number, session.clock.now())
    assert (seen.alone, seen.unconfirmed, unconfirmed(session)) == (True, False, ())
    entry = written(session)[-1]
    assert (entry.kind, entry.officer, entry.schema) == (ORDER_CONFIRMED, COLLEAGUE.number, 2)
    assert board(session)[0].unconfirmed == 0
    with pytest.raises(RuleError, match=r"order\.confirmed_already"):
        confirm_order(other, made.id)


def test_the_second_officer_hears_of_it_at_sign_in_until_it_is_confirmed(
    session: Session, case: CaseId
) -> None:
    made = stop(session, case)

    def waiting(officer: Session) -> int:
        return shift_briefing(officer).count(NewsKind.UNCONFIRMED)

    other = signed_in(session, COLLEAGUE)
    assert (waiting(session), waiting(other)) == (0, 1), "whoever issued it can not confirm it"
    confirm_order(other, made.id)
    assert (waiting(session), waiting(other)) == (0, 0)


@pytest.mark.parametrize("has_centre", [False, True], ids=["no centre", "an older centre"])
def test_a_stop_never_waits_for_the_upgrade_of_the_centre(
    session: Session, *, has_centre: bool
) -> None:
    """Until the centre said that it reads them, no entry of a newer schema is written."""
    if has_centre:
        heard_centre(session, marks=())
    made = stop(session, register_report(session, a_form(session)).case)
    assert {entry.schema for entry in written(session)} == {1}
    assert not order(session, made.id).order.alone
    with pytest.raises(RuleError, match=r"order\.needs_no_confirmation"):
        confirm_order(signed_in(session, COLLEAGUE), made.id)


def test_nobody_confirms_the_own_order_or_without_the_right(session: Session, case: CaseId) -> None:
    made = stop(session, case)
    view = order(session, made.id)
    assert not options_of(session, case_file(session, case), view).confirm
    with pytest.raises(RuleError, match=r"order\.own_confirmation"):
        confirm_order(session, made.id)
    with pytest.raises(RuleError, match="rights"):
        confirm_order(signed_in(session, CUSTODIAN), made.id)
    assert order(session, made.id).order.unconfirmed


def test_who_issued_it_confirms_nothing_whatever_an_entry_says(
    session: Session, case: CaseId
) -> None:
    made = stop(session, case)
    own = Confirmation(made.issued_by, made.issued_at)
    assert replace(made, confirmations=(own,)).unconfirmed
    other = Confirmation(COLLEAGUE.number, made.issued_at)
    assert replace(made, confirmations=(own, other)).confirmation == other


def test_of_two_from_the_start_nothing_is_to_be_confirmed(session: Session, case: CaseId) -> None:
    other = signed_in(session, COLLEAGUE)
    assert isinstance(session.slots, HeldSlots)
    session.slots.own(COLLEAGUE.number, "Kx-own-8-word!")
    second = prove_second(session, COLLEAGUE.number, "Kx-own-8-word!")
    file = case_file(session, case)
    request = propose_order(session, file, OrderKind.STOP, name_target(file, OrderKind.STOP, 1))
    (done,) = issue_orders(session, case, [request], confirmed=True, second=second)
    assert ORDER_ISSUED in {entry.kind for entry in written(session)}
    assert not order(session, done.order.id).order.alone
    with pytest.raises(RuleError, match=r"order\.needs_no_confirmation"):
        confirm_order(other, done.order.id)


def test_an_order_taken_back_waits_for_nobody(session: Session, case: CaseId) -> None:
    made = stop(session, case)
    withdraw_order(session, made.id, "账号有误")
    assert not unconfirmed(session)
    with pytest.raises(RuleError, match=r"order\.over"):
        confirm_order(signed_in(session, COLLEAGUE), made.id)


def test_what_needs_an_approval_or_touches_no_money_is_not_of_one(
    session: Session, case: CaseId
) -> None:
    query = issue_order(session, case, OrderKind.QUERY_DETAILS, 1).order
    assert not query.alone


def test_a_centre_has_its_own_stop_approved_later_by_whom_its_rule_names(centre: Session) -> None:
    """先止付、后补批: by day an approver within two hours; at night any other officer, until two hours after it."""
    clock = centre.clock
    assert isinstance(clock, HandClock)
    first = signed_in(centre, Officer("620002", "周宁", (Role.DISPATCHER, Role.APPROVER)))

    def stopped(name: str, due: datetime) -> tuple[Session, Order]:
        case = register_report(first, a_form(first, name, case_id=first.ids.new_id())).case
        made = stop(first, case)
        file = case_file(first, case)
        found = [
            (one.at, one.subject) for one in case_deadlines(first, file) if one.name == APPROVAL
        ]
        assert found == [(due, f"order/{made.id}")]
        return signed_in(first, Officer("620003", "何平", (Role.DISPATCHER,))), made

    colleague, by_day = stopped("李秀兰", START + timedelta(hours=2))
    refused("order.approver_wanted", lambda: confirm_order(colleague, by_day.id))
    confirm_order(signed_in(first, Officer("620004", "马超", (Role.APPROVER,))), by_day.id)
    assert order(first, by_day.id).order.confirmation is not None

    clock.advance(hours=11)
    colleague, at_night = stopped("王芳", datetime(2026, 11, 25, 10, tzinfo=CHINA))
    confirm_order(colleague, at_night.id)
    assert unconfirmed(first) == ()
