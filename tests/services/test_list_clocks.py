"""Alarms on a real desk whose clock goes where it wants: each is raised once, whatever happens to the machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.case_file.clocks import case_clocks, facts_of, is_live
from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.case import CaseState, OfficialNumbers
from desktop.domain.cases.step import StepKind
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.law.alarms import AlarmStage, stage_of
from desktop.domain.law.alarms import alarm_spans as spans_of
from desktop.domain.law.deadlines import AtZero, Deadline, article_of
from desktop.domain.law.rules import RulePack
from desktop.domain.orders.order import OrderReply, ReplyResult
from desktop.services.cases.changes.merge_cases import merge_cases, whole_file
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_deadlines, case_file
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.reckon import reckon
from desktop.services.orders.record_step import record_step, set_official_numbers
from desktop.services.orders.shift.list_clocks import (
    ClockWatch,
    running_clocks,
    watch_clocks,
)
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.counted_clocks import clocks_by_case
from tests.support.money_worlds import MoneyWorld, worlds
from tests.support.quick_places import quick_place
from tests.support.sessions import Seat, a_form, stopped_fen, take_seat
from tests.support.sweep import examples


def a_case(session: Session, name: str = "李秀兰") -> CaseId:
    """A report with a stop nobody answered, a step, and nothing in the official register."""
    form = a_form(session, name)
    case = register_report(session, form).case
    issue_stop(session, form, 0, confirmed=True)
    record_step(session, case, StepKind.NOT_OURS, session.clock.now())
    return case


def names(session: Session) -> list[str]:
    return [clock.deadline.name for clock in running_clocks(session)]


def test_all_cases_at_once_have_the_clocks_each_has_by_itself(seat: Seat) -> None:
    session = seat.session
    cases = [a_case(session, name) for name in ("李秀兰", "马强", "孙丽")]
    set_official_numbers(session, cases[1], OfficialNumbers(incident="J62010226112400017"))
    move_case(session, cases[2], CaseState.CLOSED)
    record_step(session, cases[2], StepKind.SEIZED_UNRELATED, session.clock.now())
    seat.clock.advance(hours=30)
    alone = Counter(
        (case, clock)
        for case in cases
        for file in (case_file(session, case),)
        for clock in case_clocks(session.rules, facts_of(file))
        if is_live(clock, file.case.state, session.clock.now())
    )
    together = running_clocks(session)
    assert Counter((clock.case, clock.deadline) for clock in together) == alone
    ends = [clock.deadline.at for clock in together]
    assert ends == sorted(ends)
    of_closed = {clock.deadline.name for clock in together if clock.case == cases[2]}
    assert of_closed == {"return_seized"}
    assert "entry" not in {clock.deadline.name for clock in together if clock.case == cases[1]}
    late = [clock for clock in together if clock.deadline.at <= session.clock.now()]
    assert len(late) == 3


def test_a_payment_that_failed_is_no_loss_on_either_list(seat: Seat) -> None:
    session, form = seat.session, a_form(seat.session)
    paid = replace(form.transfers[0], amount="2,000.00")
    failed = replace(paid, id=session.ids.new_id(), serial="77", attempted=TICKED)
    case = register_report(session, replace(form, transfers=(paid, failed))).case
    own = case_clocks(session.rules, facts_of(case_file(session, case)))
    assert Counter(clock.deadline for clock in running_clocks(session)) == Counter(own)


def test_reports_that_were_merged_have_one_set_of_clocks(seat: Seat) -> None:
    session = seat.session
    first, second = a_case(session), a_case(session)
    merge_cases(session, first, second, "同一件事")
    file, merger = whole_file(session, first)
    assert len(merger.twice) == 1, "both tell the same payment"
    alone = [
        clock
        for clock in case_deadlines(session, file, merger)
        if is_live(clock, file.case.state, session.clock.now())
    ]
    assert names(session).count("revoke") == 1, "and it is called back once"
    together = running_clocks(session)
    assert {clock.case for clock in together} == {first}
    assert Counter(clock.deadline for clock in together) == Counter(alone)


def test_merged_reports_are_read_together_among_however_many(seat: Seat) -> None:
    session = seat.session
    first, second = a_case(session), a_case(session)
    merge_cases(session, first, second, "同一件事")
    between = {CaseId(f"{min(first, second)}{number}") for number in range(1000)}
    with session.store.read() as reader:
        alone = reader.clock_facts(cases={first, second})
        assert len(alone) == 1
        assert reader.clock_facts(cases={first, second} | between) == alone
        for one in (first, second):
            assert reader.clock_facts(cases={one}) == alone, "whichever is asked for"


def test_the_slower_of_two_who_reckon_keeps_nothing_old(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it read was changed, and reckoned by another, before it could write."""
    session, case = seat.session, a_case(seat.session)
    others: list[Callable[[], object]] = [
        lambda: move_case(session, case, CaseState.CLOSED),
        lambda: reckon(session),
    ]

    def overtaken(rules: RulePack, deadline: Deadline) -> str:
        while others:
            others.pop(0)()
        return article_of(rules, deadline)

    monkeypatch.setattr("desktop.services.orders.reckon.article_of", overtaken)
    reckon(session)
    now = session.clock.now()
    assert not others
    assert running_clocks(session) == clocks_by_case(session, now)


def test_an_alarm_ahead_then_one_when_it_is_over(seat: Seat) -> None:
    session = seat.session
    a_case(session)
    assert watch_clocks(session).new == ()
    told: list[tuple[str, AlarmStage]] = []
    for _ in range(40):
        watch = watch_clocks(session)
        told += [(alarm.clock.deadline.name, alarm.stage) for alarm in watch.new]
        if watch.next_at is None:
            break
        seat.clock.instant = watch.next_at
    assert told == [
        ("entry", AlarmStage.AHEAD),
        ("entry", AlarmStage.OVER),
        ("jurisdiction", AlarmStage.AHEAD),
        ("jurisdiction", AlarmStage.OVER),
        ("filing", AlarmStage.AHEAD),
        ("filing", AlarmStage.OVER),
    ]


def test_what_was_done_in_time_raises_nothing(seat: Seat) -> None:
    session = seat.session
    case = a_case(session)
    set_official_numbers(session, case, OfficialNumbers(incident="J62010226112400017"))
    record_step(session, case, StepKind.TRANSFERRED, session.clock.now())
    seat.clock.advance(days=400)
    assert watch_clocks(session).new == ()


def test_sleeping_over_a_deadline_raises_one_alarm_and_a_restart_none(seat: Seat) -> None:
    a_case(seat.session)
    seat.clock.advance(days=10)
    new = watch_clocks(seat.session).new
    assert {alarm.stage for alarm in new} == {AlarmStage.OVER}
    assert sorted(alarm.clock.deadline.name for alarm in new) == ["entry", "filing", "jurisdiction"]
    seat.reopen()
    assert watch_clocks(seat.session).new == ()
    seat.clock.advance(days=-9, hours=-23)
    assert watch_clocks(seat.session).new == ()
    seat.clock.advance(days=30)
    assert watch_clocks(seat.session).new == ()
    assert {"entry", "filing", "jurisdiction"} <= set(names(seat.session)), "overdue stays a state"


def expect_watched(session: Session, watch: ClockWatch) -> None:
    """What is watched is what the domain has, and stays so until the next look."""
    now, spans = session.clock.now(), spans_of(session.rules, session.clock.now())
    running = clocks_by_case(session, now)
    assert running_clocks(session) == running
    pressing = sorted(running, key=lambda clock: clock.pressing.urgency(now))
    assert list(watch.pressing) == pressing[:12]
    duties = [clock.deadline for clock in running if clock.deadline.at_zero is not AtZero.CHANCE]
    assert watch.late == sum(clock.at <= now for clock in duties)
    soon = now + timedelta(hours=48)
    assert list(watch.ends) == sorted(clock.at for clock in duties if now < clock.at <= soon)
    assert watch.next_at is None or watch.next_at > now
    before = watch.next_at - timedelta(milliseconds=1) if watch.next_at else now.replace(year=2200)
    assert clocks_by_case(session, before) == running
    for clock in running:
        assert stage_of(clock.deadline, spans, before) == stage_of(clock.deadline, spans, now)
        assert clock.pressing.pressure(before) is clock.pressing.pressure(now) or (
            clock.deadline.at <= now
        ), "what ran out falls back by itself, where nobody looks"


@given(worlds, st.sampled_from((0, 20, 45, 60 * 30, 60 * 49, 60 * 24 * 9)))
@settings(max_examples=examples(6))
def test_what_is_kept_is_what_the_domain_reckons(seed: int, later: int) -> None:
    with quick_place() as folder:
        seat = take_seat(Path(folder) / "desk", "A")
        world = MoneyWorld(seat.session, seed)
        world.play(seed)
        running_clocks(seat.session)
        world.play(seed // 5)
        seat.clock.advance(minutes=later)
        expect_watched(seat.session, watch_clocks(seat.session))
        seat.session.store.close()


JUMPS = st.lists(
    st.tuples(
        st.sampled_from(("ahead", "back", "restart", "zone", "year_2099", "home")),
        st.integers(1, 40 * 24 * 60),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=examples(25))
@given(JUMPS)
def test_however_the_clock_jumps_each_stage_of_each_clock_rings_once(
    jumps: list[tuple[str, int]],
) -> None:
    with quick_place() as folder:
        seat = take_seat(Path(folder) / "desk", "A")
        a_case(seat.session)
        told: Counter[tuple[str, AlarmStage]] = Counter()
        stage_reached: dict[str, AlarmStage] = {}
        for kind, minutes in jumps:
            _jump(seat, kind, minutes)
            watch = watch_clocks(seat.session)
            now = seat.clock.now()
            for alarm in watch.new:
                told[alarm.clock.key, alarm.stage] += 1
                assert alarm.stage > stage_reached.get(alarm.clock.key, 0)
                stage_reached[alarm.clock.key] = alarm.stage
            running = clocks_by_case(seat.session, now)
            for clock in running:
                if clock.deadline.at <= now and clock.deadline.at_zero is not AtZero.CHANCE:
                    assert stage_reached[clock.key] is AlarmStage.OVER, "slept over in silence"
            expect_watched(seat.session, watch)
        assert not told or max(told.values()) == 1
        seat.session.store.close()


def _jump(seat: Seat, kind: str, minutes: int) -> None:
    moves: dict[str, Callable[[], object]] = {
        "ahead": lambda: seat.clock.advance(minutes=minutes),
        "back": lambda: seat.clock.advance(minutes=-minutes),
        "restart": seat.reopen,
        "zone": lambda: _in_zone(seat, minutes % 24 - 12),
        "year_2099": lambda: setattr(seat.clock, "instant", START.replace(year=2099)),
        "home": lambda: setattr(seat.clock, "instant", START),
    }
    moves[kind]()


def _in_zone(seat: Seat, hours: int) -> None:
    """The PC was set to another zone: the same instant, written otherwise."""
    seat.clock.instant = seat.clock.instant.astimezone(timezone(timedelta(hours=hours)))


def test_who_may_not_read_cases_learns_nothing(session: Session) -> None:
    nobody = replace(session, officer=Officer("9", "管理员", (Role.ADMINISTRATOR,)))
    for ask in (running_clocks, watch_clocks):
        with pytest.raises(RuleError, match=r"rights\.missing"):
            ask(nobody)


@pytest.mark.parametrize("state", CaseState)
def test_a_stop_that_lapses_alarms_in_whatever_column_its_case_stands(
    seat: Seat, state: CaseState
) -> None:
    """Somebody moved the card on, and no freeze took over."""
    session = seat.session
    case = a_case(session)
    (view,) = case_file(session, case).orders
    now = session.clock.now()
    ends = now + timedelta(hours=48)
    held = OrderReply(ReplyResult.PARTIAL, 5_000_000, 0, now, ends, "农行", "", "", now)
    record_reply(session, view.order.id, held)
    if case_file(session, case).case.state is not state:
        move_case(session, case, state)
    watch_clocks(session)
    seat.clock.advance(hours=48, minutes=5)
    over = [
        item.clock.deadline.name
        for item in watch_clocks(session).new
        if item.stage is AlarmStage.OVER
    ]
    assert over.count("stop_end") == 1
    assert stopped_fen(session, case) == 0
