"""An order that says something else than the case by now: told on the case and on the board, at every desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.case_file.next_step import NextKind, next_steps
from desktop.domain.case_file.order_mismatch import odd_orders
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind
from desktop.domain.progress import SILENT
from desktop.services.cases.amend_case import form_of
from desktop.services.cases.register_report import register_report
from desktop.services.desk import Desk
from desktop.services.look_up import board, case_file
from desktop.services.orders.issue_order import issue_order
from desktop.services.orders.withdraw_order import withdraw_order
from tests.services.test_order_kinds import answer
from tests.support.desks import a_form
from tests.support.stations import Station

OTHER = "6230520010037788988"


def amend(desk: Desk, case: CaseId, **typed: Any) -> None:
    form = form_of(desk, case)
    register_report(desk, replace(form, transfers=(replace(form.transfers[0], **typed),)))


def mismatches(desk: Desk, case: CaseId) -> list[tuple[str, str, str]]:
    """What differs, which the board counts too."""
    file = case_file(desk, case)
    found = odd_orders(file.orders, file.transfers)
    (card,) = board(desk)
    assert card.mismatches == len(found)
    steps = {step.kind: step.count for step in next_steps(file, desk.clock.now())}
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
    for desk in station.all:
        assert mismatches(desk, case) == [
            ("payee.account", "6230520010037788996", OTHER),
            ("amount_fen", "9800000", "10800000"),
        ]
        assert desk.store.digest() == desk.store.rebuild(SILENT)
    (view,) = case_file(b, case).orders
    withdraw_order(b, view.order.id, "账号填错")
    station.until_rest()
    assert mismatches(a, case) == []


def test_put_right_again_nothing_is_told(station: Station, case: CaseId) -> None:
    desk = station.a
    issue_order(desk, case, OrderKind.STOP, 1)
    amend(desk, case, time="2026-11-24 10:12:53", payee_name="陈某")
    assert [field for field, _, _ in mismatches(desk, case)] == ["payee.name", "time"]
    amend(desk, case, time="2026-11-24 10:12:35", payee_name="陈某某")
    assert mismatches(desk, case) == []


def test_what_only_one_of_them_says_or_the_receipt_blotted_out_is_no_contradiction(
    station: Station, case: CaseId
) -> None:
    desk = station.a
    amend(desk, case, payee_account="6230****8996", payee_name="", serial="26112400128841")
    issue_order(desk, case, OrderKind.STOP, 1)
    amend(desk, case, payee_account="6230520010037788996", payee_name="陈某某")
    assert mismatches(desk, case) == []


def test_once_carried_out_only_another_account_counts(station: Station, case: CaseId) -> None:
    desk = station.a
    order = issue_order(desk, case, OrderKind.STOP, 1).order
    answer(desk, order)
    amend(desk, case, amount="108000")
    assert mismatches(desk, case) == []
    amend(desk, case, payee_account=OTHER)
    assert [field for field, _, _ in mismatches(desk, case)] == ["payee.account"]
