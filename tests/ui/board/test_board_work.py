"""The board on a real desk: what was recorded is what stands there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import save_draft
from desktop.services.orders.issue_order import issue_stop
from desktop.ui.board.board_work import BoardWork
from tests.support.flow_cases import replied
from tests.support.sessions import a_form, take_seat


def test_reports_orders_drafts_and_moves_reach_the_board(tmp_path: Path) -> None:
    seat = take_seat(tmp_path, "A")
    work = BoardWork(seat.session)
    assert work.load() == ()
    ordered = a_form(seat.session)
    issue_stop(seat.session, ordered, 0, confirmed=True)
    registered = register_report(seat.session, a_form(seat.session, "马强")).case
    draft = a_form(seat.session, "陈志远")
    save_draft(seat.session, draft)
    shown = {item.victim: item for item in work.load()}
    assert set(shown) == {"李秀兰", "马强", "陈志远"}
    stopped = shown["李秀兰"]
    assert (stopped.state, stopped.draft) == (CaseState.STOPPING, False), "it says what is recorded"
    assert shown["马强"].state is CaseState.NEW
    assert (shown["陈志远"].card, shown["陈志远"].id) == (None, draft.case_id)
    save_draft(seat.session, replace(form_of(seat.session, stopped.id), narrative="接到客服电话"))
    assert next(item.draft for item in work.load() if item.id == stopped.id)
    work.move(CaseId(registered), CaseState.CLOSED)
    seat.reopen()
    again = {item.victim: item.state for item in BoardWork(seat.session).load()}
    assert again["马强"] is CaseState.CLOSED


def test_what_did_not_change_is_the_same_card_as_before(tmp_path: Path) -> None:
    seat = take_seat(tmp_path, "A")
    work = BoardWork(seat.session)
    keeps_open = register_report(seat.session, a_form(seat.session)).case
    moves = register_report(seat.session, a_form(seat.session, "马强")).case
    before = {item.id: item for item in work.load()}
    work.move(moves, CaseState.FROZEN)
    after = {item.id: item for item in work.load()}
    assert after[keeps_open] is before[keeps_open]
    assert after[moves].state is CaseState.FROZEN


def test_where_the_money_is_comes_with_the_clocks_and_changes_by_itself(tmp_path: Path) -> None:
    seat = take_seat(tmp_path, "A")
    session = seat.session
    work = BoardWork(session)
    issued = issue_stop(session, a_form(session), 0, confirmed=True)
    other = register_report(session, a_form(session, "马强")).case
    work.load()
    work.reckon()
    replied(session, issued.order.id, 5_000_000)
    before = {item.id: item for item in work.load()}
    reckoned = work.reckon()
    assert reckoned is not None
    after = {item.id: item for item in reckoned}
    card = after[issued.case].card
    assert card is not None
    assert card.money.at(session.clock.now()).stopped_fen == 5_000_000
    seat.clock.advance(hours=49)
    assert card.money.at(session.clock.now()).lapsed_fen == 5_000_000, "nothing was read"
    assert after[other] is before[other]
