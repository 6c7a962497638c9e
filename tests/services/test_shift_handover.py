"""The sheet of a shift's end holds what still runs, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.app.sign_in.sign_in_record import record_sign_in
from desktop.domain.cases.step import StepKind
from desktop.domain.cases.tasks.task import TaskSource
from desktop.domain.orders.order import OrderReply, ReplyResult
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.tasks import add_task, finish_task
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.record_step import record_step
from desktop.services.orders.shift import shift_handover
from desktop.services.orders.shift.list_clocks import running_clocks
from desktop.services.orders.shift.shift_handover import print_handover, shift_facts
from tests.support.journals import length
from tests.support.sessions import Seat, a_form
from tests.support.strict import all_of


def test_what_runs_what_was_promised_and_what_is_missing(seat: Seat) -> None:
    session, _ = record_sign_in(seat.session, seat.session.officer.number)
    case = register_report(session, a_form(session)).case
    now = session.clock.now()
    record_step(session, case, StepKind.DATA_FROZEN, now)
    add_task(session, case, "回电告知止付结果", now + timedelta(hours=1), source=TaskSource.PROMISE)
    add_task(session, case, "补全收款账号", now, source=TaskSource.MASKED_NUMBER)
    add_task(session, case, "取回单", None)
    finish_task(session, add_task(session, case, "已办完的事", None).id)
    seat.clock.advance(hours=5)
    facts = shift_facts(session, lambda name: f"<{name}>")
    assert [clock.name for clock in facts.clocks] == ["<revoke>", "<filing>", "<entry>"]
    assert all_of(clock.victim == "李秀兰" and clock.article for clock in facts.clocks)
    assert [task.text for task in facts.promises] == ["回电告知止付结果"]
    assert [task.text for task in facts.missing] == ["补全收款账号"]
    assert [task.text for task in facts.tasks] == ["取回单"]
    assert (facts.shift_from, facts.shift_to) == (now, session.clock.now())
    assert facts.outgoing == (("620134", "王建国"),)
    before = length(session)
    pdf = print_handover(session, replace(facts, incoming=(("620177", "马晓梅"),)))
    assert pdf.data.count(b"HandoverClock(") == 3
    assert length(session) == before + 1


def test_a_clock_far_away_is_no_matter_of_this_shift(seat: Seat) -> None:
    session = seat.session
    case = register_report(session, a_form(session)).case
    record_step(session, case, StepKind.DATA_FROZEN, session.clock.now())

    def names() -> list[str]:
        return [clock.name for clock in shift_facts(session, str).clocks]

    assert "data_freeze" not in names()
    seat.clock.advance(days=176)
    assert "data_freeze" in names()


def test_a_clock_says_which_order_it_hangs_on_and_whether_it_can_be_relied_on(seat: Seat) -> None:
    session = seat.session
    stop = issue_stop(session, a_form(session), 0, confirmed=True)
    now = session.clock.now()
    told = OrderReply(ReplyResult.DONE, 1, 1, now, now + timedelta(hours=48), "", "", "", now)
    record_reply(session, stop.order.id, told)
    seat.clock.advance(days=36)
    record_step(session, stop.case, StepKind.SENT_TO_BANK, session.clock.now())
    clocks = {clock.name: clock for clock in shift_facts(session, str).clocks}
    assert clocks["stop_end"].note == "中国农业银行　￥98,000.00　1124-A-0001-Z1"
    assert clocks["stop_end"].certain
    assert not clocks["bank_return"].certain, "over the new year, whose holidays nobody announced"


def test_of_what_ran_out_long_ago_the_newest_are_listed_and_the_rest_counted(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever takes over reads what is new; thousands of lines would hide it."""
    monkeypatch.setattr(shift_handover, "_OLDER", 2)
    session = seat.session
    for _ in range(3):
        register_report(session, a_form(session))
        seat.clock.advance(minutes=10)
    seat.clock.advance(days=60)
    session, _ = record_sign_in(session, session.officer.number)
    everything = [
        clock
        for clock in running_clocks(session)
        if not clock.deadline.is_gone(session.clock.now())
    ]
    new = register_report(session, a_form(session)).case
    seat.clock.advance(hours=5)
    facts = shift_facts(session, str)
    numbers = {clock.case_number for clock in everything}
    older = [c for c in facts.clocks if any(n.endswith(c.local_case_number) for n in numbers)]
    assert facts.older is not None
    assert facts.older.count == len(everything) - 2
    assert facts.older.oldest.at == everything[0].deadline.at
    assert [clock.at for clock in older] == [clock.deadline.at for clock in everything[:-3:-1]]
    assert len(facts.clocks) > len(older), new
    print_handover(session, facts)
