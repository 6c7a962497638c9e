"""An order that says something else than the case by now: told on the case and on the board, at every desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.case_file.next_step import NextKind, next_steps
from desktop.domain.case_file.orders.order_mismatch import odd_orders
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import board, case_file
from desktop.services.orders.issue_order import issue_order
from desktop.services.orders.withdraw_order import withdraw_order
from desktop.services.session import Session
from tests.services.test_order_kinds import answer
from tests.support.sessions import a_form
from tests.support.stations import Station

OTHER = "6230520010037788988"


def amend(session: Session, case: CaseId, **typed: Any) -> None:
    form = form_of(session, case)
    register_report(session, replace(form, transfers=(replace(form.transfers[0], **typed),)))


def mismatches(session: Session, case: CaseId) -> list[tuple[str, str, str]]:
    """What differs, which the board counts too."""
    file = case_file(session, case)
    found = odd_orders(file.orders, file.transfers)
    (card,) = board(session)
    assert card.mismatches == len(found)
    steps = {step.kind: step.count for step in next_steps(file, session.clock.now())}
    assert steps.get(NextKind.ODDS, 0) == len(found)
    return [(item.field, item.ordered, item.stands) for odd in found for item in odd.mismatches]


@pytest.fixture
def case(station: Station) -> CaseId:
    case = register_report(station.a, a_form(station.a)).case
    station.until_rest()
    return case


def test_amended_at_one_desk_while_another_orders_both_learn_of_it(
    station: Station, case: CaseId
) -> None:
    a, b, _ = station.all
    amend(a, case, amount="108000", payee_account=OTHER)
    issue_order(b, case, OrderKind.STOP, 1)
    assert mismatches(b, case) == []
    station.until_rest()
    for session in station.all:
        assert mismatches(session, case) == [
            ("payee.account", "6230520010037788996", OTHER),
            ("amount_fen", "9800000", "10800000"),
        ]
        assert session.store.digest() == session.store.rebuild(SILENT)
    (view,) = case_file(b, case).orders
    withdraw_order(b, view.order.id, "账号填错")
    station.until_rest()
    assert mismatches(a, case) == []


def test_put_right_again_nothing_is_reported(station: Station, case: CaseId) -> None:
    session = station.a
    issue_order(session, case, OrderKind.STOP, 1)
    amend(session, case, time="2026-11-24 10:12:53", payee_name="陈某")
    assert [field for field, _, _ in mismatches(session, case)] == ["payee.name", "time"]
    amend(session, case, time="2026-11-24 10:12:35", payee_name="陈某某")
    assert mismatches(session, case) == []


def test_what_only_one_of_them_says_or_the_receipt_blotted_out_is_no_contradiction(
    station: Station, case: CaseId
) -> None:
    session = station.a
    amend(session, case, payee_account="6230****8996", payee_name="", serial="26112400128841")
    issue_order(session, case, OrderKind.STOP, 1, despite="银行凭交易流水号能找到")
    amend(session, case, payee_account="6230520010037788996", payee_name="陈某某")
    assert mismatches(session, case) == []


def test_once_carried_out_only_another_account_counts(station: Station, case: CaseId) -> None:
    session = station.a
    order = issue_order(session, case, OrderKind.STOP, 1).order
    answer(session, order)
    amend(session, case, amount="108000")
    assert mismatches(session, case) == []
    amend(session, case, payee_account=OTHER)
    assert [field for field, _, _ in mismatches(session, case)] == ["payee.account"]
