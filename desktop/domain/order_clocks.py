"""Clocks that orders and their replies start: 止付, 冻结, 反馈时限, 关停, 解除冻结."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from desktop.domain.deadlines import AtZero, Deadline, counted, golden, legal_day
from desktop.domain.order import WAITING, Order, OrderKind, OrderState, ReplyResult
from desktop.domain.order_evidence import EvidenceTerms
from desktop.domain.order_kinds import FREEZES, STOPS
from desktop.domain.order_money import MoneyTerms, Property, Urgency
from desktop.domain.order_number import NumberTerms
from desktop.domain.rules import RulePack
from desktop.domain.step import Step, StepKind
from desktop.domain.step_clocks import Steps
from desktop.domain.views import OrderView

_URGENT: Final = frozenset({*STOPS, OrderKind.REVOKE})
_SENT: Final = WAITING | {OrderState.DONE, OrderState.PARTIAL}


def order_clocks(
    rules: RulePack, views: Sequence[OrderView], steps: Iterable[Step]
) -> Iterator[Deadline]:
    """Every clock of the orders of one case that still means something."""
    orders = [view.order for view in views]
    yield from live_stops(rules, orders)
    bridge = file_and_freeze(rules, orders)
    if bridge is not None:
        yield bridge
    yield from freeze_ends(rules, orders)
    for view in views:
        if view.state in WAITING:
            yield from _awaited(rules, view.order)
    yield from _unfreeze(rules, views, Steps(steps))


def stop_end(rules: RulePack, order: Order) -> Deadline | None:
    """When a stop lapses: the bank's own end from its reply, else counted from the bank's stop time."""
    reply = order.reply
    if order.kind not in STOPS or reply is None or reply.result is ReplyResult.FAILED:
        return None
    if reply.starts_at is None or order.released_at is not None:
        return None
    subject = f"order/{order.id}"
    clock = counted(rules, "stop_end", "stop.validity", reply.starts_at, subject)
    return replace(clock, at=reply.ends_at) if reply.ends_at else clock


def live_stops(rules: RulePack, orders: Iterable[Order]) -> list[Deadline]:
    """The last stop of each payment, unless a freeze has taken over."""
    every = tuple(orders)
    frozen = {order.about for order in every if order.kind in FREEZES and _holds(order)}
    last: dict[str, Deadline] = {}
    for order in every:
        end = stop_end(rules, order)
        if end is None or order.about in frozen:
            continue
        known = last.get(order.about)
        if known is None or end.at > known.at:
            last[order.about] = end
    return list(last.values())


def file_and_freeze(rules: RulePack, orders: Iterable[Order]) -> Deadline | None:
    """By when the case must be filed and the freeze sent: the end of the stop that lapses first, less a margin."""
    first = min(live_stops(rules, orders), key=lambda end: end.at, default=None)
    if first is None:
        return None
    margin = rules.duration("freeze.margin", legal_day(first.started_at))
    return replace(first, name="file_and_freeze", rule="freeze.margin", at=first.at - margin)


def freeze_ends(rules: RulePack, orders: Iterable[Order]) -> list[Deadline]:
    """When the freeze of each payment is released by itself: extend it before (程序规定 Art. 240, 243–245)."""
    last: dict[str, Deadline] = {}
    for order in sorted(orders, key=lambda item: item.issued_at):
        if order.kind in FREEZES and _holds(order):
            last[order.about] = _freeze_end(rules, order)
    return list(last.values())


def _freeze_end(rules: RulePack, order: Order) -> Deadline:
    reply = order.reply
    if reply is None:  # pragma: no cover - a freeze holds by its reply
        raise ValueError("a freeze nobody answered holds nothing")
    start = reply.starts_at or reply.replied_at
    clock = counted(rules, "freeze_end", freeze_rule(order), start, f"order/{order.id}")
    return replace(clock, at=reply.ends_at) if reply.ends_at else clock


def freeze_rule(order: Order) -> str:
    """The rule for the term of a freeze or of its extension, by what is frozen and how grave the case is."""
    terms = order.terms.freeze if isinstance(order.terms, MoneyTerms) else None
    what = terms.property if terms is not None else Property.DEPOSIT
    major = terms is not None and terms.major and what is Property.DEPOSIT
    rule = f"freeze.{what.value}{'_major' if major else ''}"
    return f"{rule}_extension" if order.kind is OrderKind.EXTEND_FREEZE else rule


def _awaited(rules: RulePack, order: Order) -> Iterator[Deadline]:
    """An order nobody has answered: by when the answer is due, where somebody said so."""
    start, subject = _sent_at(order), f"order/{order.id}"
    due = reply_due(order)
    if due is not None:
        yield Deadline("reply_by", due, "", start, subject)
    if order.kind is OrderKind.SHUTDOWN:
        terms = order.terms
        fast = not isinstance(terms, NumberTerms) or terms.urgency is Urgency.URGENT
        rule = "shutdown.fast" if fast else "shutdown.ordinary"
        yield counted(rules, "shutdown", rule, start, subject)


def reply_due(order: Order) -> datetime | None:
    """结果反馈限定时间, as the order itself names it."""
    if isinstance(order.terms, MoneyTerms):
        return order.terms.query.reply_by
    return order.terms.due_at if isinstance(order.terms, EvidenceTerms) else None


def _sent_at(order: Order) -> datetime:
    """An order that needs an approval goes out when it has it."""
    return max(filter(None, (order.issued_at, order.approval.at)))


def _unfreeze(rules: RulePack, views: Iterable[OrderView], steps: Steps) -> Iterator[Deadline]:
    """查明与案件无关: until the release is on its way to the bank (Art. 247)."""
    found = steps.last(StepKind.UNRELATED_FOUND)
    if found is None:
        return
    for view in views:
        order = view.order
        sent = view.state in _SENT and order.kind is OrderKind.UNFREEZE
        if sent and _sent_at(order) >= found.at:
            return
    yield counted(rules, "unfreeze", "unfreeze.unrelated", found.at, f"step/{found.id}")


def _holds(order: Order) -> bool:
    reply = order.reply
    return (
        reply is not None and reply.result is not ReplyResult.FAILED and order.released_at is None
    )


def clocks_by_order(rules: RulePack, views: Sequence[OrderView]) -> dict[str, Deadline]:
    """Order id → the clock a list shows beside it: its own, else the golden window while nobody has answered."""
    found: dict[str, Deadline] = {}
    for view in views:
        order = view.order
        if view.state in WAITING and order.kind in _URGENT and order.transfer_time is not None:
            found[order.id] = golden(rules, order.transfer_time)
    for clock in order_clocks(rules, views, ()):
        kind, _, order_id = clock.subject.partition("/")
        known = found.get(order_id)
        own = kind == "order" and clock.name != "file_and_freeze"
        if own and (known is None or known.at_zero is AtZero.CHANCE or clock.at < known.at):
            found[order_id] = clock
    return found
