"""Whether a kind of order may be made now, given what was ordered about the same thing before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.errors import RuleError
from desktop.domain.money.cash_out import is_chain_address
from desktop.domain.orders.kinds import FREEZES, SPECS, STOPS, OrderTarget
from desktop.domain.orders.order import WAITING, OrderKind, OrderState, asked_of
from desktop.domain.orders.sending.way_orders import is_called_back

GONE: Final = frozenset({OrderState.FAILED, OrderState.WITHDRAWN, OrderState.REFUSED})
"""States of an order that came to nothing, and counts for nothing."""
NOT_OUT: Final = frozenset({OrderState.PROPOSED, OrderState.REFUSED, OrderState.WITHDRAWN})
"""States in which nobody is to act on an order."""
_OPEN: Final = WAITING | {OrderState.PROPOSED}
_ON_FREEZE: Final = frozenset({OrderKind.EXTEND_FREEZE, OrderKind.UNFREEZE})
_SHARED: Final = frozenset(
    {OrderKind.INTERCEPT, OrderKind.BLOCK, OrderKind.TRACE, OrderKind.EVIDENCE_REQUEST}
)
"""Kinds that several receivers can be asked for about one thing: each carrier keeps a number out of its own network."""
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
"""Later than any end: what was given none lasts longest."""


def counts(view: OrderView) -> bool:
    """Whether it did not come to nothing: one that the bank carried out although it was taken back holds money."""
    held_all_the_same = view.state is OrderState.WITHDRAWN and view.order.in_force
    return view.state not in GONE or held_all_the_same


def held_by_orders(orders: Iterable[OrderView]) -> dict[str, str]:
    """What orders that count are about, and the number of the first of ``orders`` about each: whoever acts on one must
    find that in the case, so it can not be taken out."""
    held: dict[str, str] = {}
    for view in orders:
        if counts(view):
            held.setdefault(view.order.about, view.order.number)
    return held


def require_no_order(file: CaseFile | None, subjects: Iterable[str]) -> None:
    """Refuse with ``RuleError("part.ordered")`` to take something out of a case while an order about it has not come to
    nothing."""
    held = held_by_orders(file.orders if file is not None else ())
    for subject in subjects:
        if subject in held:
            raise RuleError("part.ordered", number=held[subject])


@dataclass(frozen=True, slots=True)
class EarlierOrders:
    """What the rules look at: orders of the case about one target, newest first, and where the case stands.

    ``most_stops`` from the rule ``stop.maximum`` (86号: 止付次数以两次为限). ``elsewhere``: orders about the same that
    hang on another report of the event; a payment that two reports tell is stopped as one.
    """

    orders: tuple[OrderView, ...]
    filed: bool
    most_stops: int
    now: datetime
    elsewhere: tuple[OrderView, ...] = ()

    def of(self, *kinds: OrderKind) -> tuple[OrderView, ...]:
        """Orders of these kinds that did not come to nothing."""
        return _counting(self.orders, kinds)

    def in_force(self, *kinds: OrderKind) -> OrderView | None:
        """The measure of these kinds that was carried out, not ended, and lasts longest; one that was carried out
        although it had been taken back holds too."""
        ran = [view for view in self.of(*kinds) if view.order.in_force]
        return max(ran, key=lambda view: end_of(view) or _NEVER, default=None)


def _counting(orders: Iterable[OrderView], kinds: Collection[OrderKind]) -> tuple[OrderView, ...]:
    return tuple(view for view in orders if view.order.kind in kinds and counts(view))


def end_of(view: OrderView) -> datetime | None:
    """When the measure lapses, as the reply tells; None where it tells no time."""
    reply = view.order.reply
    return reply.ends_at if reply is not None else None


def stops_of(orders: Iterable[OrderView], transfer: Transfer) -> tuple[OrderView, ...]:
    """Stops of a payment itself, not of where its money went on, or the call-backs that its way leaves; those that came
    to nothing included."""
    kinds = {*STOPS, OrderKind.REVOKE} if is_called_back(transfer) else frozenset(STOPS)
    about = f"transfer/{transfer.id}"
    return tuple(v for v in orders if v.order.kind in kinds and v.order.about == about)


def open_hops(view: OrderView, orders: Iterable[OrderView]) -> tuple[int, ...]:
    """Places in the reply's next payments whose account neither stop nor freeze stands against yet; an account named
    twice counts once, an address on a public chain not at all: no order reaches it.

    ``orders``: those of the case.
    """
    reply = view.order.reply
    if reply is None or not reply.hops:
        return ()
    stopped = {item.order.about for item in _counting(orders, (*STOPS, *FREEZES))}
    found: dict[str, int] = {}
    for place, hop in enumerate(reply.hops):
        about = f"account/{hop.account}"
        if hop.account and about not in stopped and not is_chain_address(hop.account):
            found.setdefault(about, place)
    return tuple(found.values())


def is_filed(steps: Iterable[ProcedureStep]) -> bool:
    """Whether 立案 is recorded and was not taken back."""
    return any(step.kind is StepKind.FILED and not step.withdrawn for step in steps)


def require_out(view: OrderView) -> None:
    """Refuse to hand on what nobody is to act on.

    Raises:
        RuleError: ``order.not_approved``, ``order.over``.
    """
    if view.state is OrderState.PROPOSED:
        raise RuleError("order.not_approved")
    if view.state in NOT_OUT:
        raise RuleError("order.over")


def require_issue(
    kind: OrderKind, earlier: EarlierOrders, *, queued: bool = False, receiver: str = ""
) -> OrderView | None:
    """The order that the new one follows, if it follows one. ``queued``: 轮候冻结; ``receiver``: who is asked.

    Raises:
        RuleError: ``order.stops_exhausted``, ``order.stop_exists``, ``order.no_first_stop``,
            ``order.no_stop``, ``order.stop_over``, ``order.not_filed``, ``order.freeze_exists``,
            ``order.no_freeze``, ``order.freeze_over``, ``order.exists``.
    """
    ground = require_ground(kind, earlier)
    if kind in STOPS:
        return _stop(kind, earlier)
    if kind is OrderKind.FREEZE:
        if not queued and _freeze_stands(earlier):
            raise RuleError("order.freeze_exists")
    elif kind in _ON_FREEZE:
        _no_second_open(kind, earlier)
    elif kind is not OrderKind.LIFT:
        _no_second(kind, earlier, receiver)
    return ground


def require_ground(kind: OrderKind, earlier: EarlierOrders) -> OrderView | None:
    """What an order rests on, which may have fallen away by the time it is approved: the filing (Art. 174), and the
    measure it prolongs or ends, which must not have lapsed (Art. 240). Returns that measure, if there is one.

    Raises:
        RuleError: ``order.not_filed``, ``order.no_stop``, ``order.stop_over``, ``order.no_freeze``,
            ``order.freeze_over``.
    """
    if SPECS[kind].after_filing and not earlier.filed:
        raise RuleError("order.not_filed")
    if kind is OrderKind.LIFT:
        return _live(earlier, STOPS, "order.no_stop", "order.stop_over")
    if kind in _ON_FREEZE:
        return _live(earlier, FREEZES, "order.no_freeze", "order.freeze_over")
    return None


def _freeze_stands(earlier: EarlierOrders) -> bool:
    """Whether a freeze is on its way, or in force and not over: what lapsed or was released may be frozen anew. What
    another report of the event ordered counts: no money is frozen twice (Art. 242)."""
    every = (*earlier.of(*FREEZES), *_counting(earlier.elsewhere, FREEZES))
    lasts = any(view.order.in_force and (end_of(view) or _NEVER) > earlier.now for view in every)
    coming = (view for view in every if view.order.kind is OrderKind.FREEZE)
    return lasts or any(view.state in _OPEN for view in coming)


def _stop(kind: OrderKind, earlier: EarlierOrders) -> OrderView | None:
    """At most so many stops, and the second only after the first.

    Whether the bank carried the first one out is often not known here while its end draws near: the reply may still
    be on its way. The check asks about that; it is no ground to let the money go.
    """
    stops = earlier.of(*STOPS)
    every = (*stops, *_counting(earlier.elsewhere, STOPS))
    if len(every) >= earlier.most_stops:
        raise RuleError("order.stops_exhausted", limit=earlier.most_stops)
    if kind is OrderKind.STOP:
        if every:
            raise RuleError("order.stop_exists")
        return None
    if not stops:
        raise RuleError("order.no_first_stop")
    return earlier.in_force(*STOPS) or stops[-1]


def _live(
    earlier: EarlierOrders, kinds: tuple[OrderKind, ...], none_code: str, over_code: str
) -> OrderView:
    found = earlier.in_force(*kinds)
    if found is None:
        raise RuleError(none_code)
    end = end_of(found)
    if end is not None and end <= earlier.now:
        raise RuleError(over_code)
    return found


def _no_second(kind: OrderKind, earlier: EarlierOrders, receiver: str) -> None:
    """A number is shut once; a query may be asked again when the first was answered, and of somebody else at once."""
    same = [
        view
        for view in earlier.of(kind)
        if kind not in _SHARED or asked_of(view.order.terms, view.order.addressee) == receiver
    ]
    lasting = SPECS[kind].target is OrderTarget.NUMBER and kind is not OrderKind.TRACE
    if any(view.state in _OPEN or lasting for view in same):
        raise RuleError("order.exists")


def _no_second_open(kind: OrderKind, earlier: EarlierOrders) -> None:
    if any(view.state in _OPEN for view in earlier.of(kind)):
        raise RuleError("order.exists")
