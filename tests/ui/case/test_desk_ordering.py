"""Orders on a case that leads others hang on the report that told of their payment."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.orders.order import OrderKind
from desktop.services.cases.merge_cases import merge_cases, unmerge_case, whole_file
from desktop.services.cases.register_report import register_report
from desktop.services.desk import Desk
from desktop.services.look_up import case_file
from desktop.services.orders.order_request import About
from desktop.ui.shared.orders.ordering.desk_ordering import DeskOrdering
from tests.support.desks import a_form
from tests.support.seat_fixtures import desk, seat

__all__ = ["desk", "seat"]


def test_an_order_about_a_merged_payment_stays_with_its_report(desk: Desk) -> None:
    lead = register_report(desk, a_form(desk)).case
    form = a_form(desk)
    more = replace(form.transfers[0], amount="500", serial="26112400128999")
    other = register_report(desk, replace(form, transfers=(more,))).case
    merge_cases(desk, lead, other)
    ordering = DeskOrdering(desk)
    abouts = [About(transfer=item.id) for item in whole_file(desk, lead)[0].transfers]
    requests = ordering.propose(lead, OrderKind.STOP, abouts)
    done = ordering.order(lead, requests, confirmed=True)
    assert len(done.orders) == 2
    owners = [case_file(desk, case).orders[0].order for case in (lead, other)]
    assert [order.amount_fen for order in owners] == [9_800_000, 50_000]
    assert ordering.options(lead, owners[1].id).steps == ordering.options(other, owners[1].id).steps
    unmerge_case(desk, other, "分开")
    assert len(case_file(desk, other).orders) == 1
