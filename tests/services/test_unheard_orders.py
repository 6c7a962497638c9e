"""Of what the centre has not heard: as many, and the same first, as the whole list of orders says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.kinds import SAVING
from desktop.domain.orders.order import UNHEARD, OrderKind, OrderReply, ReplyResult
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_order, issue_stop
from desktop.services.orders.unheard_orders import unheard_orders
from desktop.services.orders.withdraw_order import withdraw_order
from desktop.services.session import Session
from tests.support.counted_orders import orders_on_clock
from tests.support.sessions import Seat, a_form


def _of_the_list(session: Session) -> list[OrderView]:
    """The most urgent first."""
    now = session.clock.now()
    rows = [row for row in orders_on_clock(session) if row.view.state in UNHEARD]
    return [row.view for row in sorted(rows, key=lambda row: row.pressing(now).urgency(now))]


def test_unheard_orders_are_those_of_the_list(seat: Seat, session: Session) -> None:
    first, second, third = (issue_stop(session, a_form(session), 0, confirmed=True) for _ in "123")

    def nothing() -> None:
        pass

    def answered() -> None:
        now = session.clock.now()
        held = OrderReply(
            ReplyResult.DONE, 5_000_000, 0, now, now + timedelta(hours=48), "农行", "", "", now
        )
        record_reply(session, first.order.id, held)

    def asked() -> None:
        issue_order(session, second.case, OrderKind.QUERY_HOLDER, 1)

    def withdrawn() -> None:
        withdraw_order(session, third.order.id, "误发")

    def merged() -> None:
        merge_cases(session, first.case, second.case)

    def last_stop_withdrawn() -> None:
        withdraw_order(session, second.order.id, "误发")

    acts: tuple[Callable[[], None], ...] = (
        nothing, answered, asked, withdrawn, merged, last_stop_withdrawn,
    )  # fmt: skip
    counts = []
    for act in acts:
        act()
        seat.clock.advance(hours=1)
        expected, found = _of_the_list(session), unheard_orders(session)
        assert found.count == len(expected)
        assert found.urgent == next((v for v in expected if v.order.kind in SAVING), None)
        counts.append(found.count)
    assert counts == [3, 2, 2, 1, 1, 0]


def test_the_stop_with_minutes_left_is_the_urgent_one_and_no_later_one_of_old_money(
    session: Session,
) -> None:
    fresh = issue_stop(session, a_form(session), 0, confirmed=True)
    for _ in range(3):
        form = a_form(session)
        old = replace(form.transfers[0], time="2026-09-01 10:12:35")
        issue_stop(session, replace(form, transfers=(old,)), 0, confirmed=True)
    urgent = unheard_orders(session).urgent
    assert urgent is not None
    assert urgent.order.id == fresh.order.id
