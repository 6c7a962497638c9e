"""The board on a real desk: what was recorded is what stands there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.services import page_board
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import save_draft
from desktop.services.orders.issue_order import issue_stop
from desktop.ui.board.board_asking import ListName
from desktop.ui.board.board_work import BoardWork
from tests.support.flow_cases import replied
from tests.support.sessions import a_form, take_seat
from tests.support.strict import all_of
from tests.ui.board.samples import asked


def test_reports_orders_drafts_and_moves_reach_the_board(tmp_path: Path) -> None:
    seat = take_seat(tmp_path, "A")
    work = BoardWork(seat.session)
    assert work.load(asked(seat.clock.now())).items == ()
    ordered = a_form(seat.session)
    issue_stop(seat.session, ordered, 0, confirmed=True)
    registered = register_report(seat.session, a_form(seat.session, "马强")).case
    draft = a_form(seat.session, "陈志远")
    save_draft(seat.session, draft)
    shown = {item.victim: item for item in work.load(asked(seat.clock.now())).items}
    assert set(shown) == {"李秀兰", "马强", "陈志远"}
    stopped = shown["李秀兰"]
    assert (stopped.state, stopped.draft) == (CaseState.STOPPING, False), "it says what is recorded"
    assert shown["马强"].state is CaseState.NEW
    assert (shown["陈志远"].card, shown["陈志远"].id) == (None, draft.case_id)
    save_draft(seat.session, replace(form_of(seat.session, stopped.id), narrative="接到客服电话"))
    assert next(
        item.draft for item in work.load(asked(seat.clock.now())).items if item.id == stopped.id
    )
    work.move(CaseId(registered), CaseState.CLOSED)
    seat.reopen()
    again = {
        item.victim: item.state
        for item in BoardWork(seat.session).load(asked(seat.clock.now())).items
    }
    assert again["马强"] is CaseState.CLOSED


def test_what_did_not_change_is_the_same_card_as_before(tmp_path: Path) -> None:
    seat = take_seat(tmp_path, "A")
    work = BoardWork(seat.session)
    keeps_open = register_report(seat.session, a_form(seat.session)).case
    moves = register_report(seat.session, a_form(seat.session, "马强")).case
    before = {item.id: item for item in work.load(asked(seat.clock.now())).items}
    work.move(moves, CaseState.FROZEN)
    after = {item.id: item for item in work.load(asked(seat.clock.now())).items}
    assert after[keeps_open] is before[keeps_open]
    assert after[moves].state is CaseState.FROZEN


def test_where_the_money_is_comes_with_the_clocks_and_changes_by_itself(tmp_path: Path) -> None:
    seat = take_seat(tmp_path, "A")
    session = seat.session
    work = BoardWork(session)
    issued = issue_stop(session, a_form(session), 0, confirmed=True)
    other = register_report(session, a_form(session, "马强")).case
    before = {item.id: item for item in work.load(asked(seat.clock.now())).items}
    replied(session, issued.order.id, 5_000_000)
    reading = work.load(asked(seat.clock.now()))
    after = {item.id: item for item in reading.items}
    card = after[issued.case].card
    assert card is not None
    assert card.money.at(session.clock.now()).stopped_fen == 5_000_000
    assert after[other] is before[other]
    ends = card.stop_ends_at
    assert ends is not None
    assert reading.next_change is not None
    assert reading.next_change <= ends, "who shows it reads again by then"
    seat.clock.advance(hours=49)
    again = {item.id: item.card for item in work.load(asked(seat.clock.now())).items}
    lapsed = again[issued.case]
    assert lapsed is not None
    assert lapsed.money.at(session.clock.now()).lapsed_fen == 5_000_000


def test_while_many_cases_are_to_be_reckoned_the_newest_stand_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_board, "_AT_ONCE", 1)
    seat = take_seat(tmp_path, "A")
    work = BoardWork(seat.session)
    for name in ("李秀兰", "马强", "孙丽"):
        register_report(seat.session, a_form(seat.session, name))
        seat.clock.advance(minutes=1)
    reading = work.load(asked(seat.clock.now()))
    assert [item.victim for item in reading.items] == ["孙丽", "马强", "李秀兰"]
    assert (reading.waiting, reading.by_state, reading.some) == (3, None, True)
    assert all_of(item.clock is None for item in reading.items)
    whole = work.load(replace(asked(seat.clock.now()), wait=True))
    assert (whole.waiting, whole.by_state) == (0, {CaseState.NEW: 3})
    assert all_of(item.clock is not None for item in whole.items)


def test_more_of_a_column_follows_its_first_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_board, "PAGE", 2)
    seat = take_seat(tmp_path, "A")
    work = BoardWork(seat.session)
    for _ in range(5):
        register_report(seat.session, a_form(seat.session))
    reading = work.load(asked(seat.clock.now()))
    found, rest = list(reading.items), reading.rests.get(CaseState.NEW)
    while rest is not None:
        more = work.more(CaseState.NEW, rest)
        found, rest = [*found, *more.items], more.rest
    assert len({item.id for item in found}) == len(found) == 5
    shown: dict[ListName, int] = {CaseState.NEW: 4}
    again = work.load(replace(asked(seat.clock.now()), shown=shown))
    assert list(again.items) == found[:4], "who went further down goes there again"
