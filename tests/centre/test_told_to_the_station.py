"""What the centre makes of a station's orders and cases is said where that station hears it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply, write_replies
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.step import StepKind
from desktop.domain.errors import UserInputError
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.domain.orders.reply import NextHop
from desktop.domain.progress import SILENT
from desktop.journal.kinds import ORDER_ISSUED_ALONE
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.changes.settle_conflicts import open_conflicts, settle_conflict
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.reads_kind import is_read
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.look_up import case_file, order
from desktop.services.orders.approve_order import approve_order, refuse_order
from desktop.services.orders.issue_order import issue_order, issue_orders
from desktop.services.orders.order_request import About, propose_order
from desktop.services.orders.record_step import record_step
from desktop.services.orders.withdraw_order import call_off, set_official_number, withdraw_order
from desktop.services.session import Session
from tests.support.ceremony import approve, trust_peer
from tests.support.sessions import a_form, take_seat

Carry = Callable[[], None]


@pytest.fixture
def carried(session: Session, centre: Session, quick_folder: Path) -> Carry:
    """A stick to the centre, and another one back."""
    trips = iter(range(99))

    def go() -> None:
        stick = quick_folder / f"stick{next(trips)}"
        stick.mkdir()
        export_bundle(session, stick, SILENT)
        assert not ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT).problems
        back = quick_folder / f"stick{next(trips)}"
        back.mkdir()
        write_replies(centre, back, SILENT)
        assert not apply_bundle(session, [back], SILENT).problems

    return go


@pytest.fixture
def stop(session: Session, carried: Carry) -> Order:
    case = register_report(session, a_form(session)).case
    record_step(session, case, StepKind.FILED, session.clock.now())
    made = issue_order(session, case, OrderKind.STOP, 1).order
    carried()
    return made


def alike(session: Session, centre: Session, key: str) -> OrderState:
    """The order is one and the same at both; its state at the station."""
    assert order(session, key).order == order(centre, key).order
    return order(session, key).state


def next_tier(centre: Session, stop: Order, kind: OrderKind) -> Order:
    """What the centre orders about the account that a reply named."""
    view, now = order(centre, stop.id), centre.clock.now()
    hop = NextHop("赵某", "6222021001116245702", "中国工商银行", 100)
    if view.order.reply is None:
        told = OrderReply(
            ReplyResult.DONE,
            100,
            0,
            now,
            now + timedelta(hours=48),
            "农行",
            "",
            "",
            now,
            hops=(hop,),
        )
        reply(centre, stop.id, told)
    file = case_file(centre, view.case)
    asked = propose_order(centre, file, kind, About(order=stop.id, hop=0))
    asked = replace(asked, addressee="中国工商银行")
    (made,) = issue_orders(centre, view.case, [asked], confirmed=True)
    return made.order


@pytest.mark.usefixtures("stop")
def test_a_centre_knows_what_the_desks_of_a_unit_read_from_their_receipts(
    session: Session, centre: Session, carried: Carry
) -> None:
    def known(unit: str) -> bool:
        with centre.store.read() as reader:
            return is_read(centre, reader, ORDER_ISSUED_ALONE, unit)

    own = session.profile.unit_code
    assert not known(own)
    carried()
    assert known(own)
    assert not known("620103550000"), "nobody is there who could say so"


def test_a_withdrawal_and_a_number_of_the_platform(
    session: Session, centre: Session, stop: Order, carried: Carry
) -> None:
    set_official_number(centre, stop.id, "ZF2026-0001")
    carried()
    assert order(session, stop.id).order.official == "ZF2026-0001"
    withdraw_order(centre, stop.id, "重复")
    carried()
    assert alike(session, centre, stop.id) is OrderState.WITHDRAWN


@pytest.mark.parametrize("refused", [False, True])
def test_an_approval_of_what_the_centre_ordered_itself(
    session: Session, centre: Session, stop: Order, carried: Carry, *, refused: bool
) -> None:
    freeze = next_tier(centre, stop, OrderKind.FREEZE)
    carried()
    assert alike(session, centre, freeze.id) is OrderState.PROPOSED
    if refused:
        refuse_order(centre, freeze.id, "李局长", "证据不足")
    else:
        approve_order(centre, freeze.id, "李局长", "冻字5号")
    carried()
    state = alike(session, centre, freeze.id)
    assert (state is OrderState.REFUSED) is refused
    assert state is not OrderState.PROPOSED


def test_a_watch_that_was_called_off(
    session: Session, centre: Session, stop: Order, carried: Carry
) -> None:
    watch = next_tier(centre, stop, OrderKind.WATCH)
    approve_order(centre, watch.id, "李局长", "控字2号")
    now = centre.clock.now()
    told = OrderReply(ReplyResult.DONE, 0, 0, now, now + timedelta(hours=9), "工行", "", "", now)
    reply(centre, watch.id, told)
    call_off(centre, watch.id)
    carried()
    assert alike(session, centre, watch.id) is OrderState.RELEASED


def test_a_conflict_that_was_settled_at_the_centre(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    """It is settled at both desks of the station too, and does not come up again."""
    colleague = take_seat(quick_folder / "b", "B").session
    trust_peer(colleague, approve(centre, own_card(colleague)))
    trust_peer(colleague, own_card(session))
    trust_peer(session, own_card(colleague))
    all_of_them = (session, colleague, centre)

    def round_() -> None:
        for sender, receiver in (
            (session, colleague),
            (colleague, session),
            (session, centre),
            (colleague, centre),
        ):
            stick = Path(tempfile.mkdtemp(dir=quick_folder))
            to = receiver.profile.device
            with suppress(UserInputError):  # nothing to tell
                export_bundle(sender, stick, SILENT, receiver=to)
            if receiver is centre:
                assert not ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT).problems
            else:
                assert not apply_bundle(receiver, [stick], SILENT).problems
        back = Path(tempfile.mkdtemp(dir=quick_folder))
        write_replies(centre, back, SILENT)
        for one in (session, colleague):
            assert not apply_bundle(one, [back], SILENT).problems

    case = register_report(session, a_form(session)).case
    round_()
    move_case(session, case, CaseState.FROZEN)
    move_case(colleague, case, CaseState.CLOSED)
    round_()
    (open_,) = open_conflicts(centre)
    settle_conflict(centre, open_.key, 2)
    round_()
    chosen = open_.conflict.values[1].value
    assert [case_file(one, case).case.state.value for one in all_of_them] == [chosen] * 3
    assert [open_conflicts(one) for one in all_of_them] == [()] * 3
    colleague.store.close()


def test_a_look_into_a_bundle_counts_an_order_of_one_officer(
    session: Session, centre: Session, carried: Carry, quick_folder: Path
) -> None:
    case = register_report(session, a_form(session)).case
    carried()
    made = issue_order(session, case, OrderKind.STOP, 1).order
    assert made.alone
    stick = quick_folder / "looked"
    stick.mkdir()
    export_bundle(session, stick, SILENT)
    found = ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT, dry_run=True)
    (news,) = found.news
    assert (news.cases, news.orders, news.stop_fen) == (0, 1, made.amount_fen)
    assert news.first is not None
    assert news.first.number == made.number
