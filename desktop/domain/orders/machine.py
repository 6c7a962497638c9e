"""The life of an order, kind by kind, as data: in which states a step may be taken, and where it leads.

An order that was withdrawn, refused or released never moves again. A reply may be corrected by a later one, because
banks correct themselves; it may not be taken back. Where what is corrected had released another order, that one was
never released.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from desktop.domain.errors import RuleError
from desktop.domain.orders.approval import Level
from desktop.domain.orders.kinds import SPECS, KindSpec
from desktop.domain.orders.order import RAN, WAITING, Order, OrderKind, OrderState, ReplyResult


class OrderStep(StrEnum):
    """What may be done with an order after it was made."""

    APPROVE = "approve"
    REFUSE = "refuse"
    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"
    WITHDRAW = "withdraw"
    RELEASE = "release"
    """A later order ended what this one did."""
    CALL_OFF = "call_off"
    """The desk itself ends what it asked for."""


Moves = Mapping[OrderStep, frozenset[OrderState]]

_PROPOSED: Final = frozenset({OrderState.PROPOSED})
_OPEN: Final = _PROPOSED | WAITING
_ANSWERED: Final = RAN | {OrderState.FAILED}
_ENDS: Final = frozenset({OrderState.WITHDRAWN, OrderState.REFUSED, OrderState.RELEASED})

LEADS_TO: Final[Mapping[OrderStep, OrderState]] = MappingProxyType(
    {
        OrderStep.APPROVE: OrderState.ISSUED,
        OrderStep.REFUSE: OrderState.REFUSED,
        OrderStep.DONE: OrderState.DONE,
        OrderStep.PARTIAL: OrderState.PARTIAL,
        OrderStep.FAILED: OrderState.FAILED,
        OrderStep.WITHDRAW: OrderState.WITHDRAWN,
        OrderStep.RELEASE: OrderState.RELEASED,
        OrderStep.CALL_OFF: OrderState.RELEASED,
    }
)
REPLIES: Final[Mapping[ReplyResult, OrderStep]] = MappingProxyType(
    {
        ReplyResult.DONE: OrderStep.DONE,
        ReplyResult.PARTIAL: OrderStep.PARTIAL,
        ReplyResult.FAILED: OrderStep.FAILED,
    }
)
"""The step a reply is."""


def _moves(kind: OrderKind, spec: KindSpec) -> Moves:
    moves = {
        OrderStep.WITHDRAW: _OPEN,
        OrderStep.DONE: WAITING | _ANSWERED,
        OrderStep.FAILED: WAITING | _ANSWERED,
    }
    if spec.level is not Level.NONE:
        moves |= {OrderStep.APPROVE: _PROPOSED, OrderStep.REFUSE: _PROPOSED}
    if spec.in_part:
        moves[OrderStep.PARTIAL] = WAITING | _ANSWERED
    if any(kind in other.ends for other in SPECS.values()):
        moves[OrderStep.RELEASE] = RAN
    if spec.calls_off:
        moves[OrderStep.CALL_OFF] = RAN
    return MappingProxyType(moves)


MOVES: Final[Mapping[OrderKind, Moves]] = MappingProxyType(
    {kind: _moves(kind, spec) for kind, spec in SPECS.items()}
)
"""Kind → step → the states in which it may be taken."""


def steps_from(kind: OrderKind, state: OrderState) -> tuple[OrderStep, ...]:
    """What may be done next, in the order of the steps."""
    moves = MOVES[kind]
    return tuple(step for step in OrderStep if state in moves.get(step, frozenset()))


def require_step(kind: OrderKind, state: OrderState, step: OrderStep) -> OrderState:
    """Where the step leads.

    Raises:
        RuleError: ``order.over`` after a withdrawal, refusal or release; ``order.not_approved`` for a reply to what
            was never sent; ``order.needs_no_approval``; ``order.approved_already``; ``order.no_part`` where a kind
            is done or is not; ``order.answered`` for a withdrawal after the answer; ``order.not_in_force``.
    """
    allowed = MOVES[kind].get(step, frozenset())
    if state in allowed:
        return LEADS_TO[step]
    if state in _ENDS:
        raise RuleError("order.over")
    raise _refusal(step, state, known=bool(allowed))


def _refusal(step: OrderStep, state: OrderState, *, known: bool) -> RuleError:
    if step in {OrderStep.APPROVE, OrderStep.REFUSE}:
        return (
            RuleError("order.approved_already") if known else RuleError("order.needs_no_approval")
        )
    if step is OrderStep.WITHDRAW:
        return RuleError("order.answered")
    if step in {OrderStep.RELEASE, OrderStep.CALL_OFF}:
        return RuleError("order.not_in_force")
    if state is OrderState.PROPOSED:
        return RuleError("order.not_approved")
    return RuleError("order.no_part")


def state_of(order: Order, delivery: OrderState) -> OrderState:
    """How far an order got, by the facts recorded of it; ``delivery`` is where it is while nobody has answered."""
    if order.withdrawal.at is not None:
        return OrderState.WITHDRAWN
    if order.approval.refused:
        return OrderState.REFUSED
    if order.released_at is not None:
        return OrderState.RELEASED
    if order.reply is not None:
        return LEADS_TO[REPLIES[order.reply.result]]
    if order.level is not Level.NONE and not order.approval.given:
        return OrderState.PROPOSED
    return delivery
