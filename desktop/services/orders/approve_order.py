"""Record that an order was approved, or that it was not; a second person does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.case_file.orders.order_clocks import asked_until
from desktop.domain.case_file.orders.order_rules import require_ground
from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import OrderId
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.approval import Approval
from desktop.domain.orders.machine import OrderStep, require_step
from desktop.domain.orders.order import Order
from desktop.domain.records.record_fields import flat
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import ORDER_APPROVED, ORDER_REFUSED
from desktop.services.look_up import order_in
from desktop.services.officers.second_officer import SecondOfficer, prove_second
from desktop.services.officers.waiting_approvals import approvers
from desktop.services.orders.answers.record_reply import require_ours, stream_of
from desktop.services.orders.earlier_orders import earlier_orders, orders_of_merged_reports
from desktop.services.ports import Transaction
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class TypedApproval:
    """An approval as typed; ``refused`` is why it was not given. ``witness`` and ``password`` are those of an approver
    other than the officer who is signed in; empty for the officer's own."""

    by: str
    number: str
    at: datetime | None
    refused: str
    witness: str
    password: str


def approve_order(
    session: Session,
    key: str,
    by: str,
    number: str = "",
    at: datetime | None = None,
    witness: SecondOfficer | None = None,
) -> None:
    """The order was approved by ``by`` on the paper ``number``, at ``at`` (now, if not said).

    ``witness``: an approver who confirmed it with their own password while another officer stays signed in.

    Raises:
        UserInputError: ``order.unknown``, ``approval.no_name``, ``approval.future``.
        RuleError: ``order.not_ours``, ``order.needs_no_approval``, ``order.approved_already``, ``order.over``,
            ``order.no_approver``, ``order.own_approval``; ``order.not_filed``, ``order.no_freeze``,
            ``order.freeze_over`` where what the order rests on had fallen away when it was approved;
            ``order.due_over`` where the time it names was over.
    """
    session.require(Permission.ISSUE_ORDERS)
    now = session.clock.now()
    if not clean(by):
        raise UserInputError("approval.no_name")
    if at is not None and at > now:
        raise UserInputError("approval.future")
    with session.store.write() as transaction:
        view = _ready(session, transaction, key, OrderStep.APPROVE)
        who = require_approver(session, transaction, view.order, witness)
        _require_ground(session, transaction, view, at or now)
        approval = Approval(clean(by), clean(number), at or now, who)
        _record(session, transaction, view, ORDER_APPROVED, approval)


def refuse_order(
    session: Session, key: str, by: str, reason: str, witness: SecondOfficer | None = None
) -> None:
    """The approval was not given, for this reason; the order never goes out.

    Raises:
        UserInputError: ``order.unknown``, ``approval.no_name``.
        RuleError: as :func:`approve_order`; ``order.no_reason``.
    """
    session.require(Permission.ISSUE_ORDERS)
    if not clean(by):
        raise UserInputError("approval.no_name")
    if not clean(reason):
        raise RuleError("order.no_reason")
    with session.store.write() as transaction:
        view = _ready(session, transaction, key, OrderStep.REFUSE)
        who = require_approver(session, transaction, view.order, witness)
        refused = Approval(clean(by), "", session.clock.now(), who, clean(reason))
        _record(session, transaction, view, ORDER_REFUSED, refused)


def _record(
    session: Session, transaction: Transaction, view: OrderView, kind: str, approval: Approval
) -> None:
    fields, stream = flat(approval, "approval"), stream_of(session, transaction, view)
    entry = NewEntry(kind, f"order/{view.order.id}", fields, stream=stream)
    transaction.append(approval.officer, entry)


def require_approver(
    session: Session, transaction: Transaction, order: Order, witness: SecondOfficer | None = None
) -> str:
    """The number of who records the approval: an approver other than the one who issued the order.

    A station with a single approver records its own orders' approvals: the approval itself is on paper, signed by the
    head who gave it.

    Raises:
        RuleError: ``order.no_approver``, ``order.own_approval``; what :meth:`SecondOfficer.spend` raises.
    """
    who = witness or session.officer
    if not who.may(Permission.APPROVE_ORDERS):
        raise RuleError("order.no_approver")
    others = {number for _, number in approvers(session, transaction)} - {who.number}
    if who.number == order.issued_by and others:
        raise RuleError("order.own_approval")
    return witness.spend(session, transaction) if witness is not None else who.number


def _ready(session: Session, transaction: Transaction, key: str, step: OrderStep) -> OrderView:
    view = order_in(transaction, key)
    require_ours(session, view.order)
    require_step(view.order.kind, view.state, step)
    return view


def _require_ground(
    session: Session, transaction: Transaction, view: OrderView, at: datetime
) -> None:
    """Days may lie between an order and its approval ``at``: a filing taken back, a freeze that lapsed, an answer that
    should have come by then."""
    due = asked_until(view.order)
    if due is not None and due <= at:
        raise RuleError("order.due_over")
    target, file = view.order.about, transaction.case_file(view.case)
    if file is None:
        return  # the case itself has not come here yet, and nobody can tell
    elsewhere = orders_of_merged_reports(transaction, view.case, target)
    earlier = replace(earlier_orders(session, file, target, elsewhere), now=at)
    require_ground(view.order.kind, earlier)


def record_approval(session: Session, order: OrderId, typed: TypedApproval) -> None:
    """Record that an order was approved, or was not. Who confirms it while another stays signed in has to prove it;
    the officer signed in did already."""
    own = typed.witness in {"", session.officer.number}
    witness = None if own else prove_second(session, typed.witness, typed.password)
    if typed.refused:
        refuse_order(session, order, typed.by, typed.refused, witness)
    else:
        approve_order(session, order, typed.by, typed.number, typed.at, witness)
