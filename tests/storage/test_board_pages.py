"""Pages and counts of the board, on either database, are what sorting and filtering all cards comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.case_file.card_clock import card_ends, waits_at_rest
from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.case_holder import CaseHolder, HolderNote
from desktop.domain.ids import CaseId
from desktop.domain.law.deadlines import Deadline
from desktop.services.ports import (
    BoardList,
    BoardOnly,
    BoardOrder,
    BoardPlace,
    Reader,
    ReckonedCard,
)
from desktop.storage.clocks.board_rows import keep_cards
from desktop.storage.store import SqlStore
from desktop.ui.board.board_filter import (
    COLUMNS,
    BoardFilter,
    Desks,
    SortBy,
    arrange,
    heading_keys,
    passing,
)
from desktop.ui.board.board_item import BoardItem
from tests.storage.test_store import a_store
from tests.support.databases import Databases
from tests.support.sweep import examples
from tests.ui.board.samples import NOW, RULES, TYPES, card, held

GOLDEN = RULES.golden
BASIS = 7
_ENDS = (-60 * 50, -120, -61, -60, -59, -31, -30, -29, -1, 0, 1, 29, 30, 60, 60 * 30)
"""Minutes from now: what ends lie on each side of every border, and on it."""
_ends = st.none() | st.sampled_from(_ENDS).map(lambda m: NOW + timedelta(minutes=m))
_past = st.sampled_from([m for m in _ENDS if m <= 0]).map(lambda m: NOW + timedelta(minutes=m))
_ACCEPTED = (0, 7, 7, 20, 31, 400)


def _holder(device: str, offered: str) -> CaseHolder:
    offer = HolderNote(offered, "B", "2", NOW, "") if offered else None
    return CaseHolder(device, device[0], "620177", NOW, offer=offer)


@st.composite
def items(draw: st.DrawFn) -> tuple[BoardItem, ...]:
    """Cards of any kind, of which many are alike."""
    found = []
    for serial in range(draw(st.integers(0, 14))):
        orders = draw(st.integers(0, 2))
        made = card(
            f"1124-A-{serial:04d}",
            draw(st.sampled_from(["李秀兰", "Müller", "", "A_b%c!"])),
            draw(st.sampled_from(["", *list(TYPES)[:2]])),
            draw(st.sampled_from([0, 5, 5, 90])),
            draw(st.sampled_from(list(CaseState))).value,
            accepted_at=NOW - timedelta(days=draw(st.sampled_from(_ACCEPTED))),
            accepted_by=draw(st.sampled_from(["620134", "620177"])),
            newest_transfer_at=draw(_past),
            stop_ends_at=draw(_ends),
            order_count=orders,
            unanswered_orders=draw(st.integers(0, orders)),
            money=held(draw(st.sampled_from([0, 100, 700]))),
            visit=draw(st.sampled_from(["report", "enquiry"])),
            home=draw(st.sampled_from(["", "AAAA", "BBBB"])),
            evidence_count=draw(st.integers(0, 2)),
        )
        if draw(st.booleans()):
            holder = _holder(
                draw(st.sampled_from(["AAAA", "BBBB"])), draw(st.sampled_from(["", "AAAA"]))
            )
            made = replace(made, holder=holder)
        found.append(_item(made, draw(_ends)))
    return tuple(found)


def _item(made: CaseCard, onward: datetime | None) -> BoardItem:
    window = (Deadline("onward", onward, "golden.window", NOW),) if onward is not None else ()
    return BoardItem(
        made.id, made.state, made.victim, made.type, made.officer, made.accepted_at, made,
        draft=False, visit=made.visit, onward=window,
    )  # fmt: skip


def _reckoned(item: BoardItem) -> ReckonedCard:
    made = item.card
    assert made is not None
    running = next((window.at for window in item.onward if window.at > NOW), None)
    ends = card_ends(made, running, GOLDEN)
    return ReckonedCard(made, ends, waits_at_rest(made, NOW), made.money.at(NOW), None, None)


wishes = st.builds(
    BoardFilter,
    type=st.sampled_from(["", *list(TYPES)[:2]]),
    days=st.sampled_from([None, None, 7]),
    officer=st.sampled_from(["", "620134"]),
    text=st.sampled_from(["", "", "秀", "MÜ", "%", "_b", "!", "000", "刷单", "nobody"]),
    desks=st.sampled_from([Desks.EVERY, Desks.EVERY, Desks.OWN, Desks.WAITING]),
    own=st.just("AAAA"),
)


def _only(wanted: BoardFilter) -> BoardOnly:
    needle = wanted.text.casefold()
    named = tuple(type_ for type_, (name, _) in TYPES.items() if needle in name)
    return BoardOnly(
        wanted.type, NOW - timedelta(days=wanted.days) if wanted.days is not None else None,
        wanted.officer, wanted.text, named, wanted.own,
        not_elsewhere=wanted.desks is Desks.OWN, offered=wanted.desks is Desks.WAITING,
    )  # fmt: skip


def _paged(reader: Reader, asked: BoardList, step: int) -> list[CaseId]:
    found: list[BoardPlace] = []
    while True:
        some = reader.board_places(BASIS, asked, NOW, found[-1] if found else None, step)
        found += some
        if len(some) < step:
            return [place.case for place in found]


def _name(type_: str) -> str:
    return TYPES[type_][0] if type_ else ""


@pytest.fixture
def store(databases: Databases) -> SqlStore:
    return a_store(databases, "AAAA")


def _write(store: SqlStore, every: tuple[BoardItem, ...]) -> None:
    with store._engine.connect().execution_options(write=True) as connection, connection.begin():
        stood = connection.exec_driver_sql("SELECT case_id FROM board_row").scalars().all()
        keep_cards(connection, BASIS, stood, [_reckoned(item) for item in every])


_ANY = settings(
    max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(items(), wishes, st.integers(1, 4))
@_ANY
def test_columns_page_by_page_are_all_cards_filtered_and_in_order(
    store: SqlStore, every: tuple[BoardItem, ...], wanted: BoardFilter, step: int
) -> None:
    _write(store, every)
    only, through = _only(wanted), passing(every, wanted, NOW, _name)
    with store.read() as reader:
        for sort in SortBy:
            expected = arrange(through, sort, NOW, GOLDEN).columns
            for state, column in expected.items():
                asked = BoardList((state,), only, BoardOrder(sort.value))
                found = _paged(reader, asked, step)
                if sort is SortBy.URGENT:
                    assert found == [item.id for item in column]
                else:
                    assert sorted(found) == sorted(item.id for item in column)
                    times = {item.id: item.at for item in column}
                    ordered = [times[name] for name in found]
                    assert ordered == sorted(ordered, reverse=True)
        counts = reader.board_counts(BASIS, only, NOW)
    sizes = {state: len([i for i in through if i.state is state]) for state in COLUMNS}
    assert dict(counts.by_state) == {state: size for state, size in sizes.items() if size}
    assert list(counts.types) == sorted({item.type for item in every} - {""})
    assert counts.some is bool(every)


@given(items(), wishes, st.integers(1, 4), st.booleans())
@_ANY
def test_the_table_page_by_page_is_sorted_by_any_heading_either_way(
    store: SqlStore, every: tuple[BoardItem, ...], wanted: BoardFilter, step: int, down: bool
) -> None:
    _write(store, every)
    only, through = _only(wanted), passing(every, wanted, NOW, _name)
    known = {item.id: item for item in through}
    types = ("", *sorted({item.type for item in every} - {""}, key=_name))
    with store.read() as reader:
        for order, key in heading_keys(NOW, GOLDEN, _name).items():
            found = _paged(reader, BoardList(COLUMNS, only, order, down, types), step)
            assert sorted(found) == sorted(known), order
            keys = [key(known[name]) for name in found]
            assert keys == sorted(keys, reverse=down), order
