"""What screens ask of the database does not grow with the cases of a desk, on two desks of which one has four times as
many. Counted in steps of SQLite's machine, so that no clock is needed; a table that is looked through is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Connection

from desktop.app.installation import Installation
from desktop.bench.desks.make_desk import PASSWORD, make_desk
from desktop.bench.desks.varied_cases import OFFICERS
from desktop.bench.sizes.work_of_database import DatabaseWork, counted
from desktop.domain.case_file.case_filter import CaseFilter
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.ids import CaseId
from desktop.domain.installation.audit import AuditQuery
from desktop.domain.law.urgency import Pressure
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.orders.order import OrderKind
from desktop.domain.progress import SILENT
from desktop.services import page_board
from desktop.services.audit.list_audit import audit_page, audit_sum
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.objections.objections_of_case import open_objections
from desktop.services.look_up import board, case_file, find_case, history, orders, search
from desktop.services.officers.trust_changes import unseen_changes
from desktop.services.orders import page_dispatch, page_orders
from desktop.services.orders.confirm_order import unconfirmed
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.page_dispatch import dispatch_view
from desktop.services.orders.page_orders import orders_view
from desktop.services.orders.reckon import reckon
from desktop.services.orders.shift.list_clocks import running_clocks, watch_clocks
from desktop.services.orders.shift.shift_briefing import shift_briefing
from desktop.services.orders.shift.shift_handover import shift_facts
from desktop.services.page_board import board_view
from desktop.services.ports import (
    ANY_ORDER,
    NOBODY,
    BoardList,
    BoardOnly,
    BoardOrder,
    ChosenOrders,
    OrdersBy,
    OrdersOnly,
)
from desktop.services.read_statistics import read_statistics
from desktop.services.session import Session
from desktop.storage.clocks import order_pages
from tests.support.sessions import a_form

FEW, TIMES = 100, 5
_ANY_CASE = BoardOnly()
_A_FEW = 2
"""Cards of a page: as many as each column of the smaller desk has."""
LOOKED_AT = 20
"""Cases in the middle of the desk, so that one with a large gang does not decide."""
_OF_OTHERS = 1.5
"""The same where the cases that are looked for are others on each desk."""
OF_NO_CASE = 4 * FEW * (TIMES - 1)
"""Steps more that are no work on each of the other cases, of which there are ``FEW * (TIMES - 1)`` more: several spans
of days instead of one, some chances more that run just now."""
_TURNS = 3
OF_A_CASE = 20
"""Rows that a case has at the most, of any kind, on the average."""
AS_MANY = 1.3
"""Of the same work on two desks: one case has a payment more than another."""
SHORT = {
    "SCAN CONSTANT ROW",
    "SCAN json_each VIRTUAL TABLE INDEX 1:",  # what was asked for
    "SCAN known",  # streams, found one by one
    "SCAN f",  # the first clock of each card of a page
    "SCAN party_row",
    "SCAN party_row USING INDEX sqlite_autoindex_party_row_1",
    "SCAN objection",  # whether there is any
    "SCAN held USING COVERING INDEX sqlite_autoindex_held_1",  # what waits for a predecessor
    "SCAN value USING INDEX value_objected",  # the few cases somebody objected in
    "SCAN case_link USING COVERING INDEX case_link_into",  # the same
    "SCAN reckoning",  # a handful of bases
    "SCAN i VIRTUAL TABLE INDEX 192:M1",  # the same, the newest first
    "SCAN i VIRTUAL TABLE INDEX 192:M1><",  # the same, of some days
    *(  # the first of a table that is sorted by a heading
        f"SCAN board_row USING COVERING INDEX board_{name}"
        for name in ("victim", "number", "stopped", "loss", "accepted")
    ),
    "SCAN i VIRTUAL TABLE INDEX 0:M1",  # what the index of words found
    "SCAN t",  # the newest entries of a kind that the audit shows
    "SCAN k",  # those of all kinds
}
"""Plans that go through something which does not grow with the cases."""


Act = Callable[[], object]
Prepare = Callable[[Session], Act]


def looked_through(session: Session, work: DatabaseWork) -> set[str]:
    """The plans of what was asked that go through a whole table."""
    with session.store._engine.connect() as connection:  # type: ignore[attr-defined]  # as above
        return scanned(connection.connection.cursor(), work)


def scanned(cursor: Any, work: DatabaseWork) -> set[str]:
    """The same by what this connection knows of how many rows there are."""
    found = set()
    for statement, given in work.statements:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", given)
            found |= {row[3] for row in cursor.fetchall() if row[3].startswith("SCAN ")}
    return found


@pytest.fixture(scope="module")
def desks(quick_disk: Path) -> Iterator[tuple[Session, Session]]:
    installations = []
    for count in (FEW, FEW * TIMES):
        make_desk(quick_disk / f"{count}", count, 7, SILENT)
        installations.append(Installation(quick_disk / f"{count}"))
    sessions = [one.sign_in(OFFICERS[0], PASSWORD) for one in installations]
    for session in sessions:
        for place, card in enumerate(board(session)[: 4 * len(CaseState)]):
            state = list(CaseState)[place % len(CaseState)]
            if card.state is not state:  # no column is empty
                move_case(session, card.id, state)
        running_clocks(session)  # the first look reckons every case
    yield sessions[0], sessions[1]
    for one in installations:
        one.close()


@pytest.fixture
def few_to_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as there are of everything on the smaller desk, too."""
    for module in (page_board, page_orders, page_dispatch):
        monkeypatch.setattr(module, "PAGE", _A_FEW)
    monkeypatch.setattr(order_pages, "COUNTED", _A_FEW)


def middle(session: Session) -> list[CaseId]:
    cards = board(session)
    at = len(cards) // 2
    return [card.id for card in cards[at : at + LOOKED_AT]]


def _of_each(look: Callable[[Session, CaseId], object]) -> Prepare:
    """The same look at each of the cases in the middle."""

    def prepare(session: Session) -> Act:
        cases = middle(session)
        return lambda: [look(session, case) for case in cases]

    return prepare


def _telephone(session: Session) -> Act:
    numbers = [case_file(session, case).case.victim.phone for case in middle(session)]
    return lambda: [search(session, number) for number in numbers]


def _name(session: Session) -> Act:
    names = [case_file(session, case).case.victim.name for case in middle(session)]
    return lambda: [search(session, name) for name in names]


def _narrowed(session: Session) -> Act:
    """What many have, narrowed by all that can be chosen, also by what nobody has."""
    now, unit = session.clock.now(), board(session)[0].unit_name
    some = [
        CaseFilter("", "", "report", officer, unit, now - timedelta(days=3650), now)
        for officer in ("", "nobody")
    ]
    return lambda: [search(session, "银行", _A_FEW, only) for only in some]


def _number(session: Session) -> Act:
    number = board(session)[LOOKED_AT].number
    return lambda: find_case(session, number)


def _register(session: Session) -> Act:
    form = a_form(session)
    return lambda: register_report(session, form)


def _stop(session: Session) -> Act:
    form = a_form(session)
    return lambda: issue_stop(session, form, 0, confirmed=True)


def _move(session: Session) -> Act:
    case = next(card.id for card in board(session) if card.state is not CaseState.CLOSED)
    return lambda: move_case(session, case, CaseState.CLOSED)


def _reckoned(session: Session) -> Act:
    reckon(session)
    return partial(reckon, session)


def _take_in_nothing(session: Session) -> None:
    with session.store.write() as transaction:
        assert transaction.apply([]).conflicts == 0


def _after(list_: Callable[[Session], object]) -> Prepare:
    """A list that was shown before, after another case was registered with its order."""

    def prepare(session: Session) -> Act:
        list_(session)
        _stop(session)()
        return lambda: list_(session)

    return prepare


def _board_pages(session: Session) -> Act:
    """The first cards of each column and of the table, whatever is chosen, and what follows them."""
    now = session.clock.now()
    basis = reckon(session)
    view = board_view(session, [BoardList(tuple(CaseState), BoardOnly())])
    lists = list(_lists(view.counts.types))

    def pages() -> None:
        with session.store.read() as reader:
            for asked in lists:
                places = reader.board_places(basis, asked, now, None, _A_FEW)
                names = [place.case for place in places]
                assert reader.cards_of(names)
                reader.card_clocks(basis, names, now)
                reader.board_places(basis, asked, now, places[-1], _A_FEW)

    return pages


def _lists(types: tuple[str, ...]) -> Iterator[BoardList]:
    """By whatever an index is kept of."""
    own = (BoardOrder.DESK, BoardOrder.FILES, BoardOrder.ORDERS)
    orders = [order for order in BoardOrder if order not in own]
    for order in orders:
        yield BoardList(tuple(CaseState), BoardOnly(), order, types=types)
    for only in (BoardOnly(visit=Visit.REPORT), BoardOnly(hand=NOBODY)):  # as a centre chooses
        for order in (BoardOrder.URGENT, BoardOrder.AT):
            yield BoardList(tuple(CaseState), only, order)


def _order_pages(*only: OrdersOnly) -> Prepare:
    """The first orders of each list, and what follows them."""
    lists = [ChosenOrders(tuple(OrderFlow), some, by) for some in only for by in OrdersBy]

    def prepare(session: Session) -> Act:
        now, basis = session.clock.now(), reckon(session)
        return partial(_pages, session, basis, now, lists)

    return prepare


def _pages(session: Session, basis: int, now: datetime, lists: Sequence[ChosenOrders]) -> None:
    with session.store.read() as reader:
        for asked in lists:
            places = reader.order_places(basis, asked, now, None, _A_FEW)
            reader.order_places(basis, asked, now, places[-1], _A_FEW)


def _board(session: Session, only: BoardOnly = _ANY_CASE) -> object:
    return board_view(session, [BoardList((state,), only) for state in CaseState])


def _one_type(session: Session) -> object:
    types = board_view(session, [BoardList(tuple(CaseState), BoardOnly())]).counts.types
    return _board(session, BoardOnly(type=types[0]))


def _orders(session: Session) -> object:
    now = session.clock.now()
    return orders_view(session, timedelta(hours=1), (now - timedelta(days=1), now), {})


def _dispatch(session: Session) -> object:
    now = session.clock.now()
    return dispatch_view(session, ANY_ORDER, (now - timedelta(days=1), now))


def _audited(session: Session) -> object:
    query = AuditQuery()
    return audit_page(session, query, None, _A_FEW), audit_sum(session, query, FEW)


BOUNDED: dict[str, Prepare] = {
    "pages of the board": _board_pages,
    "pages of orders": _order_pages(ANY_ORDER, OrdersOnly(pressures=frozenset({Pressure.OVERDUE}))),
    "a case": _of_each(case_file),
    "its history": _of_each(history),
    "a number": _number,
    "registering": _register,
    "a stop order": _stop,
    "a step": _move,
    "a look whether anything ran out": _reckoned,
    "the end of a bundle": lambda session: partial(_take_in_nothing, session),
    "the board after an act": _after(_board),
    "the board of one type": _after(_one_type),
    "the list of orders after an act": _after(_orders),
    "the dispatch after an act": _after(_dispatch),
    "the look at the clocks after an act": _after(watch_clocks),
    "the audit": lambda session: partial(_audited, session),
    "orders of one officer alone": lambda session: partial(unconfirmed, session),
    "open objections": lambda session: partial(open_objections, session),
    "whom this installation trusts since": lambda session: partial(unseen_changes, session),
}
NARROWED = "a search that was narrowed"
OF_ALL: dict[str, Prepare] = {
    "every card": lambda session: partial(board, session),
    "orders": lambda session: partial(orders, session),
    "orders that were chosen": _order_pages(
        OrdersOnly(kind=OrderKind.STOP, words=("62",)), OrdersOnly(kind=OrderKind.STOP)
    ),
    "clocks": lambda session: partial(running_clocks, session),
    "statistics after an act": _after(read_statistics),
    "what came since you left": lambda session: partial(shift_briefing, session),
    "the handover sheet": lambda session: partial(shift_facts, session, str),
    # A text is found by its pairs of characters, and those of a number are in the numbers of many cases.
    "a telephone": _telephone,
    "a name": _name,
    NARROWED: _narrowed,
}


def asked(session: Session, prepare: Prepare) -> DatabaseWork:
    act = prepare(session)
    with counted() as work:
        act()
    return work


def least(session: Session, prepare: Prepare) -> DatabaseWork:
    """Of the same work done some times: now and then the index of words is put in order, by whoever writes then."""
    return min((asked(session, prepare) for _ in range(_TURNS)), key=lambda work: work.steps)


@pytest.mark.usefixtures("few_to_a_page")
@pytest.mark.parametrize("name", BOUNDED)
def test_work_on_one_case_does_not_grow_with_the_others(
    desks: tuple[Session, Session], name: str
) -> None:
    few, many = (least(session, BOUNDED[name]) for session in desks)
    assert many.steps > 0
    assert looked_through(desks[1], many) <= SHORT
    assert many.steps <= few.steps * AS_MANY + OF_NO_CASE, (few.steps, many.steps)


@pytest.mark.parametrize("name", OF_ALL)
def test_what_takes_longer_with_more_cases_takes_no_more_of_each(
    desks: tuple[Session, Session], name: str
) -> None:
    for session in desks:
        reckon(session)  # on one of them more may have been done before
    few, many = (asked(session, OF_ALL[name]) for session in desks)
    assert many.steps <= few.steps * TIMES * _OF_OTHERS, (few.steps, many.steps)
    more = len(many.statements) - len(few.statements)
    assert more <= FEW * TIMES / 20, "a statement for each case"


def test_a_search_that_is_narrowed_asks_the_index_alone(desks: tuple[Session, Session]) -> None:
    work = asked(desks[1], OF_ALL[NARROWED])
    assert work.statements
    assert looked_through(desks[1], work) <= SHORT


ENDED_LATELY = re.compile(r"\b(\w+) > \S+ AND \1 <= \S+")
"""What ended within the hour is sorted by sums: a handful."""
OF_A_PAGE = re.compile(r"AMONG|json_each")
"""So is what hangs on the rows of a page."""
PAGES = ("pages of the board", "pages of orders")


def sorted_anew(cursor: Any, work: DatabaseWork) -> set[str]:
    """Questions whose rows are sorted for the answer, though a page of them is wanted."""
    found = set()
    for statement, given in work.statements:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", given)
            if any("TEMP B-TREE" in row[3] for row in cursor.fetchall()):
                found.add(statement)
    return {
        statement
        for statement in found
        if not ENDED_LATELY.search(statement) and not OF_A_PAGE.search(statement)
    }


OF_ALL_ROWS = re.compile(
    r"SEARCH (board_row|order_clock|case_clock|figures_row) .*\(basis=\?( AND (state|flow|chance|part)=\?)?\)$"
)
COUNTING = re.compile(r"\b(count|sum)\(")


def counted_anew(cursor: Any, work: DatabaseWork) -> set[str]:
    """Questions that count or add up all rows of a list, or of a large part of it, and stop nowhere."""
    found = set()
    for statement, given in work.statements:
        if COUNTING.search(statement) and "LIMIT" not in statement:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", given)
            if any(OF_ALL_ROWS.match(row[3]) for row in cursor.fetchall()):
                found.add(statement)
    return found


TOLD_FOR_GOOD = re.compile(r"SEARCH .*case_clock_until \(basis=\? AND until>\?\)$")


def past_all_clocks(cursor: Any, work: DatabaseWork) -> set[str]:
    """Questions that walk along what is still told of: nearly all clocks are told of for good."""
    found = set()
    for statement, given in work.statements:
        of_clocks = statement.startswith("SELECT") and "case_clock" in statement
        if of_clocks and "min(until)" not in statement:  # the first alone
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", given)
            if any(TOLD_FOR_GOOD.match(row[3]) for row in cursor.fetchall()):
                found.add(statement)
    return found


def count_as(connection: Connection, times: int) -> None:
    """What is known of rows speaks of a desk that is ``times`` as large, until it is rolled back. What
    belongs to a case is as much as before."""
    connection.exec_driver_sql("ANALYZE")
    for row, stat in connection.exec_driver_sql("SELECT rowid, stat FROM sqlite_stat1").fetchall():
        larger = (
            str(int(word) * times) if word.isdigit() and int(word) > OF_A_CASE else word
            for word in stat.split()
        )
        given = (" ".join(larger), row)
        connection.exec_driver_sql("UPDATE sqlite_stat1 SET stat = ? WHERE rowid = ?", given)
    connection.exec_driver_sql("ANALYZE sqlite_schema")


@pytest.mark.usefixtures("few_to_a_page")
@pytest.mark.parametrize("name", BOUNDED)
def test_what_is_asked_is_found_by_an_index_on_a_large_desk_too(
    desks: tuple[Session, Session], name: str
) -> None:
    """Where the database knows of a hundred thousand cases and may choose otherwise. A page is read in the order of an
    index, never sorted."""
    session = desks[1]
    work = asked(session, BOUNDED[name])
    engine = session.store._engine  # type: ignore[attr-defined]  # as above
    with engine.connect().execution_options(write=True) as connection:
        cursor = connection.connection.cursor()
        here = sorted_anew(cursor, work)
        count_as(connection, 100_000 // (FEW * TIMES))
        found, whole = sorted_anew(cursor, work), scanned(cursor, work)
        every = counted_anew(cursor, work) | past_all_clocks(cursor, work)
        connection.rollback()
        connection.invalidate()  # what it knows of rows goes with it
    assert whole <= SHORT
    assert every == set()
    if name in PAGES:
        assert here == found == set()
