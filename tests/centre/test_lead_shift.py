"""The duty leader of a centre: who is there, what each has in hand, and giving it to another seat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.centre.replies import reply
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.installation.duty_plan import OnCall
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.orders.claim import STALE_AFTER, ClaimState, work_of_batch, work_of_case
from desktop.domain.orders.order import OrderReply, ReplyResult
from desktop.services.orders.answers.dispatch_batches import batch_orders
from desktop.services.orders.claim_work import (
    claim_work,
    claims_in,
    hear_of_claims,
    receivers_of_claims,
)
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.shift import shift_handover
from desktop.services.orders.shift.centre_shift import centre_shift
from desktop.services.orders.shift.duty_plans import set_on_call
from desktop.services.orders.shift.lead_shift import (
    duty_seats,
    duty_view,
    reassign_work,
    receivers_of_work,
)
from desktop.services.orders.shift.shift_handover import shift_facts
from desktop.services.ports import OpenPart
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.sessions import Seat, a_form, signed_in

_COUNTED = OpenPart.UNANSWERED, OpenPart.LATE, OpenPart.LAPSING, OpenPart.CALLS


@pytest.fixture
def leader(centre_seat: Seat) -> Session:
    session = centre_seat.session
    return replace(session, profile=replace(session.profile, on_server=True))


def colleague(session: Session, number: str, role: Role, *of: str) -> Session:
    return signed_in(session, Officer(number, f"席{number}", (role,), of))


def a_stop(session: Session, bank: str) -> str:
    form = a_form(session)
    payment = replace(form.transfers[0], payee_bank=bank)
    return issue_stop(session, replace(form, transfers=(payment,)), 0, confirmed=True).order.id


def test_who_is_there_and_what_they_have_in_hand(leader: Session, centre_seat: Seat) -> None:
    """A seat is heard of while somebody is signed in, whatever they have in hand."""
    order = a_stop(leader, "中国农业银行")
    clerk = colleague(leader, "620777", Role.DISPATCHER)
    colleague(leader, "620888", Role.AUDITOR)
    for seat in (leader, clerk):
        hear_of_claims(seat)
    since = centre_seat.clock.now()
    claim_work(clerk, order)
    seats = {seat.officer.number: seat for seat in duty_seats(leader)}
    assert set(seats) == {leader.officer.number, "620777"}
    assert seats["620777"].since == since
    assert [claim.about for claim in seats["620777"].claims] == [order]
    assert seats[leader.officer.number].claims == ()
    assert [one.number for one in receivers_of_claims(clerk)] == [leader.officer.number]
    centre_seat.clock.advance(seconds=STALE_AFTER.total_seconds())
    assert {seat.since for seat in duty_seats(leader)} == {None}
    hear_of_claims(clerk)
    assert next(iter(duty_seats(leader))).since == centre_seat.clock.now()
    view = duty_view(leader, (START, START))
    assert [row.view.order.id for row in view.orders.rows] == [order]
    assert set(view.orders.claims) == {order}


def test_the_page_tells_what_lapses_and_whom_to_chase(
    leader: Session, centre_seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stop that ends in this shift stands there until a freeze takes over; a batch, once its answer is late."""
    first, second = a_stop(leader, "中国农业银行"), a_stop(leader, "中国建设银行")
    (batch, *_), now = batch_orders(leader), leader.clock.now()
    for order, hours in ((first, 5), (second, 40)):
        ends = now + timedelta(hours=hours)
        answer = OrderReply(ReplyResult.DONE, 9_800_000, 0, now, ends, "农行", "", "", now)
        reply(leader, order, answer)
    third = a_stop(leader, "中国农业银行")
    (later,) = batch_orders(leader)
    view = duty_view(leader, (START, START))
    assert [row.view.order.id for row in view.lapsing] == [first]
    assert view.late == ()
    centre_seat.clock.advance(hours=30)
    view = duty_view(leader, (START, START))
    assert [row.view.order.id for row in view.lapsing] == [second], "the first is over"
    assert [(one.number, [order.order.id for order in one.unanswered]) for one in view.late] == [
        (later.number, [third])
    ]
    assert {one.receiver: (one.answered, one.open, one.late) for one in view.times} == {
        "中国农业银行": (1, 1, True), "中国建设银行": (1, 0, False),
    }  # fmt: skip
    assert batch.number != later.number
    claim_work(leader, third)
    desk = centre_shift(leader)
    assert desk is not None
    parts = dict(desk.parts)
    assert [parts[part] for part in _COUNTED] == [1, 1, 1, 0]
    assert [(seat.number, seat.count) for seat in desk.seats] == [(leader.officer.number, 1)]
    assert [(one.victim, one.text) for one in desk.to_ring] == [("中国农业银行", "")]
    set_on_call(leader, OnCall("中国农业银行", "反诈专席", "95599"))
    desk = centre_shift(leader)
    assert desk is not None
    assert "95599" in desk.to_ring[0].text
    monkeypatch.setattr(shift_handover, "_AT_CENTRE", 2)
    facts = shift_facts(leader, str)
    assert len(facts.clocks) == 2, "of all stations the most pressing"
    assert dict(facts.desk.parts if facts.desk else ())[OpenPart.CLOCKS] > 0
    clerk = colleague(leader, "620777", Role.DISPATCHER)
    assert centre_shift(clerk) is None
    assert len(shift_facts(clerk, str).clocks) > 2


def test_an_order_is_given_to_another_seat_with_a_reason(leader: Session) -> None:
    order = a_stop(leader, "中国农业银行")
    first, other = (colleague(leader, number, Role.DISPATCHER) for number in ("620777", "620778"))
    own = colleague(leader, "620301", Role.BANK_CLERK, "中国农业银行")
    colleague(leader, "620302", Role.BANK_CLERK, "中国建设银行")
    hear_of_claims(other)
    claim_work(first, order)
    assert {one.number for one in receivers_of_work(leader, order)} == {
        leader.officer.number, "620778", "620301",
    }  # fmt: skip
    with pytest.raises(UserInputError, match=r"^claim\.no_reason$"):
        reassign_work(leader, order, "620778", " ")
    for number in ("620302", "999999"):
        with pytest.raises(UserInputError, match=r"^claim\.nobody$"):
            reassign_work(leader, order, number, "换人")
    with pytest.raises(RuleError, match=r"^rights\.missing$"):
        reassign_work(first, order, "620778", "换人")
    for unknown, code in (
        (work_of_case("nobody"), "case.unknown"),
        (work_of_batch("P9", START), "pack.unknown"),
    ):
        with pytest.raises(UserInputError, match=rf"^{code}$"):
            receivers_of_work(leader, unknown)
        with pytest.raises(UserInputError, match=rf"^{code}$"):
            reassign_work(leader, unknown, "620778", "换人")
    given = reassign_work(leader, order, "620778", "李静接电话")
    assert (given.former, given.state("620777")) == ("620777", ClaimState.LIVE)
    assert given.reason.endswith("李静接电话")
    reassign_work(leader, order, "620301", "派给银行席")
    with own.store.read() as reader:
        held = claims_in(own, reader)[order]
    assert held.state("620301") is ClaimState.MINE
    assert held.state("620778") is ClaimState.STALE, "the bank seat is empty"
