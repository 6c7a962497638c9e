"""A machine for each kind of order: whatever officers, banks and the clock do, the law's rules hold.

One payment and one number, any order about them in any sequence. No illegal step, no stop beyond the limit, no
freeze before filing, ends that never move back, and what has come to its end never moves again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from desktop.domain.case_file.orders.order_rules import EarlierOrders, require_issue
from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.orders.approval import Approval, Withdrawal
from desktop.domain.orders.kinds import FREEZES, SPECS, STOPS, OrderTarget
from desktop.domain.orders.machine import (
    MOVES,
    REPLIES,
    OrderStep,
    require_step,
    state_of,
    steps_from,
)
from desktop.domain.orders.order import (
    RAN,
    WAITING,
    Order,
    OrderKind,
    OrderReply,
    OrderState,
    ReplyResult,
)
from desktop.domain.orders.reply_rules import require_reply
from desktop.domain.orders.totals import held_by_target, stop_ends
from tests.domain.orders.samples import NOON, order, view
from tests.support.every_row import every_row
from tests.support.sweep import examples

MOST_STOPS = 2
PAID = 9_800_000
ENDED = frozenset({OrderState.WITHDRAWN, OrderState.REFUSED, OrderState.RELEASED})


@dataclass
class Past:
    """An order and the states it was seen in."""

    made: Order
    states: list[OrderState]


class OrdersOfOnePayment(RuleBasedStateMachine):
    """``focus`` is the kind that is tried most; the others prepare the ground for it."""

    focus: ClassVar[OrderKind] = OrderKind.STOP

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.filed = False
        self.past: list[Past] = []
        self.ends: list[tuple[datetime | None, datetime]] = []

    def views(self) -> tuple[OrderView, ...]:
        found = [view(item.made, item.states[-1]) for item in self.past]
        return tuple(reversed(found))

    def about(self, kind: OrderKind) -> tuple[OrderView, ...]:
        target = order(kind).about
        return tuple(item for item in self.views() if item.order.about == target)

    def moved(self, item: Past, made: Order) -> None:
        item.made = made
        item.states.append(state_of(made, OrderState.ISSUED))

    @rule(kind=st.sampled_from(OrderKind), own=st.booleans(), queued=st.booleans())
    def issue(self, kind: OrderKind, own: bool, queued: bool) -> None:
        kind = self.focus if own else kind
        before = self.about(kind)
        earlier = EarlierOrders(before, self.filed, MOST_STOPS, self.now)
        try:
            follows = require_issue(kind, earlier, queued=queued)
        except RuleError:
            return
        if SPECS[kind].follows:
            assert follows is not None
            # Where the first stop failed, the one that still runs may be a second one.
            allowed = STOPS if kind in STOPS else SPECS[kind].follows
            assert follows.order.kind in allowed
        made = order(
            kind, len(self.past) + 1, follows=follows.order.id if follows is not None else ""
        )
        self.past.append(Past(made, [state_of(made, OrderState.ISSUED)]))

    @rule(minutes=st.integers(1, 60 * 50))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def file(self) -> None:
        self.filed = True

    @rule(data=st.data(), step=st.sampled_from(OrderStep))
    def step(self, data: st.DataObject, step: OrderStep) -> None:
        if not self.past:
            return
        item = data.draw(st.sampled_from(self.past))
        state = item.states[-1]
        try:
            leads_to = require_step(item.made.kind, state, step)
        except RuleError:
            assert step not in steps_from(item.made.kind, state)
            return
        assert step in steps_from(item.made.kind, state)
        try:
            made = self.taken(item.made, step, data)
        except UserInputError as error:
            assert error.code in {"reply.too_much", "reply.period", "reply.shorter"}  # noqa: PT017
            return
        self.moved(item, made)
        assert item.states[-1] is leads_to
        if step is OrderStep.DONE:
            self.end_what_it_ends(item.made)

    def taken(self, made: Order, step: OrderStep, data: st.DataObject) -> Order:
        if step is OrderStep.APPROVE:
            return replace(made, approval=Approval("张局长", "1", self.now, "620199"))
        if step is OrderStep.REFUSE:
            return replace(made, approval=Approval("张局长", "", self.now, "620199", "证据不足"))
        if step is OrderStep.WITHDRAW:
            return replace(made, withdrawal=Withdrawal("误发", self.now, "620134"))
        if step in {OrderStep.RELEASE, OrderStep.CALL_OFF}:
            return replace(made, released_at=self.now)
        result = next(result for result, taken in REPLIES.items() if taken is step)
        return replace(made, reply=self.reply(made, result, data))

    def reply(self, made: Order, result: ReplyResult, data: st.DataObject) -> OrderReply:
        """Anything a hurried clerk may read out; the rules sort out what cannot be."""
        failed = result is ReplyResult.FAILED
        amount = 0 if failed else data.draw(st.integers(-1, PAID + 1))
        holds = SPECS[made.kind].holds and not failed
        hours = data.draw(st.integers(-2, 72)) if holds else 0
        ends = self.now + timedelta(hours=hours) if holds else None
        start = self.now if holds else None
        told = OrderReply(result, amount, 0, start, ends, "银行", "", "", self.now)
        followed = next((p.made for p in self.past if p.made.id == made.follows), None)
        require_reply(made, told, followed)
        if followed is not None and followed.reply is not None and ends is not None:
            self.ends.append((followed.reply.ends_at, ends))
        return told

    def end_what_it_ends(self, made: Order) -> None:
        for item in self.past:
            ended = item.made.kind in SPECS[made.kind].ends and item.made.about == made.about
            if ended and item.states[-1] in RAN:
                self.moved(item, replace(item.made, released_at=self.now))

    @invariant()
    def at_most_two_stops(self) -> None:
        came_to_nothing = ENDED - {OrderState.RELEASED} | {OrderState.FAILED}
        stops = [p for p in self.past if p.made.kind in STOPS]
        # A stop that failed when the next one was ordered may be corrected to "done" by the bank afterwards.
        never_failed = [p for p in stops if not came_to_nothing & set(p.states)]
        assert len(never_failed) <= MOST_STOPS

    @invariant()
    def nothing_is_frozen_before_filing(self) -> None:
        assert self.filed or not [p for p in self.past if SPECS[p.made.kind].after_filing]

    @invariant()
    def what_ended_never_moves(self) -> None:
        for item in self.past:
            for place, state in enumerate(item.states):
                if state in ENDED:
                    assert set(item.states[place:]) == {state}

    @invariant()
    def nothing_is_answered_that_was_never_sent(self) -> None:
        for item in self.past:
            if item.made.reply is not None and SPECS[item.made.kind].level.value != "none":
                assert item.made.approval.given

    @invariant()
    def what_continues_a_measure_never_ends_earlier(self) -> None:
        earlier = [pair for pair in self.ends if pair[0] is not None and pair[0] > pair[1]]
        assert earlier == []

    @invariant()
    def every_state_can_be_left_or_is_an_end(self) -> None:
        for item in self.past:
            state = item.states[-1]
            assert bool(steps_from(item.made.kind, state)) is (state not in ENDED)

    @invariant()
    def money_is_counted_once(self) -> None:
        orders = [item.made for item in self.past]
        held = held_by_target(orders)
        assert [fen for fen in held.values() if not 0 <= fen <= PAID] == []
        told = [o.reply.amount_fen for o in orders if o.reply is not None]
        assert sum(held.values()) <= sum(told)

    @invariant()
    def a_freeze_takes_the_clock_over(self) -> None:
        orders = [item.made for item in self.past]
        ends = stop_ends(orders)
        for made in orders:
            reply = made.reply
            if reply is None or made.released_at is not None or reply.ends_at is None:
                continue
            if made.kind in STOPS and made.about in ends:
                assert ends[made.about] >= reply.ends_at, "the last stop counts"
            if made.kind in FREEZES:
                assert made.about not in ends


@pytest.mark.parametrize("kind", OrderKind)
def test_the_machine_of_a_kind(kind: OrderKind) -> None:
    machine = type(f"Machine_{kind.value}", (OrdersOfOnePayment,), {"focus": kind})
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=examples(40), stateful_step_count=30),
    )


@every_row("kind", OrderKind)
def test_what_a_kind_knows(kind: OrderKind) -> None:
    """Every kind can be answered and withdrawn; only those that need approval can be approved."""
    spec, moves = SPECS[kind], MOVES[kind]
    assert {OrderStep.DONE, OrderStep.FAILED, OrderStep.WITHDRAW} <= set(moves)
    assert (OrderStep.APPROVE in moves) is (spec.level.value != "none")
    assert (OrderStep.PARTIAL in moves) is spec.in_part
    assert bool(spec.article) <= (OrderStep.APPROVE in moves)
    assert OrderState.PROPOSED not in moves[OrderStep.DONE]
    assert moves[OrderStep.WITHDRAW] >= WAITING
    assert spec.target is not OrderTarget.PAYMENT or spec.letter in "XZJDC"


@every_row(
    ("kind", "state", "step", "code"),
    [
        (OrderKind.STOP, OrderState.WITHDRAWN, OrderStep.DONE, "order.over"),
        (OrderKind.STOP, OrderState.DONE, OrderStep.WITHDRAW, "order.answered"),
        (OrderKind.STOP, OrderState.ISSUED, OrderStep.APPROVE, "order.needs_no_approval"),
        (OrderKind.FREEZE, OrderState.ISSUED, OrderStep.APPROVE, "order.approved_already"),
        (OrderKind.FREEZE, OrderState.PROPOSED, OrderStep.DONE, "order.not_approved"),
        (OrderKind.LIFT, OrderState.ISSUED, OrderStep.PARTIAL, "order.no_part"),
        (OrderKind.WATCH, OrderState.ISSUED, OrderStep.CALL_OFF, "order.not_in_force"),
        (OrderKind.STOP, OrderState.DONE, OrderStep.CALL_OFF, "order.not_in_force"),
    ],
)
def test_a_refusal_names_its_rule(
    kind: OrderKind, state: OrderState, step: OrderStep, code: str
) -> None:
    with pytest.raises(RuleError, match=f"^{code}$"):
        require_step(kind, state, step)
