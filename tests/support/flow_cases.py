"""A case whose money was followed to the fourth tier: reported, stopped, replied, stopped on. Everything invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from desktop.analysis.money_flow import FlowAnalyst
from desktop.domain.cases.intake import TransferText
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult
from desktop.domain.orders.reply import NextHop
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cash_out_terms import load_cash_out_terms
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_order, issue_orders
from desktop.services.orders.order_request import About, propose_order
from desktop.services.session import Session
from tests.support.sessions import a_form

CARD, SECOND, THIRD = "6230520010037788996", "6222021001116245702", "6217001234567890127"


def with_analyst(session: Session) -> Session:
    """The desk with the real reckoning of money."""
    return replace(session, flow=FlowAnalyst(load_cash_out_terms(resource_path("rules"))))


def case_with_hops(session: Session) -> CaseId:
    """98,000 to a card and 20,000 to a wallet; most of it went on to cash, crypto and a third card."""
    form = a_form(session)
    wallet = TransferText(
        id=session.ids.new_id(), time="2026-11-24 10:15:02", amount="20,000.00", channel="alipay",
        payer_account="6217004230001234569", payer_bank="中国建设银行", payee_name="赵*",
        payee_account="13919363321", payee_bank="支付宝", order_number="2026112422001156781402334455",
    )  # fmt: skip
    case = register_report(session, replace(form, transfers=(*form.transfers, wallet))).case
    now = session.clock.now()
    first = issue_order(session, case, OrderKind.STOP, 1).order.id
    replied(session, first, 6_132_000, (
        NextHop("吴某", SECOND, "招商银行", 3_100_000, now - timedelta(minutes=12), "88"),
        NextHop("ATM取现", "", "", 568_000, now - timedelta(minutes=9)),
    ))  # fmt: skip
    second = issue_order(session, case, OrderKind.STOP, 2).order.id
    replied(session, second, 0, (
        NextHop("吴某", SECOND, "招商银行", 2_000_000, now - timedelta(minutes=10)),
    ))  # fmt: skip
    third = next_tier(session, case, first, 0)
    replied(session, third, 800_000, (
        NextHop("USDT币商", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "", 2_600_000, now - timedelta(minutes=7)),
        NextHop("钱某", THIRD, "中国建设银行", 1_700_000, now - timedelta(minutes=6)),
    ))  # fmt: skip
    return case


def case_that_goes_round(session: Session) -> CaseId:
    """98,000 to a card; 50,000 of it on, 48,000 further, 45,000 back to the card: each ten minutes after the last."""
    case = register_report(session, a_form(session)).case
    paid = case_file(session, case).transfers[0].time or session.clock.now()
    asked = issue_order(session, case, OrderKind.STOP, 1).order.id
    for number, (name, account, fen) in enumerate(
        (("吴某", SECOND, 5_000_000), ("钱某", THIRD, 4_800_000), ("陈某某", CARD, 4_500_000)), 1
    ):
        hop = NextHop(name, account, "招商银行", fen, paid + timedelta(minutes=10 * number))
        replied(session, asked, 0, (hop,))
        if account != CARD:
            asked = next_tier(session, case, asked, 0)
    return case


def next_tier(session: Session, case: CaseId, order: OrderId, hop: int) -> OrderId:
    """Stop the account that a reply named."""
    request = propose_order(
        session, case_file(session, case), OrderKind.STOP, About(order=order, hop=hop)
    )
    (issued,) = issue_orders(session, case, (request,), confirmed=True)
    return issued.order.id


def replied(session: Session, order: OrderId, fen: int, hops: tuple[NextHop, ...] = ()) -> None:
    now: datetime = session.clock.now()
    done = ReplyResult.PARTIAL if fen else ReplyResult.FAILED
    answer = OrderReply(
        done, fen, fen, now if fen else None, now + timedelta(hours=48) if fen else None, "银行", "",
        "" if fen else "余额为零", now, hops=hops,
    )  # fmt: skip
    record_reply(session, order, answer)
