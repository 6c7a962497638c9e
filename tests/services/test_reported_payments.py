"""What victims and banks tell of the same money is counted once, and all of it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.cases.answers import TICKED
from desktop.domain.flow.flow_moves import FlowScope
from desktop.domain.flow.sheet import FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.money.dispositions import Disposition
from desktop.domain.money.money_flow import TracingMethod
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult
from desktop.domain.orders.reply import NextHop
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.cases.changes.register_report import register_report
from desktop.services.flow.account_targets import account_targets
from desktop.services.flow.export_flow import FlowFormat, export_flow
from desktop.services.flow.show_flow import show_flow
from desktop.services.look_up import board, case_file
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.approve_order import approve_order
from desktop.services.orders.issue_order import issue_order
from desktop.services.session import Session
from desktop.ui.flow.graph import graph_of
from tests.support.clocks import START
from tests.support.flow_cases import SECOND, with_analyst
from tests.support.sessions import a_form

VICTIM = "6217004230001234569"


@pytest.fixture
def tracing(session: Session) -> Session:
    return with_analyst(session)


def answered(session: Session, case: CaseId, kind: OrderKind, fen: int, *hops: NextHop) -> None:
    """An order about the first payment, done as far as ``fen`` go."""
    order = issue_order(session, case, kind, 1).order
    if kind is OrderKind.QUERY_DETAILS:
        approve_order(session, order.id, "张志远")
    now = session.clock.now()
    stop = kind is OrderKind.STOP
    done = ReplyResult.PARTIAL if stop else ReplyResult.DONE
    ends = now + timedelta(hours=48) if stop else None
    answer = OrderReply(
        done, fen, fen, now if stop else None, ends, "农业银行", "", "", now, hops=hops
    )
    record_reply(session, order.id, answer)


def two_payments(session: Session) -> CaseId:
    """The second, smaller one was the earlier."""
    form = a_form(session)
    more = replace(
        form.transfers[0], id=session.ids.new_id(), serial="99", amount="50,000.00",
        time="2026-11-24 10:05:00",
    )  # fmt: skip
    return register_report(session, replace(form, transfers=(*form.transfers, more))).case


def dispositions(sheet: FlowSheet) -> dict[Disposition, int]:
    """As every method has them, which differ in nothing here."""
    (sums,) = {view.sums for view in sheet.methods.values()}
    assert sums.loss_fen == sheet.loss_fen
    return {item: sums.fen(item) for item in Disposition if sums.fen(item)}


def onward(minutes: int, serial: str = "") -> NextHop:
    at = START - timedelta(minutes=minutes)
    return NextHop("赵某", SECOND, "工商银行", 5_000_000, at, serial)


@pytest.mark.parametrize("serials", [("", "", ""), ("1", "2", "3")])
def test_equal_payments_of_a_longer_reply_are_as_many_as_it_tells(
    tracing: Session, serials: tuple[str, ...]
) -> None:
    """Split into equal sums within minutes; an earlier reply, listed after or before, tells the last alone."""
    three = [onward(9 - place, serial) for place, serial in enumerate(serials)]
    form = a_form(tracing)
    form = replace(form, transfers=(replace(form.transfers[0], amount="200,000.00"),))
    case = register_report(tracing, form).case
    answered(tracing, case, OrderKind.QUERY_DETAILS, 0, *three)
    tracing.clock.advance(minutes=1)  # type: ignore[attr-defined]  # a clock of tests
    answered(tracing, case, OrderKind.STOP, 100, three[-1])
    sheet = show_flow(tracing, [case])
    assert sheet.accounts[SECOND].in_fen == 15_000_000
    assert dispositions(sheet) == {
        Disposition.HELD: 100,
        Disposition.UNTRACED: 4_999_900,
        Disposition.RESTING: 15_000_000,
    }, "the bank held all it found in the first account"


def test_what_was_called_back_of_a_payment_that_counts_no_more_takes_no_other_money(
    tracing: Session,
) -> None:
    """The bank revoked it in time, so it was only attempted (未遂); the other payment is gone all the same."""
    case = two_payments(tracing)
    answered(tracing, case, OrderKind.REVOKE, 9_800_000)
    assert dispositions(show_flow(tracing, [case]))[Disposition.RETURNED] == 9_800_000
    form = form_of(tracing, case)
    failed = replace(form.transfers[0], attempted=TICKED)
    register_report(tracing, replace(form, transfers=(failed, *form.transfers[1:])))
    assert dispositions(show_flow(tracing, [case])) == {Disposition.RESTING: 5_000_000}


def test_a_payment_that_two_reports_had_called_back_came_back_once(tracing: Session) -> None:
    lead = two_payments(tracing)
    other = register_report(tracing, a_form(tracing)).case
    for case, fen in ((lead, 9_000_000), (other, 9_800_000)):
        answered(tracing, case, OrderKind.REVOKE, fen)
    merge_cases(tracing, lead, other)
    sheet = show_flow(tracing, [lead])
    assert dispositions(sheet) == {Disposition.RETURNED: 9_800_000, Disposition.RESTING: 5_000_000}


def test_what_came_back_is_known_again_in_a_reply_and_lies_with_its_payment(
    tracing: Session,
) -> None:
    """Nobody asks a victim when; the bank says: an hour later."""
    form = a_form(tracing)
    paid = replace(form.transfers[0], returned="100.00")
    case = register_report(tracing, replace(form, transfers=(paid,))).case
    later = START + timedelta(minutes=50)
    answered(tracing, case, OrderKind.STOP, 1, NextHop("李秀兰", VICTIM, "", 10_000, later))
    sheet = show_flow(tracing, [case])
    assert dispositions(sheet)[Disposition.RETURNED] == 10_000
    nothing = show_flow(tracing, [case], FlowScope(until=datetime(2026, 11, 1, tzinfo=UTC)))
    assert (nothing.moves, nothing.left_out) == ((), 2)


def test_what_came_back_is_what_the_report_says_that_tells_most(tracing: Session) -> None:
    """Of one payment that two reports tell: when the first was made, nothing had come back."""
    told = []
    for returned in ("", "500.00", "300.00"):
        form = a_form(tracing)
        paid = replace(form.transfers[0], returned=returned)
        told.append(register_report(tracing, replace(form, transfers=(paid,))).case)
    lead, *others = told
    for other in others:
        merge_cases(tracing, lead, other)
    assert dispositions(show_flow(tracing, [lead]))[Disposition.RETURNED] == 50_000
    assert [card.returned_fen for card in board(tracing)] == [50_000]


def test_nothing_is_said_of_how_long_money_stayed_where_nobody_knows_when_it_went(
    tracing: Session,
) -> None:
    """Most of the later payment went on, the bank did not say when; and some came back."""
    form = a_form(tracing)
    paid = replace(form.transfers[0], returned="90,000.00")
    early = replace(paid, id=tracing.ids.new_id(), time="2026-11-24 09:50:00", serial="9")
    case = register_report(tracing, replace(form, transfers=(paid, early))).case
    untold = NextHop("赵某", SECOND, "工商银行", 9_000_000)
    answered(tracing, case, OrderKind.STOP, 1, untold)
    sheet = show_flow(tracing, [case])
    assert {account.median_dwell_time for account in sheet.accounts.values()} == {None}
    assert sheet.patterns.fast_through == ()
    told = replace(untold, time=START)
    again = register_report(tracing, a_form(tracing)).case
    answered(tracing, again, OrderKind.STOP, 1, told)
    (stay,) = show_flow(tracing, [again]).patterns.fast_through
    assert stay.median_seconds == 18 * 60 + 32


def test_money_in_an_account_a_victim_lent_is_not_back_with_a_victim(tracing: Session) -> None:
    """The first victim was told to receive and pass on what the second one paid, and got a rebate besides."""
    form = a_form(tracing, "甲")
    paid = replace(form.transfers[0], returned="100.00")
    first = register_report(tracing, replace(form, transfers=(paid,))).case
    form = a_form(tracing, "乙")
    lent = replace(
        form.transfers[0], payer_account="6217009999999999999", payee_name="甲",
        payee_account=VICTIM, amount="30,000.00", serial="7",
    )  # fmt: skip
    second = register_report(tracing, replace(form, transfers=(lent,))).case
    answered(tracing, second, OrderKind.STOP, 2_000_000)
    sheet = show_flow(tracing, [first, second])
    found = dispositions(sheet)
    assert found == {
        Disposition.HELD: 2_000_000, Disposition.RETURNED: 10_000, Disposition.UNTRACED: 1_000_000,
        Disposition.RESTING: 9_790_000,
    }  # fmt: skip
    held = [link.fen for link in graph_of(sheet, TracingMethod.FIFO).links if link.source == VICTIM]
    assert 2_000_000 in held, "the drawing shows what the table says"
    (about,) = account_targets(tracing, sheet, VICTIM, OrderKind.QUERY_HOLDER).abouts
    assert about.transfer == lent.id, "like any other account"


def test_the_table_names_the_case_of_every_payment(tracing: Session) -> None:
    """Also where a bank told of it to a report that was merged since."""
    lead, other = (register_report(tracing, a_form(tracing)).case for _ in range(2))
    answered(tracing, other, OrderKind.STOP, 1, onward(5))
    merge_cases(tracing, lead, other)
    sheet = show_flow(tracing, [lead])
    text = export_flow(tracing, sheet, FlowFormat.CSV, str).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["column.case"] for row in rows] == [case_file(tracing, lead).case.number] * 2
    assert sheet.methods[TracingMethod.FIFO].trace.conserved
