"""Pages of orders read from the database are what sorting and counting all of them comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.case_file.orders.order_words import words_in
from desktop.domain.cases.case import CaseState
from desktop.domain.law.urgency import Pressure
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.orders.order import OrderState, receiver
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.move_case import move_case
from desktop.services.orders import page_dispatch, page_orders
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.page_dispatch import dispatch_view, more_of_dispatch
from desktop.services.orders.page_orders import more_orders, orders_view
from desktop.services.orders.reckon import reckon
from desktop.services.ports import (
    ANY_ORDER,
    ChosenOrders,
    OrderPlace,
    OrdersBy,
    OrdersOnly,
    ReckonedCases,
)
from desktop.services.session import Session
from desktop.storage.clocks import order_filters
from desktop.ui.shared.text.datetime_text import local_day
from tests.services.test_reckon import longer_stops
from tests.support.counted_orders import (
    by_time_left,
    counted,
    in_order,
    is_chosen,
    of_flow,
    orders_on_clock,
)
from tests.support.money_worlds import MoneyWorld, worlds
from tests.support.quick_places import quick_place
from tests.support.sessions import Seat, take_seat
from tests.support.sweep import examples
from tests.ui.conftest import BEIJING
from tests.ui.orders.samples import LIMITS

T = TypeVar("T")
_LATER = (0, 20, 31, 75, 60 * 30, 60 * 47, 60 * 49, 60 * 24 * 40)
"""Minutes: before a window is over, within the hour after it, before and after a stop ends, and long after."""


def paged(session: Session, asked: ChosenOrders, now: datetime, step: int) -> list[str]:
    """Ids of a list, ``step`` at a time."""
    found: list[OrderPlace] = []
    basis = reckon(session)
    with session.store.read() as reader:
        while True:
            some = reader.order_places(basis, asked, now, found[-1] if found else None, step)
            found += some
            if len(some) < step:
                assert reader.order_count(basis, asked, now) == len(found)
                return [place.order for place in found]


def expect_same(session: Session, now: datetime, step: int = 3) -> None:
    """Pages and counts against all rows."""
    rows = orders_on_clock(session)
    view = orders_view(session, LIMITS.red_under, local_day(now, BEIJING), {})
    assert replace(view.counts, by_flow=dict(view.counts.by_flow)) == replace(
        counted(rows, LIMITS, now, BEIJING), by_flow=dict(view.counts.by_flow)
    )
    for flow in OrderFlow:
        expected = by_time_left(of_flow(rows, flow), now)
        assert paged(session, ChosenOrders((flow,)), now, step) == [
            row.view.order.id for row in expected
        ]
        shown: list[OrderRow] = [
            row for part in view.flows if part.flow is flow for row in part.rows
        ]
        assert shown == expected
        assert view.counts.by_flow.get(flow, 0) == len(expected)


@given(worlds, st.sampled_from(_LATER), st.integers(1, 4))
@settings(max_examples=examples(15))
def test_pages_are_the_sorted_list(seed: int, later: int, step: int) -> None:
    with quick_place() as folder:
        seat = take_seat(Path(folder) / "a", "A")
        world = MoneyWorld(seat.session, seed)
        world.play(seed)
        reckon(seat.session)
        world.play(seed // 7)  # what was reckoned before is brought up to date
        seat.clock.advance(minutes=later)
        expect_same(seat.session, seat.clock.now(), step)
        seat.session.store.close()


def choices(session: Session, rows: Sequence[OrderRow]) -> st.SearchStrategy[OrdersOnly]:
    """What can be chosen, from what there is, now and then nothing of it."""

    def some(values: Iterable[T], other: T) -> st.SearchStrategy[T]:
        return st.sampled_from([other, other, *sorted(set(values), key=str)])

    orders = [row.view.order for row in rows]
    words = [
        word
        for row in rows
        for word in (row.view.victim, row.view.order.payee.number[-4:], "100%")
        if word
    ]
    return st.builds(
        OrdersOnly,
        state=some((OrderState.DONE, OrderState.FAILED, OrderState.ACKNOWLEDGED), None),
        waits=some((True, False), None),
        kind=some((order.kind for order in orders), None),
        receiver=some((receiver(order).strip() for order in orders), ""),
        unit=some((order.unit_name for order in orders), ""),
        officer=some((order.issued_by for order in orders), ""),
        hops=st.sampled_from((False, False, True)),
        saving=st.sampled_from((False, False, True)),
        unheard=st.sampled_from((False, False, True)),
        pressures=st.frozensets(st.sampled_from(Pressure), max_size=2),
        words=some(map(words_in, words), ()),
    )  # fmt: skip


@given(worlds, st.sampled_from(_LATER), st.integers(1, 4), st.data())
@settings(max_examples=examples(15))
def test_what_is_chosen_is_found_and_walked_in_the_same_order(
    seed: int, later: int, step: int, data: st.DataObject
) -> None:
    """Where few have what is asked for, and where many have it."""
    with quick_place() as folder, pytest.MonkeyPatch.context() as patch:
        seat = take_seat(Path(folder) / "a", "A")
        MoneyWorld(seat.session, seed).play(seed)
        seat.clock.advance(minutes=later)
        now, rows = seat.clock.now(), orders_on_clock(seat.session)
        for _ in range(6):
            only, by = data.draw(choices(seat.session, rows)), data.draw(st.sampled_from(OrdersBy))
            expected = in_order((row for row in rows if is_chosen(row, only, now)), by, now)
            for few in (0, 5000):
                patch.setattr(order_filters, "_FEW", few)
                assert paged(seat.session, ChosenOrders(tuple(OrderFlow), only, by), now, step) == [
                    row.view.order.id for row in expected
                ]
        seat.session.store.close()


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    seat = take_seat(tmp_path / "a", "A")
    MoneyWorld(seat.session, 5).play(5)
    MoneyWorld(seat.session, 6).play(6)
    return seat


def test_more_is_read_where_the_first_page_ended(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_orders, "PAGE", 2)
    now = seat.clock.now()
    view = orders_view(seat.session, LIMITS.red_under, local_day(now, BEIJING), {})
    (part,) = view.flows
    rows = list(part.rows)
    assert len(rows) == 2
    while part.last is not None:
        part = more_orders(seat.session, view, part.flow, part.last)
        rows += part.rows
    assert rows == by_time_left(orders_on_clock(seat.session), now)
    again = orders_view(seat.session, LIMITS.red_under, local_day(now, BEIJING), {part.flow: 4})
    assert [len(part.rows) for part in again.flows] == [min(4, len(rows))]


def test_more_of_the_dispatch_is_read_where_its_page_ended(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_dispatch, "PAGE", 2)
    session, now = seat.session, seat.clock.now()
    view = dispatch_view(session, ANY_ORDER, local_day(now, BEIJING))
    assert len(view.rows) == 2
    pages = 1
    while view.last is not None:
        view = more_of_dispatch(session, view)
        pages += 1
    expected = in_order(orders_on_clock(session), OrdersBy.DISPATCH, now)
    assert list(view.rows) == expected
    assert view.count == len(expected)
    assert pages == len(expected) // 2 + 1


def test_more_is_read_after_all_was_reckoned_anew_elsewhere(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody rebuilds while the list is open, and another computer with other rules looks first."""
    monkeypatch.setattr(page_orders, "PAGE", 2)
    session, now = seat.session, seat.clock.now()
    view = orders_view(session, LIMITS.red_under, local_day(now, BEIJING), {})
    (part,) = view.flows
    rows = list(part.rows)
    session.store.rebuild(SILENT)
    assert reckon(replace(session, rules=longer_stops(session.rules))) != view.basis
    while part.last is not None:
        part = more_orders(session, view, part.flow, part.last)
        rows += part.rows
    assert rows == by_time_left(orders_on_clock(session), now)


def test_other_rules_and_new_projections_are_reckoned_anew(seat: Seat) -> None:
    expect_same(seat.session, seat.clock.now())
    expect_same(replace(seat.session, rules=longer_stops(seat.session.rules)), seat.clock.now())
    expect_same(seat.session, seat.clock.now())
    seat.session.store.rebuild(SILENT)
    expect_same(seat.session, seat.clock.now())


def test_only_what_was_spoken_of_is_reckoned(seat: Seat) -> None:
    session = seat.session
    basis = reckon(session)
    case = orders_on_clock(session)[0].view.case
    with session.store.read() as reader:
        assert not reader.waiting(basis)
    move_case(session, case, CaseState.CLOSED)
    with session.store.read() as reader:
        arrears = reader.arrears(basis, 9)
        assert set(arrears.cases) == {case}
        assert arrears.members == {case: case}
    with session.store.write() as transaction:  # spoken of again while it is reckoned
        before = replace(arrears, cases={case: arrears.cases[case] - 1})
        transaction.keep_reckoned(before, ReckonedCases(), seat.clock.now())
    with session.store.read() as reader:
        assert reader.waiting(basis) == 1
    expect_same(session, seat.clock.now())
