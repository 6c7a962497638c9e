"""What the centre has not heard of is read alone, and says the same as the whole list of orders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from desktop.domain.money.dispositions import NO_ACCOUNT_MONEY
from desktop.domain.orders.order import UNHEARD, OrderKind, OrderReply, ReplyResult
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_order, issue_stop
from desktop.services.orders.list_orders import OrderRow, unheard_on_clock
from desktop.services.orders.withdraw_order import withdraw_order
from desktop.services.session import Session
from tests.support.counted_orders import orders_on_clock
from tests.support.sessions import Seat, a_form


def _of_the_list(session: Session) -> tuple[OrderRow, ...]:
    rows = (row for row in orders_on_clock(session) if row.view.state in UNHEARD)
    return tuple(replace(row, money=NO_ACCOUNT_MONEY) for row in rows)


def test_unheard_orders_are_those_of_the_list(seat: Seat, session: Session) -> None:
    first, second, third = (issue_stop(session, a_form(session), 0, confirmed=True) for _ in "123")

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

    acts: tuple[Callable[[], None], ...] = (answered, asked, withdrawn, merged)
    counts = [len(unheard_on_clock(session))]
    for act in acts:
        act()
        seat.clock.advance(hours=1)
        assert unheard_on_clock(session) == _of_the_list(session)
        counts.append(len(unheard_on_clock(session)))
    assert counts == [3, 2, 2, 1, 1]
