"""What of a centre's own orders waits for an approval, and whom the rota names for it now.

The rota says whom to ask or wake. It gives nobody a right: who may approve what follows from roles and rules alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.case_file.views import OrderView
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.orders.later_approval import own_approval_clock
from desktop.domain.orders.order import OrderState
from desktop.domain.progress import SILENT, Progress
from desktop.services.orders.confirm_order import may_confirm
from desktop.services.orders.reckon import reckon
from desktop.services.ports import ChosenOrders, OrdersOnly, Reader
from desktop.services.session import Session

_MOST: Final = 100
"""Proposed orders that are looked through; whoever has so many approves them in the list."""


@dataclass(frozen=True, slots=True)
class WaitingApprovals:
    """``orders``: those issued by one officer alone, the first due in front, then those that go out only once they are
    approved. ``due``: by when the first is to be approved, None where no clock runs."""

    orders: tuple[OrderView, ...] = ()
    due: datetime | None = None


def approver_on_duty(session: Session, reader: Reader) -> Officer | None:
    """Whom the rota of a centre names for this hour, as far as they may approve."""
    now = session.clock.now()
    shift = next((one for one in reader.shifts() if one.runs(now)), None)
    officer = reader.officer(shift.approver) if shift is not None and shift.approver else None
    may = officer is not None and officer.may(Permission.APPROVE_ORDERS)
    return officer if may else None


def waiting_approvals(session: Session, progress: Progress = SILENT) -> WaitingApprovals:
    """All of it, whoever may approve it."""
    session.require(Permission.READ_CASES)
    basis, now, own = reckon(session, progress), session.clock.now(), session.profile.as_centre
    asked = ChosenOrders(tuple(OrderFlow), OrdersOnly(state=OrderState.PROPOSED))
    with session.store.read() as reader:
        later = [one for one in reader.unconfirmed_orders(basis) if one.order.unit_code == own]
        places = reader.order_places(basis, asked, now, None, _MOST)
        proposed = reader.orders_named({place.order for place in places})
    before = [one for one in proposed if one.order.unit_code == own]
    dues = {
        view.order.id: clock.at
        for view in later
        if (clock := own_approval_clock(session.rules, view.order, own)) is not None
    }
    later.sort(key=lambda view: (dues.get(view.order.id, now), view.order.id))
    before.sort(key=lambda view: (view.order.issued_at, view.order.id))
    return WaitingApprovals((*later, *before), min(dues.values(), default=None))


def approvals_for_me(session: Session, progress: Progress = SILENT) -> WaitingApprovals:
    """What the officer signed in is to approve by the rota and may; nothing for anybody else."""
    session.require(Permission.SEE_ORDERS)
    with session.store.read() as reader:
        named = approver_on_duty(session, reader)
    if named is None or named.number != session.officer.number:
        return WaitingApprovals()
    found = waiting_approvals(session, progress)
    mine = tuple(view for view in found.orders if _may_approve(session, view))
    dues = (own_approval_clock(session.rules, one.order, session.profile.as_centre) for one in mine)
    return WaitingApprovals(mine, min((due.at for due in dues if due is not None), default=None))


def _may_approve(session: Session, view: OrderView) -> bool:
    """Whether it waits for another than who issued it, and the officer signed in may."""
    if view.state is OrderState.PROPOSED:
        other = view.order.issued_by != session.officer.number
        return other and session.may(Permission.APPROVE_ORDERS)
    return may_confirm(session, view)
