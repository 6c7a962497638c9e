"""What may be done next with an order: its own steps, and the orders that may follow it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.case_file.orders.order_rules import NOT_OUT, open_hops, require_issue
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.law.deadlines import Deadline
from desktop.domain.orders.kinds import SPECS, STOPS, OrderTarget
from desktop.domain.orders.later_approval import own_approval_clock
from desktop.domain.orders.machine import REPLIES, OrderStep, steps_from
from desktop.domain.orders.order import OrderKind
from desktop.services.cases.changes.merge_cases import whole_file
from desktop.services.look_up import case_file
from desktop.services.orders.answers.record_reply import may_answer
from desktop.services.orders.confirm_order import may_confirm
from desktop.services.orders.earlier_orders import earlier_orders, orders_of_merged_reports
from desktop.services.orders.shift.rota_approvals import approver_on_duty
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Options:
    """``steps`` of the order itself, ``follow_ups``: kinds of order that the rules allow about the same thing,
    ``hops``: places of the reply's next payments that nobody has stopped yet. Who may not order has none of them."""

    steps: tuple[OrderStep, ...]
    follow_ups: tuple[OrderKind, ...]
    hops: tuple[int, ...] = ()
    numbered: bool = True
    """Whether its number at the platform may be typed."""
    out: bool = True
    """Whether whoever is handed its sheet may act on it."""
    confirm: bool = False
    """Whether the officer signed in is the second whom it waits for."""
    approval: Deadline | None = None
    """By when, where the centre issued it itself."""
    approver: Officer | None = None
    """Whom the rota names for now, where somebody else is asked for an approval."""


def options_of(session: Session, file: CaseFile, view: OrderView) -> Options:
    """What the state of the order and the rules allow now."""
    session.require(Permission.READ_CASES)
    out = view.state not in NOT_OUT
    if not session.may(Permission.ISSUE_ORDERS):
        return Options((), (), numbered=False, out=out)
    steps = steps_from(view.order.kind, view.state)
    elsewhere = {OrderStep.RELEASE, *(() if may_answer(session, view.order) else REPLIES.values())}
    done_here = tuple(step for step in steps if step not in elsewhere)
    with session.store.read() as reader:
        reported = orders_of_merged_reports(reader, view.case, view.order.about)
        named = approver_on_duty(session, reader)
    earlier = earlier_orders(session, file, view.order.about, reported)
    allowed = []
    for kind in _after(view.order.kind):
        try:
            require_issue(kind, earlier)
        except RuleError:
            continue
        allowed.append(kind)
    hops, confirm = open_hops(view, file.orders), may_confirm(session, view)
    due = own_approval_clock(session.rules, view.order, session.profile.as_centre)
    other = named is not None and named.number != view.order.issued_by
    return Options(
        done_here,
        tuple(allowed),
        hops,
        out=out,
        confirm=confirm,
        approval=due,
        approver=named if other else None,
    )


def options_in(session: Session, case: CaseId, order: OrderId) -> Options:
    """What may be done next with an order."""
    origins = whole_file(session, case)[1].origins
    file = case_file(session, origins.get(order, case))
    view = next(view for view in file.orders if view.order.id == order)
    return options_of(session, file, view)


def _after(kind: OrderKind) -> tuple[OrderKind, ...]:
    """Kinds that usually come after one: what continues or ends it, and a freeze after a stop."""
    if SPECS[kind].target is not OrderTarget.PAYMENT:
        return ()
    next_kinds = [other for other, spec in SPECS.items() if kind in spec.follows]
    if kind in STOPS:
        next_kinds += [OrderKind.FREEZE, OrderKind.QUERY_DETAILS]
    if kind is OrderKind.REVOKE:
        next_kinds.append(OrderKind.STOP)
    return tuple(next_kinds)
