"""What who takes over a desk is told: what others did and what arrived since he left, and what ends in his shift."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.app.sign_in.sign_in_record import record_sign_in
from desktop.domain.case_file.shift_briefing import NewsKind, ShiftBriefing
from desktop.domain.cases.case import CaseState, OfficialNumbers
from desktop.domain.cases.tasks.task import TaskSource
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import SMALL_STATION, Officer, Role
from desktop.domain.orders.order import OrderReply, ReplyResult
from desktop.domain.orders.reply import NextHop
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_ENROLLED
from desktop.services.cases.changes.change_holder import offer_case
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.tasks import add_task
from desktop.services.look_up import find_case
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.record_step import set_official_numbers
from desktop.services.orders.shift.shift_briefing import of_shift, shift_briefing
from desktop.services.orders.shift.shift_handover import shift_facts
from desktop.services.session import Session
from tests.support.clocks import HandClock
from tests.support.sessions import Seat, a_form
from tests.support.stations import Station

MA = "620177"


def colleague(session: Session) -> Session:
    """The same desk, with another officer at it."""
    other = Officer(MA, "马晓梅", tuple(SMALL_STATION))
    with session.store.write() as transaction:
        entry = NewEntry(
            OFFICER_ENROLLED, officer_subject(session.profile.device, MA), other.to_fields()
        )
        transaction.append(MA, entry)
    return record_sign_in(replace(session, officer=other), MA)[0]


def back(session: Session) -> Session:
    return record_sign_in(session, session.officer.number)[0]


def news_by_victim(briefing: ShiftBriefing) -> list[tuple[str, list[str]]]:
    """Victim → what there is to know, as it stands on screen."""
    return [(case.victim, [item.kind.value for item in case.news]) for case in briefing.cases]


def a_reply(session: Session) -> OrderReply:
    now = session.clock.now()
    return OrderReply(
        ReplyResult.DONE, 9_800_000, 0, now, now + timedelta(hours=48), "农业银行", "", "", now
    )


def a_case(session: Session, name: str) -> CaseId:
    """A report in the official register already, so that no clock asks for that."""
    case = register_report(session, a_form(session, name)).case
    set_official_numbers(session, case, OfficialNumbers(incident="J620102261124"))
    return case


def test_who_is_here_for_the_first_time_learns_what_ends_and_nothing_else(seat: Seat) -> None:
    session = back(seat.session)
    case = register_report(session, a_form(session)).case
    add_task(
        session, case, "回电", session.clock.now() + timedelta(hours=2), source=TaskSource.PROMISE
    )
    found = shift_briefing(session)
    assert found.left_at is None
    assert {item.kind for item in found.cases[0].news} == {NewsKind.DUE}
    assert "回电" in [item.text for item in found.cases[0].news]


def test_what_a_colleague_did_and_what_ran_out_most_urgent_first(seat: Seat) -> None:
    mine = back(seat.session)
    stop = issue_stop(mine, a_form(mine, "旧案"), 0, confirmed=True).order
    promised = a_case(mine, "答应")
    left = mine.clock.now()
    add_task(mine, promised, "回电", left + timedelta(hours=3), source=TaskSource.PROMISE)
    seat.clock.advance(hours=1)
    hers = colleague(seat.session)
    fresh = a_case(hers, "新案")
    move_case(hers, fresh, CaseState.STOPPING)
    record_reply(hers, stop.id, a_reply(hers))
    move_case(hers, promised, CaseState.INVESTIGATING)
    seat.clock.advance(days=8)
    mine = back(seat.session)
    register_report(mine, a_form(mine, "本班自己接的"))
    found = shift_briefing(mine)
    assert found.left_at == left
    news = {case.victim: case for case in found.cases}
    assert found.count(NewsKind.OVERDUE)
    assert NewsKind.REPLIED in {item.kind for item in news["旧案"].news}
    kinds = {item.kind for item in news["新案"].news}
    assert NewsKind.REGISTERED in kinds
    assert NewsKind.WORKED not in kinds, "what belongs to a new report is read with it"
    assert [item.text for item in news["答应"].news if item.text] == ["回电"]
    own = {item.kind for case in found.cases if case.victim == "本班自己接的" for item in case.news}
    assert own <= {NewsKind.DUE}, "nobody is told what he did himself"
    shift = {case.victim: [item.kind for item in case.news] for case in of_shift(mine)}
    assert shift == {"本班自己接的": [NewsKind.REGISTERED]}
    (line,) = shift_facts(mine, str, lambda case: case.news[0].kind.value).news
    assert (line.victim, line.text) == ("本班自己接的", "registered")


def paid_at(session: Session, name: str, time: str) -> CaseId:
    """A report of one payment that arrived at once."""
    form = a_form(session, name)
    transfer = replace(form.transfers[0], time=f"2026-11-24 {time}", arrival="real_time")
    return register_report(session, replace(form, transfers=(transfer,))).case


def test_what_can_still_be_saved_comes_first_and_then_what_was_just_missed(seat: Seat) -> None:
    """Whoever recorded it, and however long after the other cases; papers list it in the same order."""
    session = back(seat.session)
    for name, time in (("早的", "08:00:00"), ("刚过", "09:50:00"), ("快的", "10:25:00")):
        paid_at(session, name, time)
        seat.clock.advance(seconds=1)
    briefing = shift_briefing(back(seat.session))
    firsts = [(case.victim, case.news[0].kind) for case in briefing.cases]
    assert firsts == [("快的", NewsKind.DUE), ("刚过", NewsKind.MISSED), ("早的", NewsKind.DUE)]
    clocks = [case.clock for case in briefing.cases]
    assert [clock is not None and clock.chance for clock in clocks] == [True, True, False]
    handed = shift_facts(session, str).clocks
    golden = [(clock.victim, clock.gone) for clock in handed if clock.name == "golden"]
    assert golden == [("快的", False), ("刚过", True)]
    assert [clock.victim for clock in handed[:2]] == ["快的", "刚过"]
    now = seat.clock.now()
    change = briefing.next_change(now)
    assert change is not None
    assert change > now
    seat.clock.advance(hours=2)
    later = shift_briefing(back(seat.session))
    assert not later.count(NewsKind.MISSED), "an hour later it is no news"


def test_a_reply_that_tells_where_the_money_went_carries_that_window(seat: Seat) -> None:
    mine = back(seat.session)
    stop = issue_stop(mine, a_form(mine, "转走"), 0, confirmed=True).order
    seat.clock.advance(hours=1)
    hers = colleague(seat.session)
    paid_at(hers, "新案", "11:20:00")
    on = NextHop("王五", "6217001234567890123", "建设银行", 5_000_000, hers.clock.now())
    record_reply(hers, stop.id, replace(a_reply(hers), hops=(on,)))
    briefing = shift_briefing(back(seat.session))
    assert [case.victim for case in briefing.cases] == ["新案", "转走"], "the other ends later"
    clock = briefing.cases[1].clock
    assert clock is not None
    assert (clock.kind, clock.chance) == (NewsKind.REPLIED, True)


def test_what_ran_out_before_does_not_ring_again(seat: Seat) -> None:
    session = back(seat.session)
    register_report(session, a_form(session))
    seat.clock.advance(days=20)
    session = back(session)
    assert shift_briefing(session).count(NewsKind.OVERDUE)
    seat.clock.advance(hours=20)
    session = back(session)
    assert news_by_victim(shift_briefing(session)) == []


def test_a_crash_in_the_night_ends_no_shift(seat: Seat) -> None:
    """Who signs in anew after minutes goes on: what he was told before stays told, and the sheet holds his whole shift.
    Another officer in between, for however short, makes it a new one."""
    back(seat.session)
    seat.clock.advance(hours=12)
    session = back(seat.session)
    began = seat.clock.now()
    before = shift_briefing(session).left_at
    register_report(session, a_form(session, "前半夜"))
    for _ in range(2):
        seat.clock.advance(minutes=50)
        session = back(session)
    assert shift_briefing(session).left_at == before
    facts = shift_facts(session, str, lambda case: case.number)
    assert (facts.shift_from, len(facts.news)) == (began, 1)
    colleague(session)
    session = back(session)
    facts = shift_facts(session, str, lambda case: case.number)
    assert (facts.shift_from, facts.news) == (seat.clock.now(), ())


def test_what_came_by_exchange_counts_from_when_it_came_not_from_when_it_was_written(
    station: Station,
) -> None:
    """Desk A wrote it all before the officer of desk B went home; the folder brought it afterwards."""
    a, b = station.a, station.b
    early = register_report(a, a_form(a, "早到")).case
    station.until_rest()
    b = back(b)
    known = find_case(b, early)
    late = register_report(a, a_form(a, "迟到")).case
    offer_case(a, late, b.profile.device, "换班")
    move_case(a, early, CaseState.FROZEN)
    move_case(b, known, CaseState.INVESTIGATING)
    b.clock.advance(hours=9)  # type: ignore[attr-defined]  # a clock of the hand
    station.b = b
    station.until_rest()
    b = back(b)
    found = shift_briefing(b)
    assert found.bundles
    news = {case.victim: {item.kind for item in case.news} for case in found.cases}
    assert {NewsKind.OFFERED, NewsKind.REGISTERED} <= news["迟到"]
    assert NewsKind.CONFLICT in news["早到"]
    assert NewsKind.REGISTERED not in news["早到"]
    (letter,) = (i.text for c in found.cases for i in c.news if i.kind is NewsKind.OFFERED)
    assert letter == "A"
    b.clock.advance(hours=9)  # type: ignore[attr-defined]
    b = back(b)
    assert shift_briefing(b).bundles == 0


def test_who_unlocks_learns_what_came_since_his_last_act_not_what_the_folder_did_in_his_name(
    station: Station,
) -> None:
    b = back(station.b)
    station.b = b
    case = register_report(b, a_form(b)).case
    left = b.clock.now()
    b.clock.advance(hours=9)  # type: ignore[attr-defined]  # a clock of the hand
    register_report(station.a, a_form(station.a, "夜里来的"))
    station.until_rest()
    found = shift_briefing(b, locked=True)
    assert found.left_at == left
    news = {item.case: {one.kind for one in item.news} for item in found.cases}
    assert case not in news or NewsKind.REGISTERED not in news[case]
    assert found.count(NewsKind.REGISTERED) == 1


def test_an_administrator_learns_nothing(seat: Seat) -> None:
    admin = replace(seat.session.officer, roles=(Role.ADMINISTRATOR,))
    with pytest.raises(RuleError, match=r"rights\.missing"):
        shift_briefing(replace(seat.session, officer=admin))
    with pytest.raises(RuleError, match=r"rights\.missing"):
        of_shift(replace(seat.session, officer=admin))


def test_what_came_is_reported_though_the_clock_was_set_back_meanwhile(station: Station) -> None:
    """The clock went three hours ahead until it was put right, and the bundle came before his last deed by it."""
    clock = station.b.clock
    assert isinstance(clock, HandClock)
    clock.advance(hours=3)
    station.b = back(station.b)
    register_report(station.b, a_form(station.b, "自己"))
    clock.advance(hours=-3)
    register_report(station.a, a_form(station.a, "迟到"))
    station.until_rest()
    clock.advance(hours=12)
    station.b = back(station.b)
    found = shift_briefing(station.b)
    assert NewsKind.REGISTERED.value in dict(news_by_victim(found))["迟到"]
