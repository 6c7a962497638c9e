"""The money of a case: what the victim told and what banks replied, each payment once, followed by every method."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.analysis.money_flow import FlowAnalyst
from desktop.domain.cases.step import StepKind
from desktop.domain.errors import UserInputError
from desktop.domain.flow.flow_moves import WHOLE, FlowScope, PaymentSource
from desktop.domain.ids import CaseId
from desktop.domain.money.dispositions import Disposition, MoneySums
from desktop.domain.money.money_flow import CashOutKind, TracingMethod
from desktop.domain.orders.kinds import SPECS
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult
from desktop.domain.orders.reply import AccountFacts, NextHop
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cash_out_terms import load_cash_out_terms
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.cases.changes.register_report import register_report
from desktop.services.flow.show_flow import show_flow
from desktop.services.look_up import board, case_file
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.approve_order import approve_order
from desktop.services.orders.issue_order import issue_order, issue_orders
from desktop.services.orders.order_request import About, propose_order
from desktop.services.orders.record_step import record_step
from desktop.services.read_statistics import read_figures
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.flow_cases import case_with_hops
from tests.support.sessions import Seat, a_form, stopped_fen
from tests.support.strict import all_of

CARD, NEXT = "6230520010037788996", "6222021001116245702"


@pytest.fixture
def tracing(session: Session) -> Session:
    return replace(session, flow=FlowAnalyst(load_cash_out_terms(resource_path("rules"))))


def a_case(session: Session, name: str = "李秀兰", **changes: str) -> CaseId:
    form = a_form(session, name)
    transfer = replace(form.transfers[0], **changes)  # type: ignore[arg-type]  # named texts
    return register_report(session, replace(form, transfers=(transfer,))).case


def replied(session: Session, case: CaseId, kind: OrderKind, fen: int, *hops: NextHop) -> None:
    order = issue_order(session, case, kind, 1).order
    if kind is not OrderKind.STOP:
        approve_order(session, order.id, "张志远")
    now = session.clock.now()
    ends = now + timedelta(hours=48) if SPECS[kind].holds else None
    answer = OrderReply(
        ReplyResult.PARTIAL if SPECS[kind].holds else ReplyResult.DONE,
        fen, fen, now if ends else None, ends, "农业银行", "", "", now, hops=hops,
    )  # fmt: skip
    record_reply(session, order.id, answer)


def test_from_the_report_to_the_exits(tracing: Session) -> None:
    case = a_case(tracing)
    at = tracing.clock.now() - timedelta(minutes=10)
    hops = (
        NextHop("赵某", NEXT, "工商银行", 3_000_000, at, "88"),
        NextHop("ATM取现", "", "", 668_000, at + timedelta(minutes=1)),
    )
    replied(tracing, case, OrderKind.STOP, 6_132_000, *hops)
    replied(tracing, case, OrderKind.QUERY_DETAILS, 0, hops[0])
    sheet = show_flow(tracing, [case])
    assert sheet.loss_fen == 9_800_000
    assert [flow.source for flow in sheet.moves] == [
        PaymentSource.REPORT,
        PaymentSource.REPLY,
        PaymentSource.REPLY,
    ]
    card = sheet.accounts[CARD]
    assert (card.tier, card.held_fen, card.in_fen, card.out_fen) == (
        1,
        6_132_000,
        9_800_000,
        3_668_000,
    )
    assert sheet.accounts[NEXT].tier == 2
    assert sheet.accounts["ATM取现"].cash_out is CashOutKind.CASH
    for method in TracingMethod:
        view = sheet.methods[method]
        assert view.sums == MoneySums(held_fen=6_132_000, left_fen=668_000, resting_fen=3_000_000)
        ((share,),) = view.shares.values()
        assert (share.case, share.traced_fen, share.by_loss_fen) == (case, 6_132_000, 6_132_000)


@pytest.mark.parametrize(
    "wallet",
    ["TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", "0x52908400098527886E0F7030069857D2E4169EE7"],
)
def test_money_goes_on_from_the_wallet_it_was_paid_into(tracing: Session, wallet: str) -> None:
    form = a_form(tracing)
    bought = replace(form.transfers[0], payee_account=wallet, payee_bank="", channel="")
    sent = replace(
        bought, id=tracing.ids.new_id(), time="2026-11-24 10:20:00", serial="",
        payer_account=wallet, payer_bank="", payee_account="TVj7RNVHy6thbM7BWdSe9G6gXwKhjhdNZS",
    )  # fmt: skip
    case = register_report(tracing, replace(form, transfers=(bought, sent))).case
    first, second = (flow.move for flow in show_flow(tracing, [case]).moves)
    assert first.payee == second.payer


def test_the_banks_word_for_a_holder_goes_before_the_receipts(tracing: Session) -> None:
    case = a_case(tracing)
    order = issue_order(tracing, case, OrderKind.STOP, 1).order
    now = tracing.clock.now()
    facts = AccountFacts(holder="孙某某")
    told = OrderReply(
        ReplyResult.FAILED, 0, 0, None, None, "农业银行", "", "余额为零", now, account=facts
    )
    record_reply(tracing, order.id, told)
    assert show_flow(tracing, [case]).accounts[CARD].name == "孙某某"


def test_two_victims_share_what_is_held(tracing: Session) -> None:
    """The first payment goes out first, so by time the second victim's money is what the bank still holds."""
    first = a_case(tracing, amount="10,000.00")
    second = a_case(tracing, "周卫东", amount="30,000.00", time="2026-11-24 10:20:00")
    at = tracing.clock.now() - timedelta(minutes=5)
    replied(
        tracing, first, OrderKind.STOP, 1_000_000, NextHop("赵某", NEXT, "工商银行", 2_000_000, at)
    )
    sheet = show_flow(tracing, [first, second])
    assert sheet.loss_fen == 4_000_000
    shares = {
        method: {share.case: share.traced_fen for share in sheet.methods[method].shares[CARD]}
        for method in TracingMethod
    }
    assert shares[TracingMethod.FIFO] == {first: 0, second: 1_000_000}
    assert shares[TracingMethod.LIFO] == {first: 500_000, second: 500_000}
    assert shares[TracingMethod.PROPORTIONAL] == {first: 250_000, second: 750_000}
    by_loss = {
        share.case: share.by_loss_fen for share in sheet.methods[TracingMethod.FIFO].shares[CARD]
    }
    assert by_loss == {first: 250_000, second: 750_000}
    assert all_of(view.sums.loss_fen == 4_000_000 for view in sheet.methods.values())


def test_what_came_back_is_with_the_victim(tracing: Session) -> None:
    case = a_case(tracing, returned="100.00")
    sums = show_flow(tracing, [case]).methods[TracingMethod.FIFO].sums
    assert (sums.fen(Disposition.RETURNED), sums.fen(Disposition.RESTING)) == (
        10_000,
        9_790_000,
    )


def test_a_case_without_transfers_and_an_unknown_one(tracing: Session) -> None:
    form = replace(a_form(tracing), transfers=())
    sheet = show_flow(tracing, [register_report(tracing, form).case])
    assert (sheet.moves, sheet.loss_fen) == ((), 0)
    with pytest.raises(UserInputError, match=r"case\.unknown"):
        show_flow(tracing, [CaseId("nobody")])


def test_a_merged_report_counts_each_payment_once(tracing: Session, seat: Seat) -> None:
    first, second = a_case(tracing), a_case(tracing)
    sheet = show_flow(tracing, [first, second])
    assert len(sheet.moves) == 1, "two tellings of one payment"
    assert sheet.loss_fen == 9_800_000


def test_what_a_merged_report_tells_is_money_of_the_series(tracing: Session) -> None:
    first, again, other = a_case(tracing), a_case(tracing, amount="500"), a_case(tracing, "周卫东")
    merge_cases(tracing, first, again)
    assert show_flow(tracing, [first, other]).loss_fen == 9_850_000


def test_only_what_lies_in_the_scope_is_followed(tracing: Session) -> None:
    case = case_with_hops(tracing)
    whole = show_flow(tracing, [case])
    first = min(flow.move.at for flow in whole.moves)
    until = datetime.fromtimestamp(first + 60, UTC)
    early = show_flow(tracing, [case], FlowScope(until=until, tolerance=0))
    assert [flow.move.at for flow in early.moves] == [first]
    assert (early.left_out, early.tolerance) == (len(whole.moves) - 1, 0)
    for view in early.methods.values():
        assert view.sums.loss_fen == early.loss_fen == 9_800_000
    none = show_flow(tracing, [case], FlowScope(since=until, until=until))
    assert (none.moves, none.left_out, none.loss_fen) == ((), len(whole.moves), 0)


def test_what_is_held_of_other_payments_is_held_of_nothing_in_the_scope(tracing: Session) -> None:
    """Two spans of time never count one stop twice."""
    early, late = (
        a_case(tracing, name, time=time, serial=name)
        for name, time in (("甲", "2026-11-24 09:00:00"), ("乙", "2026-11-24 10:00:00"))
    )
    replied(tracing, early, OrderKind.STOP, 6_000_000)
    replied(tracing, late, OrderKind.STOP, 1_500_000)
    noon = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    spans = (FlowScope(until=noon), FlowScope(since=noon), FlowScope())
    held = []
    for sheet in (show_flow(tracing, [early, late], span) for span in spans):
        sums = sheet.methods[TracingMethod.FIFO].sums
        assert sums.loss_fen == sheet.loss_fen
        held.append((sums.fen(Disposition.HELD), sheet.victims))
    assert held == [(6_000_000, ("甲",)), (1_500_000, ("乙",)), (7_500_000, ("甲", "乙"))]


def held_of(session: Session, *cases: CaseId, scope: FlowScope = WHOLE) -> int:
    """What is stopped of what is lost; the sums of every method add up to it."""
    sheet = show_flow(session, cases, scope)
    for view in sheet.methods.values():
        assert view.sums.loss_fen == sheet.loss_fen
    return sheet.methods[TracingMethod.FIFO].sums.fen(Disposition.HELD)


@pytest.mark.parametrize("merge", [True, False])
def test_a_payment_that_two_reports_had_stopped_is_held_once(tracing: Session, merge: bool) -> None:
    """Another payment lies in the account that nobody stopped."""
    form = a_form(tracing)
    more = replace(form.transfers[0], id=tracing.ids.new_id(), serial="99")
    first = register_report(tracing, replace(form, transfers=(*form.transfers, more))).case
    second = a_case(tracing)
    replied(tracing, first, OrderKind.STOP, 9_000_000)
    replied(tracing, second, OrderKind.STOP, 8_000_000)
    cases = [first, second]
    if merge:
        merge_cases(tracing, first, second)
        cases = [first]
        assert [stopped_fen(tracing, card.id) for card in board(tracing)] == [9_000_000]
        (figures,) = read_figures(tracing).by_channel
        assert figures.stopped_fen == 9_000_000
    assert held_of(tracing, *cases) == 9_000_000


def test_a_freeze_of_one_payment_leaves_the_stop_of_another(tracing: Session) -> None:
    """Both hold money of one account, as the board says too."""
    first = a_case(tracing, "甲", time="2026-11-24 09:00:00", serial="1")
    second = a_case(tracing, "乙", time="2026-11-24 10:00:00", serial="2")
    replied(tracing, first, OrderKind.STOP, 3_000_000)
    for case in (first, second):
        record_step(tracing, case, StepKind.FILED, tracing.clock.now())
    replied(tracing, second, OrderKind.FREEZE, 4_000_000)
    sheet = show_flow(tracing, [first, second])
    sums = sheet.methods[TracingMethod.FIFO].sums
    assert (sums.fen(Disposition.HELD), sums.fen(Disposition.FROZEN)) == (
        3_000_000,
        4_000_000,
    )
    assert sums.loss_fen == sheet.loss_fen
    assert (
        sheet.accounts[CARD].held_fen
        == sum(stopped_fen(tracing, c.id) for c in board(tracing))
        == 7_000_000
    )


def hop_stopped(session: Session, name: str, minutes: int, fen: int) -> CaseId:
    """A case whose money went on into the shared account ``NEXT``, where ``fen`` of it are held."""
    at = START - timedelta(minutes=minutes)
    case = a_case(session, name, payee_account=f"62284800100{minutes:08d}", serial=name)
    replied(
        session, case, OrderKind.STOP, 0, NextHop("赵某", NEXT, "工商银行", 3_000_000, at, name)
    )
    (stop,) = case_file(session, case).orders
    asked = propose_order(
        session, case_file(session, case), OrderKind.STOP, About(order=stop.order.id)
    )
    (made,) = issue_orders(session, case, (asked,), confirmed=True)
    now = session.clock.now()
    answer = OrderReply(
        ReplyResult.PARTIAL, fen, fen, now, now + timedelta(hours=48), "工行", "", "", now
    )
    record_reply(session, made.order.id, answer)
    return case


def test_an_account_of_the_next_tier_holds_what_is_held_of_each_payment(tracing: Session) -> None:
    early, late = (
        hop_stopped(tracing, "甲", 20, 2_000_000),
        hop_stopped(tracing, "乙", 5, 1_000_000),
    )
    assert held_of(tracing, early, late) == 3_000_000
    between = START - timedelta(minutes=10)
    spans = (FlowScope(until=between), FlowScope(since=between))
    assert held_of(tracing, early, late, scope=spans[1]) == 0, "no victim paid since"
    assert held_of(tracing, early, late, scope=spans[0]) == 2_000_000
