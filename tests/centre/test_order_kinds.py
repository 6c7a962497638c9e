"""Orders of other kinds on their way: station to centre, the reply back, and what happened meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.answers import take_files
from desktop.centre.batch_files import write_batches
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply, write_replies
from desktop.domain.cases.intake import IdentifierText
from desktop.domain.cases.step import StepKind
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId
from desktop.domain.orders.number import LineKind, NumberTerms
from desktop.domain.orders.order import OrderKind, OrderReply, OrderState, ReplyResult
from desktop.domain.orders.reply import LineFacts, NextHop
from desktop.domain.orders.term import measure_end
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.look_up import case_file, order
from desktop.services.orders.answers.dispatch_batches import batch_orders
from desktop.services.orders.approve_order import approve_order
from desktop.services.orders.issue_order import issue_order, issue_orders
from desktop.services.orders.order_request import name_target, propose_order
from desktop.services.orders.record_step import record_step
from desktop.services.orders.withdraw_order import withdraw_order
from desktop.services.session import Session
from tests.centre.answer_files import filled, save
from tests.support.sessions import a_form, stopped_fen

Carry = Callable[[], None]


@pytest.fixture
def case(session: Session) -> CaseId:
    lead = IdentifierText(session.ids.new_id(), "displayed_number", "0085230012214")
    case = register_report(session, a_form(session, identifiers=(lead,))).case
    record_step(session, case, StepKind.FILED, session.clock.now())
    return case


@pytest.fixture
def there(session: Session, centre: Session, quick_folder: Path) -> Carry:
    """A stick from the station to the centre."""
    trips = iter(range(9))

    def go() -> None:
        stick = quick_folder / f"there{next(trips)}"
        stick.mkdir()
        export_bundle(session, stick, SILENT)
        ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT)

    return go


@pytest.fixture
def back(session: Session, centre: Session, quick_folder: Path) -> Carry:
    """A stick from the centre to the station."""
    trips = iter(range(9))

    def go() -> None:
        stick = quick_folder / f"back{next(trips)}"
        stick.mkdir()
        write_replies(centre, stick, SILENT)
        assert apply_bundle(session, sorted(stick.iterdir()), SILENT).problems == ()

    return go


def answer(centre: Session, key: str, **more: object) -> OrderReply:
    now = centre.clock.now()
    end = measure_end(centre.rules, order(centre, key).order, now)
    made = OrderReply(ReplyResult.DONE, 0, 0, now, end, "对方", "", "", now)
    made = replace(made, **more)  # type: ignore[arg-type]  # named fields of the reply
    reply(centre, key, made)
    return made


def test_a_freeze_goes_out_only_once_it_is_approved(
    session: Session, centre: Session, case: CaseId, there: Carry, back: Carry
) -> None:
    freeze = issue_order(session, case, OrderKind.FREEZE, 1).order
    there()
    assert order(centre, freeze.id).state is OrderState.PROPOSED
    with pytest.raises(RuleError, match=r"^order\.not_approved$"):
        answer(centre, freeze.id, amount_fen=1)
    approve_order(session, freeze.id, "张局长", "3号")
    assert order(session, freeze.id).state is OrderState.ISSUED, "the approval has not gone yet"
    there()
    assert order(centre, freeze.id).state is OrderState.ACKNOWLEDGED
    assert order(centre, freeze.id).order == order(session, freeze.id).order
    told = answer(centre, freeze.id, amount_fen=freeze.amount_fen)
    back()
    assert order(session, freeze.id).state is OrderState.DONE
    end = told.ends_at
    assert order(session, freeze.id).order.reply == told
    assert end is not None
    assert end - centre.clock.now() > timedelta(days=180)


def test_a_trace_comes_back_with_the_line_behind_the_number(
    session: Session, centre: Session, case: CaseId, there: Carry, back: Carry
) -> None:
    file = case_file(session, case)
    about = name_target(file, OrderKind.TRACE, 1, "0085230012214")
    asked = propose_order(session, file, OrderKind.TRACE, about)
    (done,) = issue_orders(session, case, [asked], confirmed=True)
    there()
    terms = order(centre, done.order.id).order.terms
    assert isinstance(terms, NumberTerms)
    assert (terms.line, terms.raw) == (LineKind.DISPLAYED, "0085230012214")
    line = LineFacts(owner="某科技公司", location="境外", action="已溯源")
    answer(centre, done.order.id, line=line)
    back()
    got = order(session, done.order.id).order.reply
    assert got is not None
    assert (got.line, got.ends_at) == (line, None)


def test_a_carrier_answers_by_the_number_alone(
    session: Session, centre: Session, case: CaseId, there: Carry, quick_folder: Path
) -> None:
    """In full width, with a space and the apostrophe of a spreadsheet; its key and its number were cleared."""
    file = case_file(session, case)
    about = name_target(file, OrderKind.TRACE, 1, "0085230012214")
    asked = propose_order(session, file, OrderKind.TRACE, about)
    asked = replace(asked, addressee="某运营商")
    (issued,) = issue_orders(session, case, [asked], confirmed=True)
    there()
    (pack,) = write_batches(centre, batch_orders(centre), quick_folder / "out", SILENT)
    dirt = {
        "指令标识": "",
        "本地指令号": "",
        "显示的号码或网址": "'００８５２ 30012214",
        "办理结果": "成功",
    }
    save(quick_folder / "a.xlsx", filled(pack.workbook, lambda _row: dirt))
    (taken,) = take_files(centre, [quick_folder / "a.xlsx"], SILENT)
    assert taken.taken is not None
    assert taken.taken.orders == (issued.order.id,)


def test_a_pack_asks_a_carrier_no_later_than_its_own_clock(
    session: Session, centre: Session, case: CaseId, there: Carry
) -> None:
    """The fast lane of a shutdown is shorter than what the centre gives everybody."""
    file = case_file(session, case)
    for kind, to in ((OrderKind.SHUTDOWN, "中国移动"), (OrderKind.TRACE, "中国电信")):
        asked = propose_order(session, file, kind, name_target(file, kind, 1, "0085230012214"))
        (made,) = issue_orders(session, case, [replace(asked, addressee=to)], confirmed=True)
        if kind is OrderKind.SHUTDOWN:
            approve_order(session, made.order.id, "张志远")
    there()
    due = {pack.receiver: pack.due_at - pack.made_at for pack in batch_orders(centre)}
    assert due == {"中国移动": timedelta(hours=2), "中国电信": timedelta(hours=4)}


def test_a_lift_done_at_the_centre_releases_the_stop_at_both(
    session: Session, centre: Session, case: CaseId, there: Carry, back: Carry
) -> None:
    stop = issue_order(session, case, OrderKind.STOP, 1).order
    there()
    hop = NextHop("赵某", "6222021001116245702", "工商银行", 100)
    answer(centre, stop.id, amount_fen=stop.amount_fen, hops=(hop,))
    back()
    lift = issue_order(session, case, OrderKind.LIFT, 1).order
    there()
    answer(centre, lift.id)
    back()
    for place in (session, centre):
        assert order(place, stop.id).state is OrderState.RELEASED
        assert order(place, lift.id).state is OrderState.DONE
    with session.store.read() as reader:
        card = reader.case_card(case)
    assert card is not None
    assert (stopped_fen(session, case), card.stop_ends_at) == (0, None)


def test_a_withdrawal_and_a_reply_that_cross_are_both_kept(
    session: Session, centre: Session, case: CaseId, there: Carry, back: Carry
) -> None:
    """The bank acted before it was told: the order stays withdrawn, and the money it holds is counted."""
    stop = issue_order(session, case, OrderKind.STOP, 1).order
    there()
    withdraw_order(session, stop.id, "账号抄错")
    answer(centre, stop.id, amount_fen=stop.amount_fen)
    there()
    back()
    for place in (session, centre):
        assert order(place, stop.id).state is OrderState.WITHDRAWN
        assert order(place, stop.id).order.reply is not None
        assert stopped_fen(place, case) == stop.amount_fen
