"""Clocks that orders and their replies start: 止付, 冻结, 反馈时限, 关停, 解除冻结."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from desktop.domain.case_file.orders.order_rules import open_hops
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.law.deadlines import AtZero, Deadline, counted, golden, legal_day
from desktop.domain.law.rules import RulePack
from desktop.domain.law.step_clocks import Steps
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import FREEZES, STOPS
from desktop.domain.orders.money import MoneyTerms, Urgency
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import RAN, WAITING, Order, OrderKind
from desktop.domain.orders.term import term_rule
from desktop.domain.orders.totals import stops_without_freeze

_URGENT: Final = frozenset({*STOPS, OrderKind.REVOKE})
_SENT: Final = WAITING | RAN
ONWARD: Final = "onward"
"""The clock of where the money of an order went on, until somebody stops it there."""
_NOT_OF_THE_ORDER: Final = frozenset({"file_and_freeze", ONWARD})
"""Clocks that begin with a reply and run beside the order's own."""


def order_clocks(
    rules: RulePack, views: Sequence[OrderView], steps: Iterable[ProcedureStep]
) -> Iterator[Deadline]:
    """Every clock of the orders of one case that still means something."""
    recorded = tuple(steps)
    if not (views or recorded):
        return
    orders = [view.order for view in views]
    on_its_way = {
        view.order.about
        for view in views
        if view.order.kind is OrderKind.FREEZE and view.state in WAITING
    }
    for about, stop in live_stops(rules, orders).items():
        yield stop
        if about not in on_its_way:
            yield file_and_freeze(rules, stop)
    yield from freeze_ends(rules, orders)
    for view in views:
        if view.state in WAITING:
            yield from _awaited(rules, view.order)
        window = onward_window(rules, view, open_hops(view, views))
        if window is not None:
            yield replace(window, name=ONWARD, subject=f"order/{view.order.id}")
    yield from _unfreeze(rules, views, Steps(recorded))


def stop_end(rules: RulePack, order: Order) -> Deadline | None:
    """When a stop lapses: the bank's own end from its reply, else counted from the bank's stop time."""
    reply = order.reply
    if order.kind not in STOPS or not order.in_force or reply is None or reply.starts_at is None:
        return None
    return _measure_end(rules, "stop_end", order, reply.starts_at, reply.ends_at)


def live_stops(rules: RulePack, orders: Iterable[Order]) -> dict[str, Deadline]:
    """What a stop is about → the end of its last one, unless a freeze has taken over."""
    last: dict[str, Deadline] = {}
    for order in stops_without_freeze(orders):
        end = stop_end(rules, order)
        if end is None:
            continue
        known = last.get(order.about)
        if known is None or end.at > known.at:
            last[order.about] = end
    return last


def file_and_freeze(rules: RulePack, stop: Deadline) -> Deadline:
    """By when the case must be filed and the freeze sent: the end of that stop, less a margin. Each stop has its own,
    for one that lapsed must not hide those that can still be met."""
    margin = rules.duration("freeze.margin", legal_day(stop.started_at))
    return replace(stop, name="file_and_freeze", rule="freeze.margin", at=stop.at - margin)


def freeze_ends(rules: RulePack, orders: Iterable[Order]) -> list[Deadline]:
    """When the freeze of each payment is released by itself: extend it before (程序规定 Art. 240, 243–245)."""
    last: dict[str, Deadline] = {}
    for order in sorted(orders, key=lambda item: item.issued_at):
        reply = order.reply
        if order.kind in FREEZES and order.in_force and reply is not None:
            start = reply.starts_at or reply.replied_at
            last[order.about] = _measure_end(rules, "freeze_end", order, start, reply.ends_at)
    return list(last.values())


def _measure_end(
    rules: RulePack, name: str, order: Order, start: datetime, ends: datetime | None
) -> Deadline:
    """The clock of a measure; ``ends`` is its end as the bank gave it, which counts before the rule."""
    clock = counted(rules, name, term_rule(order), start, f"order/{order.id}")
    return replace(clock, at=ends) if ends else clock


def _awaited(rules: RulePack, order: Order) -> Iterator[Deadline]:
    """An order nobody has answered: by when the answer is due, where somebody said so."""
    start, subject = order.sent_at, f"order/{order.id}"
    due = reply_due(order)
    if due is not None:
        yield Deadline("reply_by", due, "", start, subject)
    if order.kind is OrderKind.SHUTDOWN:
        yield counted(rules, "shutdown", shutdown_rule(order), start, subject)


def shutdown_rule(order: Order) -> str:
    """The rule that says how soon a carrier shuts a number: the fast lane unless somebody said that it can wait."""
    terms = order.terms
    fast = not isinstance(terms, NumberTerms) or terms.urgency is Urgency.URGENT
    return "shutdown.fast" if fast else "shutdown.ordinary"


def reply_due(order: Order) -> datetime | None:
    """结果反馈限定时间, as the order itself names it."""
    if isinstance(order.terms, MoneyTerms):
        return order.terms.query.reply_by
    return order.terms.due_at if isinstance(order.terms, EvidenceTerms) else None


def asked_until(order: Order) -> datetime | None:
    """The last moment the order itself names: by when to answer, or how long to watch."""
    watched = order.terms.expires_at if isinstance(order.terms, MoneyTerms) else None
    return watched if order.kind is OrderKind.WATCH else reply_due(order)


def _unfreeze(rules: RulePack, views: Iterable[OrderView], steps: Steps) -> Iterator[Deadline]:
    """查明与案件无关: of each freeze in force until its release is on its way to the bank (Art. 247), or until it was
    prolonged since, which says that it stays."""
    found = steps.last(StepKind.UNRELATED_FOUND)
    if found is None:
        return
    sent = {
        view.order.about
        for view in views
        if view.order.kind in {OrderKind.UNFREEZE, OrderKind.EXTEND_FREEZE}
        and view.state in _SENT
        and view.order.sent_at >= found.at
    }
    orders = (view.order for view in views)
    frozen = {o.about: o for o in orders if o.kind in FREEZES and o.in_force}
    subjects = [f"order/{order.id}" for about, order in frozen.items() if about not in sent]
    if not frozen and not sent:
        subjects = [f"step/{found.id}"]
    for subject in subjects:
        yield counted(rules, "unfreeze", "unfreeze.unrelated", found.at, subject)


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
        own = kind == "order" and clock.name not in _NOT_OF_THE_ORDER
        if own and (known is None or known.at_zero is AtZero.CHANCE or clock.at < known.at):
            found[order_id] = clock
    return found


def onward_window(rules: RulePack, view: OrderView, hops: tuple[int, ...]) -> Deadline | None:
    """The golden window of where the money of an order went on, the last to end. ``hops``: places in its reply that
    nobody has stopped."""
    reply = view.order.reply
    times = [reply.hops[place].time for place in hops] if reply is not None else []
    windows = (golden(rules, time) for time in times if time is not None)
    return max(windows, key=lambda window: window.at, default=None)
