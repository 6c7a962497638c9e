"""资金返还: what is frozen is divided among the victims to the fen, and the papers say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.people.party import PartyText
from desktop.domain.cases.step import StepKind
from desktop.domain.ids import CaseId, PartyId
from desktop.domain.money.money_flow import share_out
from desktop.domain.orders.approval import Approval
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult
from desktop.domain.orders.reply import NextHop
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_order, issue_orders
from desktop.services.orders.order_request import About, name_target, propose_order
from desktop.services.orders.record_step import record_step
from desktop.services.papers.draw_form import draw_form
from desktop.services.papers.paper_facts import refund_of
from desktop.services.session import Session
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text
from tests.support.flow_cases import CARD, SECOND, THIRD, replied, with_analyst
from tests.support.sessions import a_form, take_seat
from tests.support.strict import all_of


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return with_analyst(take_seat(tmp_path / "desk", "A").session)


def report(session: Session, name: str, amount: str, at: str, number: str = "") -> CaseId:
    form = a_form(session, name)
    if number:
        form = replace(form, victim=replace(form.victim, id_number=number))
    paid = replace(
        form.transfers[0], amount=amount, time=f"2026-11-24 {at}", serial="", payer_account="",
        payer_bank="",
    )  # fmt: skip
    return register_report(session, replace(form, transfers=(paid,))).case


def freeze(session: Session, case: CaseId, fen: int) -> None:
    now = session.clock.now()
    record_step(session, case, StepKind.FILED, now, "兰公立字〔2026〕8号")
    file = case_file(session, case)
    request = propose_order(session, file, OrderKind.FREEZE, name_target(file, OrderKind.FREEZE, 1))
    request = replace(request, approval=Approval(by="赵局长", number="冻字1号", at=now))
    (issued,) = issue_orders(session, case, (request,), confirmed=True)
    reply = OrderReply(
        ReplyResult.PARTIAL,
        fen,
        fen,
        now,
        now + timedelta(days=181),
        "农业银行",
        "",
        "余额不足",
        now,
    )
    record_reply(session, issued.order.id, reply)


def test_however_many_victims_paid_into_one_account_each_has_a_share(session: Session) -> None:
    cases = [report(session, f"受害人{place}", "1,000.00", "10:12:35") for place in range(52)]
    freeze(session, cases[0], 52 * 1_900)
    for case in (cases[0], cases[-1]):
        (account,) = refund_of(session, case).accounts
        assert {share.case for share in account.shares} == set(cases)
        assert {share.by_loss_fen for share in account.shares} == {1_900}


def test_two_victims_share_what_is_frozen_to_the_fen(session: Session) -> None:
    first = report(session, "李秀兰", "98,000.00", "10:12:35")
    second = report(session, "周卫东", "52,000.01", "10:20:00")
    third = report(session, "宋涛", "1,000.00", "10:25:00")
    assert refund_of(session, first).accounts == ()
    freeze(session, first, 7_000_001)
    for case in (first, second, third):
        (account,) = refund_of(session, case).accounts
        assert account.account.number == CARD
        assert [share.loss_fen for share in account.shares] == [9_800_000, 5_200_001, 100_000]
        assert account.traced_fen == account.by_loss_fen == account.frozen_fen == 7_000_001
    told = [refund_of(session, case).due_fen for case in (first, second, third)]
    assert sum(told) == 7_000_001


def test_the_papers_say_the_same(session: Session) -> None:
    first = report(session, "李秀兰", "98,000.00", "10:12:35")
    report(session, "周卫东", "52,000.00", "10:20:00")
    freeze(session, first, 6_000_000)
    printing = replace(session, papers=new_papers("zh_CN"))
    due = refund_of(session, first).due_fen
    assert 0 < due < 6_000_000
    figures = f"{due // 100:,}.{due % 100:02d}"
    shares = all_text(draw_form(printing, "return_shares", first).data)
    for told in (CARD, "李秀兰", "周卫东", "60,000.00", figures, "52,000.00"):
        assert told in shares, told
    decision = all_text(draw_form(printing, "return_decision", first).data)
    assert figures in decision
    assert "先进先出" in decision
    assert "周卫东" not in decision, "the bank learns of no other victim"
    assert figures in all_text(draw_form(printing, "return_notice", first).data)
    assert "尚无冻结成功" not in shares


def test_of_joined_reports_each_victim_applies_for_the_own_loss(session: Session) -> None:
    first = report(session, "李秀兰", "98,000.00", "10:12:35")
    second = report(session, "周卫东", "52,000.00", "10:20:00", "620102197712011239")
    freeze(session, first, 6_000_000)
    apart = {case: refund_of(session, case) for case in (first, second)}
    merge_cases(session, first, second, "同一伙人")
    assert {case: refund_of(session, case) for case in (first, second)} == apart
    printing = replace(session, papers=new_papers("zh_CN"))
    for case, own, other in ((first, "98,000.00", "52,000"), (second, "52,000.00", "98,000")):
        applied = all_text(draw_form(printing, "return_application", case).data)
        assert f"（小写）￥{own}" in applied
        assert other not in applied
    due = refund_of(session, second).due_fen
    assert f"{due // 100:,}.{due % 100:02d}" in all_text(
        draw_form(printing, "return_decision", second).data
    )


def test_a_second_victim_of_one_report_has_a_share_too(session: Session) -> None:
    """The decision names one victim and gives that one's money alone."""
    form = a_form(session)
    paid = replace(form.transfers[0], serial="", payer_account="", payer_bank="")
    other = replace(paid, id=session.ids.new_id(), amount="52,000.00", payer_name="周卫东")
    son = PartyText(PartyId(session.ids.new_id()), role="victim", name="周卫东")
    form = replace(form, transfers=(paid, other), parties=(son,))
    case = register_report(session, form).case
    freeze(session, case, 6_000_000)
    refund = refund_of(session, case)
    (account,) = refund.accounts
    assert {share.victim: share.loss_fen for share in account.shares} == {
        "李秀兰": 9_800_000, "周卫东": 5_200_000,
    }  # fmt: skip
    assert account.traced_fen == 6_000_000
    assert refund.due_fen < 6_000_000, "nobody is given the other's money"


def test_a_joined_report_without_a_payment_is_given_nobody_else_s_money(session: Session) -> None:
    first = report(session, "李秀兰", "98,000.00", "10:12:35")
    form = a_form(session, "周卫东")
    victim = replace(form.victim, id_number="620102197712011239")
    second = register_report(session, replace(form, victim=victim, transfers=())).case
    freeze(session, first, 6_000_000)
    merge_cases(session, first, second, "同一伙人")
    assert refund_of(session, first).due_fen == 6_000_000
    assert refund_of(session, second).accounts == ()


def test_who_reported_twice_has_one_share(session: Session) -> None:
    first = report(session, "李秀兰", "98,000.00", "10:12:35")
    again = report(session, "李秀兰", "2,000.00", "10:20:00")
    freeze(session, first, 6_000_000)
    merge_cases(session, first, again, "本人两次报案")
    for case in (first, again):
        (account,) = refund_of(session, case).accounts
        assert [share.loss_fen for share in account.shares] == [10_000_000]
        assert refund_of(session, case).due_fen == 6_000_000


def test_a_second_victim_who_reported_twice_has_one_share(session: Session) -> None:
    first = report(session, "李秀兰", "98,000.00", "10:12:35")
    second = report(session, "周卫东", "40,000.00", "10:20:00", "620102197712011239")
    again = report(session, "周卫东", "12,000.00", "10:25:00", "620102197712011239")
    freeze(session, first, 6_000_000)
    for other in (second, again):
        merge_cases(session, first, other, "同一伙人")
    refunds = [refund_of(session, case) for case in (second, again)]
    assert refunds[0] == refunds[1]
    (account,) = refunds[0].accounts
    assert [share.loss_fen for share in account.shares] == [9_800_000, 5_200_000]
    assert refunds[0].due_fen + refund_of(session, first).due_fen == 6_000_000


def test_a_victim_whom_another_report_names_has_one_share(
    session: Session,
) -> None:
    number = "620102197712011239"
    form = a_form(session, "李秀兰")
    mine = replace(form.transfers[0], serial="", payer_account="", payer_bank="")
    son = PartyText(PartyId(session.ids.new_id()), "victim", name="周卫东", id_number=number)
    his = replace(mine, id=session.ids.new_id(), amount="40,000.00", payer_name="周卫东")
    form = replace(form, transfers=(mine, his), parties=(son,))
    first = register_report(session, form).case
    second = report(session, "周卫东", "12,000.00", "10:25:00", number)
    freeze(session, first, 6_000_000)
    merge_cases(session, first, second, "同一伙人")
    (account,) = refund_of(session, second).accounts
    assert [share.victim for share in account.shares] == ["李秀兰", "周卫东"]
    assert account.shares[1].loss_fen == 5_200_000
    assert refund_of(session, first).due_fen + refund_of(session, second).due_fen == 6_000_000


def test_whoever_s_money_met_in_the_second_tier_takes_part(session: Session) -> None:
    """Two victims paid two accounts; both passed it on into the one that is frozen."""
    now = session.clock.now()
    cases = []
    for name, card, before in (("李秀兰", CARD, 9), ("周卫东", THIRD, 8)):
        form = a_form(session, name)
        paid = replace(form.transfers[0], payee_account=card, serial=name, amount="10,000.00")
        case = register_report(session, replace(form, transfers=(paid,))).case
        asked = issue_order(session, case, OrderKind.STOP, 1).order.id
        replied(
            session,
            asked,
            0,
            (NextHop("吴某", SECOND, "招商银行", 1_000_000, now - timedelta(minutes=before)),),
        )
        cases.append((case, asked))
    (first, asked), (second, _) = cases
    record_step(session, first, StepKind.FILED, now, "兰公立字〔2026〕8号")
    request = propose_order(
        session, case_file(session, first), OrderKind.FREEZE, About(order=asked)
    )
    request = replace(request, approval=Approval(by="赵局长", number="冻字1号", at=now))
    (issued,) = issue_orders(session, first, (request,), confirmed=True)
    replied(session, issued.order.id, 600_000, ())
    for case in (first, second):
        (account,) = refund_of(session, case).accounts
        assert account.account.number == SECOND
        assert {s.case: s.by_loss_fen for s in account.shares} == {first: 300_000, second: 300_000}
    assert sum(refund_of(session, case).due_fen for case in (first, second)) == 600_000


@given(
    st.integers(0, 10**12),
    st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(1, 10**10), min_size=1),
)
def test_shares_are_whole_and_nobody_gets_more_than_was_lost(
    frozen: int, losses: dict[str, int]
) -> None:
    held = min(frozen, sum(losses.values()))
    shares = share_out(held, losses)
    assert sum(shares.values()) == held
    assert all_of(shares[name] <= lost for name, lost in losses.items())
