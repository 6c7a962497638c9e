"""Confirm what one officer alone ordered in a hurry; another officer does, signed in under their own password."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import RuleError
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.confirmation import CONFIRMATION
from desktop.domain.orders.later_approval import wants_approver
from desktop.domain.orders.order import Order
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import ORDER_CONFIRMED
from desktop.services.look_up import order_in
from desktop.services.officers.waiting_approvals import approvers
from desktop.services.orders.answers.record_reply import may_answer, require_ours, stream_of
from desktop.services.orders.reckon import reckon
from desktop.services.ports import Transaction
from desktop.services.session import Session


def confirm_order(session: Session, key: str) -> None:
    """The officer signed in stands for the order too.

    Raises:
        UserInputError: ``order.unknown``.
        RuleError: ``order.not_ours``; ``order.needs_no_confirmation``; ``order.confirmed_already``;
            ``order.own_confirmation`` for who issued it; ``order.over`` for one that was taken back;
            ``order.approver_wanted`` where the centre's own rule leaves it to an approver now.
    """
    session.require(Permission.ISSUE_ORDERS)
    confirm_orders(session, (key,))


def confirm_orders(session: Session, keys: Iterable[str]) -> None:
    """The same of several: all of them or none. Raises as :func:`confirm_order`."""
    session.require(Permission.ISSUE_ORDERS)
    with session.store.write() as transaction:
        for key in dict.fromkeys(keys):
            _confirm(session, transaction, key)


def _confirm(session: Session, transaction: Transaction, key: str) -> None:
    view, officer = order_in(transaction, key), session.officer.number
    order = view.order
    require_ours(session, order)
    if not order.alone:
        raise RuleError("order.needs_no_confirmation")
    if order.withdrawal.at is not None:
        raise RuleError("order.over")
    if order.confirmation is not None:
        raise RuleError("order.confirmed_already")
    if order.issued_by == officer:
        raise RuleError("order.own_confirmation")
    others = {number for _, number in approvers(session, transaction)} - {order.issued_by}
    if others and _lacks_approval_right(session, order):
        raise RuleError("order.approver_wanted")
    fields = {f"{CONFIRMATION}{officer}": to_wire(session.clock.now())}
    stream = stream_of(session, transaction, view)
    transaction.append(
        officer, NewEntry(ORDER_CONFIRMED, f"order/{order.id}", fields, stream=stream)
    )


def _lacks_approval_right(session: Session, order: Order) -> bool:
    """Whether the rule of this centre leaves its own order to an approver at this time, and the officer is none."""
    own = order.unit_code == session.profile.as_centre
    wanted = own and wants_approver(session.rules, session.clock.now())
    return wanted and not session.may(Permission.APPROVE_ORDERS)


def may_confirm(session: Session, view: OrderView) -> bool:
    """Whether the officer signed in is a second whom the order waits for; whether just now, confirming it says."""
    order = view.order
    mine = order.issued_by == session.officer.number
    return (
        order.unconfirmed
        and not mine
        and session.may(Permission.ISSUE_ORDERS)
        and may_answer(session, order)
    )


def unconfirmed(session: Session) -> tuple[OrderView, ...]:
    """What one officer alone ordered here and nobody confirmed yet, the oldest first."""
    session.require(Permission.READ_CASES)
    basis = reckon(session)
    with session.store.read() as reader:
        found = [
            view
            for view in reader.unconfirmed_orders(basis)
            if view.order.unconfirmed and may_answer(session, view.order)
        ]
    return tuple(sorted(found, key=lambda view: view.order.issued_at))
