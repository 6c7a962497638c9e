"""What one officer alone orders at night goes out at once, and a second officer confirms it later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId
from desktop.domain.officer import Officer, Role
from desktop.domain.orders.confirmation import Confirmation
from desktop.domain.orders.order import Order, OrderKind
from desktop.journal.kinds import ORDER_CONFIRMED, ORDER_ISSUED, ORDER_ISSUED_ALONE
from desktop.services.cases.register_report import register_report
from desktop.services.desk import Desk
from desktop.services.look_up import board, case_file, order
from desktop.services.officers.second_officer import prove_second
from desktop.services.orders.confirm_order import confirm_order, unconfirmed
from desktop.services.orders.issue_order import issue_order, issue_orders
from desktop.services.orders.order_options import options_of
from desktop.services.orders.order_request import name_target, propose_order
from desktop.services.orders.withdraw_order import withdraw_order
from desktop.services.read_statistics import read_statistics
from tests.support.desks import a_form, signed_in
from tests.support.held_slots import HeldSlots
from tests.support.journals import written

COLLEAGUE = Officer("620178", "孙立", (Role.FRONT_DESK,))
CUSTODIAN = Officer("620179", "韩冬", (Role.CUSTODIAN,))


@pytest.fixture
def case(desk: Desk) -> CaseId:
    return register_report(desk, a_form(desk)).case


def stop(desk: Desk, case: CaseId) -> Order:
    return issue_order(desk, case, OrderKind.STOP, 1).order


def test_a_stop_of_one_goes_out_at_once_and_is_confirmed_by_another(
    desk: Desk, case: CaseId
) -> None:
    made = stop(desk, case)
    view = order(desk, made.id)
    assert view.order.unconfirmed
    assert [entry.kind for entry in written(desk) if entry.kind.startswith("order.")] == [
        ORDER_ISSUED_ALONE
    ]
    assert unconfirmed(desk) == (view,)
    assert board(desk)[0].unconfirmed == 1
    (figures,) = read_statistics(desk).cases
    assert (figures.alone, figures.unconfirmed) == (1, 1)
    other = signed_in(desk, COLLEAGUE)
    assert options_of(other, case_file(other, case), view).confirm
    confirm_order(other, made.number)
    seen = order(desk, made.id).order
    assert seen.confirmation == Confirmation(COLLEAGUE.number, desk.clock.now())
    assert (seen.alone, seen.unconfirmed, unconfirmed(desk)) == (True, False, ())
    entry = written(desk)[-1]
    assert (entry.kind, entry.officer, entry.schema) == (ORDER_CONFIRMED, COLLEAGUE.number, 2)
    assert board(desk)[0].unconfirmed == 0
    with pytest.raises(RuleError, match=r"order\.confirmed_already"):
        confirm_order(other, made.id)


def test_nobody_confirms_the_own_order_or_without_the_right(desk: Desk, case: CaseId) -> None:
    made = stop(desk, case)
    view = order(desk, made.id)
    assert not options_of(desk, case_file(desk, case), view).confirm
    with pytest.raises(RuleError, match=r"order\.own_confirmation"):
        confirm_order(desk, made.id)
    with pytest.raises(RuleError, match="rights"):
        confirm_order(signed_in(desk, CUSTODIAN), made.id)
    assert order(desk, made.id).order.unconfirmed


def test_who_issued_it_confirms_nothing_whatever_an_entry_says(desk: Desk, case: CaseId) -> None:
    made = stop(desk, case)
    own = Confirmation(made.issued_by, made.issued_at)
    assert replace(made, confirmations=(own,)).unconfirmed
    other = Confirmation(COLLEAGUE.number, made.issued_at)
    assert replace(made, confirmations=(own, other)).confirmation == other


def test_of_two_from_the_start_nothing_is_to_be_confirmed(desk: Desk, case: CaseId) -> None:
    other = signed_in(desk, COLLEAGUE)
    assert isinstance(desk.slots, HeldSlots)
    desk.slots.own(COLLEAGUE.number, "Kx-own-8-word!")
    second = prove_second(desk, COLLEAGUE.number, "Kx-own-8-word!")
    file = case_file(desk, case)
    request = propose_order(desk, file, OrderKind.STOP, name_target(file, OrderKind.STOP, 1))
    (done,) = issue_orders(desk, case, [request], confirmed=True, second=second)
    assert ORDER_ISSUED in {entry.kind for entry in written(desk)}
    assert not order(desk, done.order.id).order.alone
    with pytest.raises(RuleError, match=r"order\.needs_no_confirmation"):
        confirm_order(other, done.order.id)


def test_an_order_taken_back_waits_for_nobody(desk: Desk, case: CaseId) -> None:
    made = stop(desk, case)
    withdraw_order(desk, made.id, "账号有误")
    assert not unconfirmed(desk)
    with pytest.raises(RuleError, match=r"order\.over"):
        confirm_order(signed_in(desk, COLLEAGUE), made.id)


def test_what_needs_an_approval_or_touches_no_money_is_not_of_one(desk: Desk, case: CaseId) -> None:
    query = issue_order(desk, case, OrderKind.QUERY_DETAILS, 1).order
    assert not query.alone
