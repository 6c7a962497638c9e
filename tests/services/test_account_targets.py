"""From an account of the money flow to an order about it: what it would be about, and what forbids it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.case_file.orders.account_orders import AccountState
from desktop.domain.cases.intake import TransferText
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.flow.flow_moves import FlowMove, PaymentSource
from desktop.domain.flow.sheet import FlowAccount
from desktop.domain.money.money_flow import FlowPayment
from desktop.domain.orders.order import OrderKind
from desktop.services.cases.changes.register_report import register_report
from desktop.services.flow.account_targets import account_targets
from desktop.services.flow.show_flow import show_flow
from desktop.services.look_up import case_file
from desktop.services.orders.issue_order import issue_order, issue_orders
from desktop.services.orders.order_request import propose_order
from desktop.services.session import Session
from tests.support.error_texts import assert_error
from tests.support.flow_cases import CARD, SECOND, THIRD, case_with_hops, replied, with_analyst
from tests.support.sessions import a_form, take_seat


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    base: Path = tmp_path_factory.mktemp("targets")
    return with_analyst(take_seat(base / "desk", "A").session)


def test_an_account_of_the_last_reply_is_stopped_from_its_node(session: Session) -> None:
    case = case_with_hops(session)
    sheet = show_flow(session, (case,))
    states = {key: sheet.ordered(key).state for key in (CARD, SECOND, THIRD)}
    assert states == {
        CARD: AccountState.STOPPED, SECOND: AccountState.STOPPED, THIRD: AccountState.NOTHING,
    }  # fmt: skip
    found = account_targets(session, sheet, THIRD, OrderKind.STOP)
    requests = [
        propose_order(session, case_file(session, found.case), OrderKind.STOP, about)
        for about in found.abouts
    ]
    assert [(r.transfer.payee.number, r.transfer.amount_fen) for r in requests] == [
        (THIRD, 1_700_000)
    ]
    issue_orders(session, found.case, requests, confirmed=True)
    after = show_flow(session, (case,))
    assert after.ordered(THIRD).state is AccountState.ASKED
    with pytest.raises(RuleError) as twice:
        account_targets(session, after, THIRD, OrderKind.STOP)
    assert_error(twice.value, "order.stop_exists")
    with pytest.raises(RuleError) as early:
        account_targets(session, after, THIRD, OrderKind.FREEZE)
    assert early.value.code == "order.not_filed"
    assert len(account_targets(session, after, SECOND, OrderKind.QUERY_HOLDER).abouts) == 1


def test_nothing_is_ordered_about_a_victim_or_cash(session: Session) -> None:
    sheet = show_flow(session, (case_with_hops(session),))
    victim = next(key for key, account in sheet.accounts.items() if account.victim)
    for key in (victim, "ATM取现", "nobody"):
        with pytest.raises(UserInputError) as refused:
            account_targets(session, sheet, key, OrderKind.STOP)
        assert refused.value.code == "order.no_target"


def test_an_account_that_only_a_statement_names(session: Session) -> None:
    case = case_with_hops(session)
    sheet = show_flow(session, (case,))
    far = "6228480402564890018"
    move = FlowMove(
        FlowPayment("row/e/1", sheet.moves[0].move.at, THIRD, far, 90_000),
        PaymentSource.STATEMENT,
        case,
        "77",
    )
    wider = replace(
        sheet, moves=(*sheet.moves, move),
        accounts={**sheet.accounts, far: FlowAccount(far, "孙某", far, "农业银行", 4)},
    )  # fmt: skip
    (about,) = account_targets(session, wider, far, OrderKind.STOP).abouts
    request = propose_order(session, case_file(session, case), OrderKind.STOP, about)
    assert request.transfer.payer.number == THIRD
    assert (request.transfer.payee.name, request.addressee) == ("孙某", "农业银行")
    (issued,) = issue_orders(session, case, (request,), confirmed=True)
    assert issued.order.about == f"account/{far}"


def test_a_wallet_known_by_name_and_order_number_stays_one_account(session: Session) -> None:
    """What the institution answers about the order number is held in the account the victim named."""
    form = a_form(session)
    wallet = TransferText(
        id=session.ids.new_id(), time="2026-11-24 10:15:02", amount="20,000.00", channel="wechat",
        payee_name="赵*", payee_bank="微信支付", order_number="4200001124220011567814023344",
    )  # fmt: skip
    case = register_report(session, replace(form, transfers=(wallet,))).case
    order = issue_order(session, case, OrderKind.STOP, 1).order
    replied(session, order.id, 1_200_000, ())
    sheet = show_flow(session, (case,))
    (key,) = (key for key, account in sheet.accounts.items() if not account.victim)
    assert sheet.accounts[key].held_fen == 1_200_000
    assert sheet.ordered(key).state is AccountState.STOPPED
