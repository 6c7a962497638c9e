"""Take an order back before it was answered, call off a watch, and note the platform's own number of an order."""

from __future__ import annotations

from typing import Final

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.approval import Withdrawal
from desktop.domain.orders.machine import OrderStep, require_step
from desktop.domain.records.fields import Fields
from desktop.domain.records.record_fields import flat
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import ORDER_NUMBERED, ORDER_RELEASED, ORDER_WITHDRAWN
from desktop.services.look_up import order_in
from desktop.services.orders.answers.record_reply import require_ours, stream_of
from desktop.services.session import Session

_LONGEST_NUMBER: Final = 36
"""Characters of the platform's own number."""


def withdraw_order(session: Session, key: str, reason: str) -> None:
    """The order counts no more; it stays in the history with the reason.

    Raises:
        UserInputError: ``order.unknown``.
        RuleError: ``order.not_ours``, ``order.no_reason``, ``order.answered``, ``order.over``.
    """
    session.require(Permission.ISSUE_ORDERS)
    if not clean(reason):
        raise RuleError("order.no_reason")
    withdrawal = Withdrawal(clean(reason), session.clock.now(), session.officer.number)
    _set(session, key, OrderStep.WITHDRAW, ORDER_WITHDRAWN, flat(withdrawal, "withdrawal"))


def call_off(session: Session, key: str) -> None:
    """End a watch before its term (100307).

    Raises:
        UserInputError: ``order.unknown``.
        RuleError: ``order.not_ours``, ``order.not_in_force``, ``order.over``.
    """
    session.require(Permission.ISSUE_ORDERS)
    ended = {"released_at": to_wire(session.clock.now())}
    _set(session, key, OrderStep.CALL_OFF, ORDER_RELEASED, ended)


def set_official_number(session: Session, key: str, number: str) -> None:
    """Note 业务申请编号, which the platform gave the order; an empty one clears the slot.

    Raises:
        UserInputError: ``order.unknown``; ``order.official_long`` beyond 36 characters, the platform's own limit.
        RuleError: ``order.not_ours``.
    """
    session.require(Permission.ISSUE_ORDERS)
    if len(clean(number)) > _LONGEST_NUMBER:
        raise UserInputError("order.official_long", limit=_LONGEST_NUMBER)
    _set(session, key, None, ORDER_NUMBERED, {"official": clean(number)})


def _set(session: Session, key: str, step: OrderStep | None, kind: str, fields: Fields) -> None:
    with session.store.write() as transaction:
        view = order_in(transaction, key)
        require_ours(session, view.order)
        if step is not None:
            require_step(view.order.kind, view.state, step)
        stream = stream_of(session, transaction, view)
        entry = NewEntry(kind, f"order/{view.order.id}", fields, stream=stream)
        transaction.append(session.officer.number, entry)
