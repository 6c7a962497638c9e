"""Pages of the board read from the database are what filtering and sorting every case comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.case_file.orders.order_clocks import ONWARD
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.ids import CaseId
from desktop.domain.law.deadlines import AtZero, Deadline
from desktop.domain.orders.claim import WorkClaim, WorkKind, work_of_case
from desktop.domain.progress import SILENT
from desktop.domain.time.clock import to_wire
from desktop.services import page_board
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.look_up import board
from desktop.services.orders.reckon import reckon
from desktop.services.orders.shift.list_clocks import running_clocks
from desktop.services.page_board import board_view, more_cards
from desktop.services.ports import NOBODY, BoardList, BoardOnly, BoardOrder, BoardPlace
from desktop.services.session import Session
from desktop.services.where_money_is import money_places
from desktop.ui.board.board_filter import COLUMNS, BoardFilter, SortBy, arrange, passing
from desktop.ui.board.board_item import BoardItem, board_items
from tests.support.databases import KINDS, some_databases
from tests.support.money_worlds import MoneyWorld, worlds
from tests.support.quick_places import quick_place
from tests.support.sessions import Seat, a_form, take_seat
from tests.support.sweep import examples

_LATER = (0, 20, 31, 75, 60 * 30, 60 * 47, 60 * 49, 60 * 24 * 40)
"""Minutes: before a window is over, within the hour after it, before and after a stop ends, and long after."""
GOLDEN = timedelta(minutes=30)
_OF_NO_CARD = {"stop_end", "masked", "entry"}


def every_item(session: Session) -> tuple[BoardItem, ...]:
    """All cards, with all clocks and sums."""
    first: dict[CaseId, Deadline] = {}
    onward: dict[CaseId, tuple[Deadline, ...]] = {}
    for clock in running_clocks(session):
        chance = clock.deadline.at_zero is AtZero.CHANCE
        if clock.deadline.name not in _OF_NO_CARD and not chance:
            first.setdefault(clock.case, clock.deadline)
        if clock.deadline.name == ONWARD:
            onward[clock.case] = (*onward.get(clock.case, ()), clock.deadline)
    with session.store.read() as reader:
        money = {
            item.case: money_places(session, [item]).timeline() for item in reader.clock_facts()
        }
    cards = tuple(replace(card, money=money[card.id]) for card in board(session))
    return board_items(cards, (), first, onward=onward)


def paged(session: Session, basis: int, asked: BoardList, now: datetime, step: int) -> list[CaseId]:
    """A list, ``step`` cards at a time."""
    found: list[BoardPlace] = []
    with session.store.read() as reader:
        while True:
            some = reader.board_places(basis, asked, now, found[-1] if found else None, step)
            found += some
            if len(some) < step:
                return [place.case for place in found]


def ids(items: Iterable[BoardItem]) -> list[CaseId]:
    return [item.id for item in items]


def expect_same(session: Session, wanted: BoardFilter, step: int) -> None:
    """Columns, counts and what hangs on the cards, against every case."""
    items, now, basis = every_item(session), session.clock.now(), reckon(session)
    only = BoardOnly(
        wanted.type,
        now - timedelta(days=wanted.days) if wanted.days is not None else None,
        wanted.officer,
        wanted.text.strip(),
        tuple(sorted({item.type for item in items if wanted.text.strip() in item.type})),
    )
    expected = arrange(passing(items, wanted, now, str), wanted.sort, now, GOLDEN)
    order = BoardOrder(wanted.sort.value)
    for state, column in expected.columns.items():
        assert paged(session, basis, BoardList((state,), only, order), now, step) == ids(column)
    view = board_view(session, [BoardList((state,), only, order) for state in COLUMNS])
    found = [item for part in view.lists for item in part.cards]
    assert {item.card.id: (item.first, item.onward) for item in found} == {
        item.id: (item.clock, item.onward) for item in expected.all()
    }
    for one, other in zip(found, expected.all(), strict=True):
        assert other.card is not None
        assert replace(one.card, money=other.card.money) == other.card
        mine, whole = one.card.money.at(now), other.card.money.at(now)
        assert (mine.held_fen, mine.frozen_fen, mine.lapsed_fen) == (
            whole.held_fen, whole.frozen_fen, whole.lapsed_fen,
        )  # fmt: skip
    sizes = {state: len(column) for state, column in expected.columns.items() if column}
    assert dict(view.counts.by_state) == sizes
    assert set(view.counts.types) == {item.type for item in items if item.type}
    if wanted.sort is SortBy.URGENT and view.counts.next_change is not None:
        before = view.counts.next_change - timedelta(milliseconds=1)
        calm = arrange(passing(items, wanted, now, str), wanted.sort, max(before, now), GOLDEN)
        assert calm.columns == expected.columns


wishes = st.builds(
    BoardFilter,
    type=st.sampled_from(["", "task_rebate", "investment"]),
    days=st.sampled_from([None, 7]),
    officer=st.sampled_from(["", "620134"]),
    text=st.sampled_from(["", "李", "A-00", "rebate", "nobody", "%", "_"]),
    sort=st.sampled_from(list(SortBy)),
)


@example(55, 0, 1, BoardFilter(sort=SortBy.NEWEST), CaseState.NEW)  # two reports of one second
@given(worlds, st.sampled_from(_LATER), st.integers(1, 4), wishes, st.sampled_from(list(CaseState)))
@settings(max_examples=examples(25))
def test_pages_are_the_filtered_and_sorted_board(
    seed: int, later: int, step: int, wanted: BoardFilter, state: CaseState
) -> None:
    with quick_place() as folder:
        seat = take_seat(Path(folder) / "a", "A")
        world = MoneyWorld(seat.session, seed)
        world.play(seed)
        board_view(seat.session, [BoardList(COLUMNS, BoardOnly())])
        world.play(seed // 7)  # what was reckoned before is brought up to date
        for card in board(seat.session)[::3]:
            move_case(seat.session, card.id, state)
        board_view(seat.session, [BoardList(COLUMNS, BoardOnly())])
        seat.clock.advance(minutes=later)
        board_view(seat.session, [BoardList(COLUMNS, BoardOnly())])
        expect_same(seat.session, wanted, step)
        seat.session.store.close()


def test_more_cards_are_read_after_all_was_reckoned_anew_elsewhere(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody rebuilds while the board is open."""
    monkeypatch.setattr(page_board, "PAGE", 2)
    session = seat.session
    cases = [register_report(session, a_form(session)).case for _ in range(3)]
    asked = BoardList(tuple(CaseState), BoardOnly(), BoardOrder.NUMBER)
    view = board_view(session, [asked])
    (part,) = view.lists
    assert part.rest is not None
    session.store.rebuild(SILENT)
    more = more_cards(session, part.rest)
    assert [item.card.id for item in (*part.cards, *more.cards)] == cases


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_is_found_before_cases_were_reckoned(kind: str, tmp_path: Path) -> None:
    """Whether its letters are typed small or not, whatever the database makes of them."""
    with some_databases(kind, tmp_path) as databases:
        session = take_seat(tmp_path / "A", "A", where=databases.place("AAAA")).session
        for _ in range(2):
            register_report(session, a_form(session))
        newest = board(session)[0]
        for typed in (newest.number, newest.number.lower()):
            only = BoardOnly(text=typed)
            with session.store.read() as reader:
                assert reader.newest_cases(CaseState.NEW, only, 9) == (newest.id,)
        for odd in ("\0", "\ud83d"):
            (found,) = board_view(session, [BoardList(tuple(CaseState), BoardOnly(text=odd))]).lists
            assert found.cards == ()
        session.store.close()


def test_a_centre_lists_the_cases_of_one_station_of_one_kind_and_in_one_hand(
    session: Session, centre: Session, tmp_path: Path
) -> None:
    """Reckoned or not; the counts are of the same cases. Who has an order of a case in hand has not the case."""
    there = register_report(session, a_form(session)).case
    here = register_report(centre, a_form(centre)).case
    asked = register_report(centre, replace(a_form(centre), visit=Visit.TIP)).case
    export_bundle(session, tmp_path, SILENT)
    ingest(centre, Quarantine(tmp_path / "no"), [tmp_path], SILENT)
    now = to_wire(centre.clock.now())
    with centre.store.write() as transaction:
        for about, officer in (
            (work_of_case(here), "7"), (f"{WorkKind.SEAT}/8", "8"), (there, "8"),
        ):  # fmt: skip
            transaction.keep_claim(WorkClaim(about, officer, "", now, timedelta()))
    for only, cases in (
        (BoardOnly(unit=session.profile.unit_name), {there}),
        (BoardOnly(visit=Visit.TIP), {asked}),
        (BoardOnly(hand="7"), {here}),
        (BoardOnly(hand="8"), set()),
        (BoardOnly(hand=NOBODY), {there, asked}),
        (BoardOnly(hand=NOBODY, visit=Visit.REPORT, unit=session.profile.unit_name), {there}),
    ):
        with centre.store.read() as reader:
            assert {*reader.newest_cases(CaseState.NEW, only, 9)} == cases
        for order in (BoardOrder.URGENT, BoardOrder.NUMBER, BoardOrder.AT):
            view = board_view(centre, [BoardList(COLUMNS, only, order)])
            assert {card.card.id for card in view.lists[0].cards} == cases
            assert sum(view.counts.by_state.values()) == len(cases)
