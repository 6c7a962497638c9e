"""What a bank answered: checked against what was asked, recorded once, carried to whom it concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.app.sign_in.sign_in_record import record_sign_in
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply, reply_to_all
from desktop.domain.case_file.shift_briefing import NewsKind
from desktop.domain.errors import AppError
from desktop.domain.orders.order import Order, OrderReply, OrderState, ReplyResult
from desktop.domain.progress import SILENT
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.look_up import order, orders
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.shift.shift_briefing import shift_briefing
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.error_texts import assert_error
from tests.support.sessions import Seat, a_form, signed_in


@pytest.fixture
def stops(session: Session, centre: Session, quick_folder: Path) -> tuple[Order, Order]:
    """Two stops of one station, known at the centre."""
    made = tuple(issue_stop(session, a_form(session), 0).order for _ in range(2))
    stick = quick_folder / "stick"
    stick.mkdir()
    export_bundle(session, stick, SILENT)
    ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT)
    return made[0], made[1]


def word(fen: int = 9_800_000, **changes: object) -> OrderReply:
    made = OrderReply(
        ReplyResult.DONE,
        fen,
        0,
        START,
        START + timedelta(hours=48),
        "中国农业银行",
        "客服 12",
        "",
        START,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # named fields of the reply


def heads(session: Session) -> dict[str, int]:
    with session.store.read() as reader:
        return dict(reader.heads())


EARLIER: datetime = START - timedelta(seconds=1)
REFUSED: list[tuple[Callable[[], OrderReply], str]] = [
    (lambda: word(9_800_001), "reply.too_much"),
    (lambda: word(-1), "reply.too_much"),
    (lambda: word(ends_at=START), "reply.period"),
    (lambda: word(ends_at=EARLIER), "reply.period"),
    (lambda: word(ends_at=None), "reply.period"),
    (lambda: word(starts_at=None), "reply.period"),
]


@pytest.mark.parametrize(("answer", "code"), REFUSED)
def test_what_can_not_be_right_is_refused(
    centre: Session, stops: tuple[Order, Order], answer: Callable[[], OrderReply], code: str
) -> None:
    before = heads(centre)
    with pytest.raises(AppError) as caught:
        reply(centre, stops[0].id, answer())
    assert_error(caught.value, code)
    assert heads(centre) == before


def test_a_stop_that_failed_has_no_period(centre: Session, stops: tuple[Order, Order]) -> None:
    failed = word(0, result=ReplyResult.FAILED, starts_at=None, ends_at=None, remark="户名不符")
    reply(centre, stops[0].id, failed)
    assert order(centre, stops[0].id).state is OrderState.FAILED


def test_the_same_reply_stands_once_and_another_replaces_it(
    centre_seat: Seat, centre: Session, stops: tuple[Order, Order]
) -> None:
    reply(centre, stops[0].number, word())
    centre_seat.clock.advance(minutes=5)
    with pytest.raises(AppError) as caught:
        reply(centre, stops[0].id, word(replied_at=centre.clock.now()))
    assert_error(caught.value, "reply.exists")
    reply(centre, stops[0].id, word(100, result=ReplyResult.PARTIAL))
    assert order(centre, stops[0].id).state is OrderState.PARTIAL


def test_a_list_of_replies_is_taken_wholly_or_not_at_all(
    centre: Session, stops: tuple[Order, Order]
) -> None:
    before = heads(centre)
    for code, bad in (
        ("reply.too_much", (stops[1].id, word(9_800_001))),
        ("order.unknown", ("nowhere", word())),
        ("reply.exists", (stops[0].id, word())),
    ):
        with pytest.raises(AppError, match=f"^{code}$"):
            reply_to_all(centre, [(stops[0].id, word(), None), (*bad, None)])
        assert heads(centre) == before
    assert reply_to_all(centre, [(stops[0].id, word(), None), (stops[1].id, word(), None)]) == 2
    assert {view.state for view in orders(centre)} == {OrderState.DONE}


def test_a_reply_is_written_where_its_station_will_find_it(
    session: Session, centre: Session, stops: tuple[Order, Order]
) -> None:
    own = centre.profile.device
    before = heads(centre)
    reply(centre, stops[0].id, word())
    after = heads(centre)
    assert after[own] == before[own], "what concerns one station is not in the stream of all"
    stream = f"{own}.{session.profile.unit_code}"
    assert after[stream] == before[stream] + 1


def test_whoever_comes_back_to_a_centre_hears_what_colleagues_recorded(
    centre: Session, centre_seat: Seat, stops: tuple[Order, Order]
) -> None:
    """Answers to a station stand in a stream of their own."""
    other = signed_in(centre, replace(centre.officer, number="620777", name="王芳"))
    record_sign_in(centre, centre.officer.number)
    for stop in stops:
        reply(other, stop.id, word())
    centre_seat.clock.advance(hours=9)
    back, _ = record_sign_in(centre, centre.officer.number)
    kinds = [item.kind for case in shift_briefing(back).cases for item in case.news]
    assert kinds.count(NewsKind.REPLIED) == len(stops)
