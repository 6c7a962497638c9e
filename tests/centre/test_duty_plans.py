"""Whom to ring at an institution, and who has which shift."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import UserInputError
from desktop.domain.installation.duty_plan import DutyShift, OnCall
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.installation.profile import InstallationRole
from desktop.services.orders.answers.dispatch_batches import dispatch_to
from desktop.services.orders.confirm_order import confirm_order
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.order_options import options_in
from desktop.services.orders.shift.duty_plans import (
    drop_on_call,
    drop_shift,
    duty_rota,
    on_call_contacts,
    on_call_for,
    plan_shift,
    set_on_call,
)
from desktop.services.orders.shift.rota_approvals import approvals_for_me, waiting_approvals
from desktop.services.orders.shift.shift_handover import shift_facts
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.databases import KINDS, some_databases
from tests.support.sessions import Seat, a_form, signed_in, take_seat

ABC, CCB = "中国农业银行", "中国建设银行"
NIGHT = timedelta(hours=12)


@pytest.fixture(params=KINDS)
def seat(request: pytest.FixtureRequest, quick_folder: Path) -> Iterator[Seat]:
    with some_databases(request.param, quick_folder) as databases:
        made = take_seat(
            quick_folder / "centre", "C", unit_code="620100000000", unit_name="市反诈中心",
            role=InstallationRole.CENTRE, where=databases.place("centre"),
        )  # fmt: skip
        yield made
        made.session.store.close()


def a_stop(session: Session, bank: str) -> str:
    form = a_form(session)
    payment = replace(form.transfers[0], payee_bank=bank)
    return issue_stop(session, replace(form, transfers=(payment,)), 0, confirmed=True).order.id


def test_an_order_says_whom_to_ring_at_its_institution(seat: Seat) -> None:
    session = seat.session
    order, nameless = a_stop(session, ABC), a_stop(session, "")
    assert on_call_for(session, order) is None
    set_on_call(session, OnCall(ABC, "电子银行部", "0931-1234567"))
    other = set_on_call(session, OnCall(CCB, "值班室", "95533", "8:00–20:00"))
    set_on_call(session, OnCall(ABC, "反诈专席", "95599"))
    known = on_call_for(session, order)
    assert known == OnCall(ABC, "反诈专席", "95599"), "the last word stands"
    assert on_call_for(session, nameless) is None
    dispatch_to(session, (nameless,), CCB, "卡号")
    assert on_call_for(session, nameless) == other
    clerk = signed_in(session, Officer("620301", "周岚", (Role.BANK_CLERK,), (ABC,)))
    assert on_call_contacts(clerk) == (known,)
    assert on_call_for(clerk, nameless) is None
    drop_on_call(session, ABC)
    assert on_call_contacts(session) == (other,)
    for typed, code in (
        (OnCall("", "值班室", "95533"), "on_call.incomplete"),
        (OnCall(CCB, "", "95533"), "on_call.incomplete"),
        (OnCall(CCB, "值班室", ""), "duty_phone.unreadable"),
        (OnCall(CCB, "值班室", "一二三"), "duty_phone.unreadable"),
    ):
        with pytest.raises(UserInputError) as caught:
            set_on_call(session, typed)
        assert caught.value.code == code
    with pytest.raises(UserInputError, match=r"^on_call\.unknown$"):
        drop_on_call(session, ABC)


def test_a_rota_has_no_gaps_by_itself_and_nobody_twice_at_a_time(seat: Seat) -> None:
    session, leader = seat.session, seat.session.officer.number
    signed_in(session, Officer("620777", "王芳", (Role.DISPATCHER,)))
    signed_in(session, Officer("620301", "周岚", (Role.BANK_CLERK,), (ABC,)))
    day = DutyShift(START, START + NIGHT, leader, leader, ("620777",))
    night = DutyShift(START + NIGHT, START + 2 * NIGHT, "620777", leader)
    for shift in (night, day):
        plan_shift(session, shift)
    rota = duty_rota(session)
    assert (rota.now, rota.next, rota.shifts) == (day, night, (day, night))
    for shift, code in (
        (replace(day, ends=START), "shift.times"),
        (replace(day, leader=""), "shift.leader"),
        (replace(day, leader="620301"), "shift.nobody"),
        (replace(day, others=("999999",)), "shift.nobody"),
        (replace(day, approver="620777"), "shift.approver"),
        (replace(day, begins=START + timedelta(hours=1)), "shift.overlaps"),
    ):
        with pytest.raises(UserInputError) as caught:
            plan_shift(session, shift)
        assert caught.value.code == code
    drop_shift(session, day)
    seat.clock.advance(seconds=NIGHT.total_seconds())
    assert duty_rota(session).now == night
    seat.clock.advance(seconds=NIGHT.total_seconds())
    assert duty_rota(session).now is None


def test_the_sheet_of_a_centre_names_who_leads_the_next_shift(seat: Seat) -> None:
    """Where no shift is planned it is left to be written."""
    session, leader = seat.session, seat.session.officer.number
    signed_in(session, Officer("620777", "王芳", (Role.DISPATCHER,)))
    plan_shift(session, DutyShift(START, START + NIGHT, leader))
    assert shift_facts(session, str).incoming == ()
    plan_shift(session, DutyShift(START + NIGHT, START + 2 * NIGHT, "620777"))
    assert shift_facts(session, str).incoming == (("620777", "王芳"),)


def test_whom_the_rota_names_hears_what_waits_and_gets_no_right_by_it(seat: Seat) -> None:
    first = seat.session
    night = signed_in(first, Officer("620777", "钱伟", (Role.APPROVER,)))
    clerk = signed_in(first, Officer("620778", "何平", (Role.DISPATCHER,)))
    form = a_form(clerk)
    made = issue_stop(clerk, form, 0, confirmed=True)
    assert approvals_for_me(night).orders == (), "nobody planned a shift"
    plan_shift(first, DutyShift(START - NIGHT / 2, START + NIGHT / 2, "620778", "620777"))
    waiting = approvals_for_me(night)
    assert [view.order.id for view in waiting.orders] == [made.order.id]
    assert waiting.due is not None
    assert waiting_approvals(first).due == waiting.due
    for other in (first, clerk):
        assert approvals_for_me(other).orders == ()
    named = options_in(clerk, made.case, made.order.id).approver
    assert named is not None
    assert named.number == night.officer.number
    lost = replace(night.officer, roles=(Role.DISPATCHER,))
    signed_in(first, lost)
    assert approvals_for_me(replace(night, officer=lost)).orders == ()
    assert options_in(clerk, made.case, made.order.id).approver is None
    signed_in(first, night.officer)
    confirm_order(night, made.order.id)
    assert approvals_for_me(night).orders == waiting_approvals(first).orders == ()
    own = issue_stop(night, a_form(night), 0, confirmed=True)
    assert approvals_for_me(night).orders == (), "nobody approves their own"
    assert options_in(night, own.case, own.order.id).approver is None
