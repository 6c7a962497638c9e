"""The numbers of orders: each computer of a station counts its own."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind
from desktop.services.orders.issue_order import issue_order
from desktop.services.session import Session
from tests.services.test_order_kinds import case, made

__all__ = ["case"]


def test_another_desk_counts_its_own_numbers(session: Session, case: CaseId) -> None:
    made(session, case, OrderKind.STOP)
    other = replace(session, profile=replace(session.profile, device_letter="B"))
    done = issue_order(other, case, OrderKind.STOP, 2).order
    assert done.number == "1124-A-0001-BZ1"
    assert made(session, case, OrderKind.WATCH).number == "1124-A-0001-C2"
