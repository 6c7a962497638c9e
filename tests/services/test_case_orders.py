"""Orders on a case that leads others hang on the report that told of their payment."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.orders.order import OrderKind
from desktop.services.cases.changes.merge_cases import merge_cases, unmerge_case, whole_file
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file
from desktop.services.orders.case_orders import order_all, propose_orders
from desktop.services.orders.order_options import options_in
from desktop.services.orders.order_request import About
from desktop.services.session import Session
from tests.support.seat_fixtures import seat, session
from tests.support.sessions import a_form

__all__ = ["seat", "session"]


def test_an_order_about_a_merged_payment_stays_with_its_report(session: Session) -> None:
    lead = register_report(session, a_form(session)).case
    form = a_form(session)
    more = replace(form.transfers[0], amount="500", serial="26112400128999")
    other = register_report(session, replace(form, transfers=(more,))).case
    merge_cases(session, lead, other)
    abouts = [About(transfer=item.id) for item in whole_file(session, lead)[0].transfers]
    requests = propose_orders(session, lead, OrderKind.STOP, abouts)
    done = order_all(session, lead, requests, confirmed=True)
    assert len(done.orders) == 2
    owners = [case_file(session, case).orders[0].order for case in (lead, other)]
    assert [order.amount_fen for order in owners] == [9_800_000, 50_000]
    assert options_in(session, lead, owners[1].id) == options_in(session, other, owners[1].id)
    unmerge_case(session, other, "分开")
    assert len(case_file(session, other).orders) == 1
