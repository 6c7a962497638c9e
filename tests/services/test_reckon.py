"""What is kept as rows is what the domain says, for each who reckons by rules and a clock of his own."""

from __future__ import annotations

import random  # noqa: TID251 - repeatable, no secret
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.case_file.figure_tallies import rows_of, tallies_of, whole
from desktop.domain.case_file.statistics import GroupBy
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.case_holder import CHARGE
from desktop.domain.errors import Cancelled
from desktop.domain.law.alarms import alarm_spans
from desktop.domain.law.rules import RulePack
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Fields, Json
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.orders import reckon as reckoning
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.reckon import reckon
from desktop.services.orders.shift.list_clocks import running_clocks
from desktop.services.page_board import board_view
from desktop.services.ports import BoardList, BoardOnly, BoardOrder, ChosenOrders, ReckonedCases
from desktop.services.read_statistics import read_figures, read_statistics
from desktop.services.reckon_figures import reckoned_figures
from desktop.services.session import Session
from desktop.services.where_money_is import money_places
from desktop.storage.store import SqlStore
from tests.support.clocks import HandClock
from tests.support.counted_clocks import clocks_by_case
from tests.support.counted_orders import by_time_left, of_flow, orders_on_clock
from tests.support.databases import KINDS, some_databases
from tests.support.money_worlds import MoneyWorld, worlds
from tests.support.quick_places import quick_place
from tests.support.sessions import KEY, RULES, Seat, a_form, take_seat
from tests.support.sweep import examples


def longer_stops(rules: RulePack) -> RulePack:
    """Another pack, by which a stop lasts twice as long."""
    changed = [
        replace(rule, value=rule.value * 2) if rule.id == "stop.validity" else rule
        for rule in rules.rules
    ]
    return RulePack("other", changed, rules.calendar)


def expect_whole(session: Session) -> None:
    """Clocks, orders and figures are those of the domain, of every case."""
    now, basis = session.clock.now(), reckon(session)
    assert running_clocks(session) == clocks_by_case(session, now)
    with session.store.read() as reader:
        every = reader.clock_facts()
        types = reader.types({facts.case for facts in every})
        assert reader.waiting(basis) == 0
        flows = {
            flow: [
                place.order
                for place in reader.order_places(basis, ChosenOrders((flow,)), now, None, 10**6)
            ]
            for flow in OrderFlow
        }
    rows = orders_on_clock(session)
    for flow, found in flows.items():
        expected = by_time_left(of_flow(rows, flow), now)
        assert found == [row.view.order.id for row in expected]
    figures = read_figures(session)
    places = {facts.case: money_places(session, [facts]) for facts in every}
    anew = list(reckoned_figures(every, types, places, now))
    assert sorted(figures.cases, key=str) == sorted((item.whole for item in anew), key=str)
    parts = (part for item in anew for part in item.parts)
    assert sorted(figures.by_channel, key=str) == sorted(parts, key=str)
    tallies = tallies_of(figures.cases, figures.by_channel)
    for _ in range(2):  # months are added up, then read as sums
        read = read_statistics(session)
        assert read.total == whole(tallies)
        assert read.rows == {by: rows_of(tallies, by) for by in GroupBy}


@pytest.fixture(params=KINDS)
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Session, Session]]:
    """Two computers at one database, each with a clock of its own."""
    with some_databases(request.param, tmp_path) as databases:
        place = databases.place("AAAA")
        seat = take_seat(tmp_path / "A", "A", where=place)
        first, clock = seat.session, HandClock()
        store = SqlStore.open(place, KEY, first.profile, clock)
        yield first, replace(first, store=store, clock=clock)
        for one in (first.store, store):
            one.close()


def waits(session: Session) -> int | None:
    """How many cases somebody would reckon now."""
    now = session.clock.now()
    with session.store.read() as reader:
        basis = reader.find_basis(reckoning.mark_of(session, alarm_spans(session.rules, now)), now)
        return None if basis is None else reader.waiting(basis.number)


def other_rules(_first: Session, second: Session) -> Session:
    return replace(second, rules=longer_stops(RULES))


def clock_behind(_first: Session, second: Session) -> Session:
    assert isinstance(second.clock, HandClock)
    second.clock.advance(days=-12)
    return second


@pytest.mark.parametrize("differ", [other_rules, clock_behind])
def test_two_who_reckon_otherwise_leave_each_other_their_rows(
    two: tuple[Session, Session], differ: Callable[[Session, Session], Session]
) -> None:
    first, second = two
    case = issue_stop(first, a_form(first), 0, confirmed=True).case
    issue_stop(first, a_form(first), 0, confirmed=True)
    second = differ(first, second)
    assert waits(first) is waits(second) is None
    for _ in range(2):
        for session in (first, second):
            expect_whole(session)
            assert waits(first) in (0, None), "what the other reckoned took nothing away"
    assert waits(first) == waits(second) == 0
    move_case(first, case, CaseState.CLOSED)
    assert waits(first) == waits(second) == 1, "each hears of it"
    expect_whole(second)
    assert (waits(first), waits(second)) == (1, 0)
    expect_whole(first)


def test_rows_nobody_uses_any_more_are_taken_away_after_days(two: tuple[Session, Session]) -> None:
    session, clock = two[0], two[0].clock
    assert isinstance(clock, HandClock)
    issue_stop(session, a_form(session), 0, confirmed=True)
    former = reckon(replace(session, rules=longer_stops(RULES)))
    for day in range(30):
        expect_whole(session)
        with session.store.read() as reader:
            if day < 7:
                assert reader.waiting(former) == 0, "somebody may come back"
        clock.advance(days=1)
    with session.store.read() as reader:
        assert reader.waiting(former) is None
        assert reader.live_clocks(former, session.clock.now()) == ()
        assert not list(reader.figures(former, None, None, parts=False))
    expect_whole(session)


def test_texts_that_no_index_takes_are_reckoned_like_any_others(
    two: tuple[Session, Session],
) -> None:
    """Any text may stand there, and nobody may end the lists of a centre by one."""
    first, _ = two
    case = register_report(first, a_form(first)).case
    drawn = random.Random(3).choices([chr(sign) for sign in range(0x4E00, 0x9F00)], k=2000)  # noqa: S311 - no secret
    long = "".join(drawn)
    offer: Json = {"device": long, "letter": "B", "by": "1", "reason": ""}
    holder: Json = {"device": "AAAA", "letter": "A", "by": "1", "reason": "", "offer": offer}
    told: Fields = {"type": long, "victim.name": long, CHARGE: holder}
    with first.store.write() as transaction:
        transaction.append(first.officer.number, NewEntry(CASE_AMENDED, f"case/{case}", told))
    for _ in range(2):
        assert len(read_statistics(first).rows[GroupBy.TYPE]) == 1
    by_type = BoardList(tuple(CaseState), BoardOnly(type=long), BoardOrder.TYPE, types=(long,))
    (found,) = board_view(first, [by_type]).lists
    assert [item.card.id for item in found.cards] == [case]


@pytest.mark.parametrize("hours", [30, -30])
def test_two_with_wrong_clocks_take_nothing_from_a_third(seat: Seat, hours: int) -> None:
    """They look in turns, and say each time that they use the rows that are theirs together."""
    session = seat.session
    issue_stop(session, a_form(session), 0, confirmed=True)
    wrong = HandClock()
    wrong.advance(hours=hours)
    other = replace(session, rules=longer_stops(RULES))
    theirs = reckon(other)
    for _ in range(20):
        reckon(session)
        reckon(replace(session, clock=wrong))
    assert reckon(other) == theirs
    assert waits(other) == 0


class _StopsAfter:
    """Somebody leaves the page after so many batches."""

    def __init__(self, batches: int) -> None:
        self._left = batches

    def advance(self, done: int, total: int) -> None:
        assert 0 <= done <= total

    def check(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Cancelled


@dataclass
class Desk:
    """A desk at which cases change and are reckoned by several, some of whom are slow."""

    seat: Seat
    world: MoneyWorld
    late: list[Callable[[], None]] = field(default_factory=list)

    def play(self, seed: int) -> None:
        self.world.play(seed)

    def reckon_some(self, seed: int) -> None:
        with suppress(Cancelled):
            reckon(self._session(seed), _StopsAfter(seed % 4))

    def overtake(self, seed: int) -> None:
        """Somebody reads what waits and is slow with it: what he makes of it comes later, behind what happens, and
        behind who reckoned that."""
        session = self._session(seed)
        now = session.clock.now()
        mark = reckoning.mark_of(session, alarm_spans(session.rules, now))
        with session.store.write() as transaction:
            basis = transaction.put_basis_in_order(mark, now)
        self.play(seed)
        with session.store.read() as reader:
            read = reckoning.read_some(reader, basis)
        found = reckoning.reckoned(session, read, alarm_spans(session.rules, now), now)

        def write() -> None:
            with session.store.write() as transaction:
                transaction.keep_reckoned(read.arrears, found, now)

        self.late.append(write)
        self.play(seed // 5)
        if seed % 2:
            reckon(session)
        if seed % 4 == 1:
            self.write(seed)

    def write(self, seed: int) -> None:
        if self.late:
            self.late.pop(seed % len(self.late))()

    def rebuild(self, _seed: int) -> None:
        self.seat.session.store.rebuild(SILENT)

    def pass_time(self, seed: int) -> None:
        self.seat.clock.advance(minutes=(-60 * 24 * 9, 20, 60 * 49, 60 * 24 * 10)[seed % 4])

    def look(self, seed: int) -> None:
        expect_whole(self._session(seed))

    def _session(self, seed: int) -> Session:
        session = self.seat.session
        return replace(session, rules=longer_stops(RULES)) if seed % 3 == 0 else session


_VERBS = (
    Desk.play, Desk.reckon_some, Desk.overtake, Desk.write, Desk.rebuild, Desk.pass_time, Desk.look,
)  # fmt: skip


@given(worlds, st.lists(st.tuples(st.sampled_from(_VERBS), worlds), max_size=12))
@settings(max_examples=examples(15))
def test_rows_are_what_the_domain_says_in_whatever_order_things_happen(
    first: int, acts: list[tuple[Callable[[Desk, int], None], int]]
) -> None:
    with quick_place() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reckoning, "_AT_ONCE", 1)
        patch.setattr("tests.support.money_worlds.ACTS", 6)
        seat = take_seat(Path(folder) / "desk", "A")
        desk = Desk(seat, MoneyWorld(seat.session, first))
        desk.play(first)
        for verb, seed in acts:
            verb(desk, seed)
        desk.overtake(first)
        for late in desk.late:
            late()
        for seed in (0, 1):
            desk.look(seed)
        seat.session.store.close()


def test_nothing_is_kept_of_cases_that_do_not_wait(seat: Seat) -> None:
    session = seat.session
    issue_stop(session, a_form(session), 0, confirmed=True)
    basis = reckon(session)
    with session.store.write() as transaction:
        case = orders_on_clock(session)[0].view.case
        stale = replace(transaction.arrears(basis, 9), members={case: case}, cases={case: 1})
        transaction.keep_reckoned(stale, ReckonedCases(), session.clock.now())
    expect_whole(session)


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return take_seat(tmp_path, "A")
