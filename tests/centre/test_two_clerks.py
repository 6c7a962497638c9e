"""Two clerks of the centre at once, each with a program of their own over the same data."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply
from desktop.domain.errors import AppError, RuleError
from desktop.domain.orders.order import Order, OrderReply, OrderState, ReplyResult
from desktop.domain.orders.sending.answer import AnswerRow, AnswerTable, Trouble
from desktop.domain.progress import SILENT
from desktop.domain.time.local_time import show_time
from desktop.journal.kinds import ORDER_REPLIED
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.look_up import history, order
from desktop.services.orders.answers.answer_queue import queued_answers, set_answer_aside
from desktop.services.orders.answers.record_reply import ReplyBaseline
from desktop.services.orders.answers.take_answers import take_answers
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from desktop.storage.store import SqlStore
from tests.support.clocks import START, CountingIds
from tests.support.error_texts import assert_error
from tests.support.sessions import KEY, Seat, a_form, signed_in


def an_answer(result: ReplyResult, fen: int) -> OrderReply:
    ends = START + timedelta(hours=48)
    return OrderReply(result, fen, 0, START, ends, "中国农业银行", "", "", START)


@pytest.fixture
def stops(session: Session, centre: Session, quick_folder: Path) -> tuple[Order, ...]:
    made = tuple(issue_stop(session, a_form(session), 0, confirmed=True).order for _ in range(8))
    stick = quick_folder / "stick"
    stick.mkdir()
    export_bundle(session, stick, SILENT)
    ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT)
    return made


@pytest.fixture
def colleague(centre_seat: Seat, centre: Session, stops: tuple[Order, ...]) -> Iterator[Session]:
    """The second program: a store of its own over the same file, another officer."""
    assert stops
    store = SqlStore.open(centre_seat.root / "desk.db", KEY, centre.profile, centre_seat.clock)
    hers = signed_in(centre, replace(centre.officer, number="620777"))
    yield replace(hers, store=store, ids=CountingIds("d2"))
    store.close()


def test_the_second_learns_who_was_first_and_nothing_is_lost(
    centre_seat: Seat, centre: Session, colleague: Session, stops: tuple[Order, ...]
) -> None:
    key = stops[0].id
    mine, theirs = order(centre, key).order.reply, order(colleague, key).order.reply
    first = an_answer(ReplyResult.DONE, 9_800_000)
    reply(colleague, key, first, ReplyBaseline(theirs))
    reported_at = show_time(centre_seat.clock.now())
    centre_seat.clock.advance(minutes=3)
    second = an_answer(ReplyResult.PARTIAL, 100)
    with pytest.raises(RuleError) as caught:
        reply(centre, key, second, ReplyBaseline(mine))
    assert_error(caught.value, "reply.meanwhile")
    assert caught.value.params == {"by": "620777", "at": reported_at}
    assert order(centre, key).order.reply == first
    reply(centre, key, second, ReplyBaseline(order(centre, key).order.reply))
    assert order(colleague, key).state is OrderState.PARTIAL
    rows = history(centre, order(centre, key).case)
    assert [row.officer for row in rows if row.kind == ORDER_REPLIED] == [
        "620777",
        centre.officer.number,
    ]


def test_both_write_at_once_and_every_word_stands(
    centre: Session, colleague: Session, stops: tuple[Order, ...]
) -> None:
    halves = ((centre, stops[:4]), (colleague, stops[4:]))

    def answer_all(session: Session, orders: tuple[Order, ...]) -> None:
        for item in orders:
            reply(session, item.id, an_answer(ReplyResult.DONE, 9_800_000), ReplyBaseline(None))

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(answer_all, *half) for half in halves]:
            done.result()
    assert {order(centre, item.id).state for item in stops} == {OrderState.DONE}
    assert centre.store.verify(SILENT) == ()


def test_a_waiting_answer_is_settled_once(
    centre_seat: Seat, centre: Session, colleague: Session
) -> None:
    row = AnswerRow(
        "反馈", 2, number="无此指令", trouble=Trouble.RESULT, texts={"办理结果": "再说"}
    )
    take_answers(centre, "某行.xlsx", AnswerTable((row,), blank=0, stray=0))
    (item,) = queued_answers(colleague)
    set_answer_aside(colleague, item.key, "已电话核实")
    reported_at = show_time(centre_seat.clock.now())
    with pytest.raises(AppError) as caught:
        set_answer_aside(centre, item.key, "重复")
    assert_error(caught.value, "answer.settled")
    assert caught.value.params == {"by": "620777", "at": reported_at}
    (kept,) = queued_answers(centre, settled=True)
    assert kept.note == "已电话核实"
