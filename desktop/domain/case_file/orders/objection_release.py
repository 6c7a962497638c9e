"""What is to be done about an objection of an account holder: which measures still stand, and how each is ended.

A decision ends nothing by itself. It asks for orders, each of which goes the way of every order: checked, approved
where its kind needs that, sent, answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.case_file.orders.order_rules import counts, end_of
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.holder_objection import HolderObjection
from desktop.domain.errors import RuleError
from desktop.domain.ids import OrderId
from desktop.domain.law.deadlines import Deadline, counted
from desktop.domain.law.rules import RulePack
from desktop.domain.orders.kinds import FREEZES, STOPS
from desktop.domain.orders.order import WAITING, OrderKind, OrderState

ABOUT: Final = "objection/"
"""What the subject of a paper or clock about an objection begins with."""
RECEIPT: Final = "objection_receipt"
ANSWER: Final = "objection_answer"
"""Forms about one objection."""
MEASURES: Final = frozenset({*STOPS, *FREEZES})
"""Kinds of order whose target an innocent holder can object to. The release of a number is no order of this program."""
_ENDS: Final[Mapping[OrderKind, OrderKind]] = {
    **dict.fromkeys(STOPS, OrderKind.LIFT),
    **dict.fromkeys(FREEZES, OrderKind.UNFREEZE),
}
ENDING: Final = frozenset(_ENDS.values())
"""What ends a measure."""
_NOT_YET: Final = WAITING | {OrderState.PROPOSED}


class ReleaseStep(StrEnum):
    """What is next about one measure that is to be ended."""

    ORDER = "order"
    """Issue the order that ends it."""
    WITHDRAW = "withdraw"
    """It was not carried out yet, as far as is known here: take the order back."""
    ORDERED = "ordered"
    """The order that ends it is on its way."""
    OVER = "over"
    """It holds nothing any more."""
    GONE = "gone"
    """The order has not come here, or is none of this case."""


@dataclass(frozen=True, slots=True)
class MeasureRelease:
    """One measure. ``kind``: of the order that ends it; ``view``: the measure; ``by``: the number of the order that is
    to end it, where there is one."""

    order: OrderId
    step: ReleaseStep
    view: OrderView | None = None
    kind: OrderKind | None = None
    by: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody of the desk has something to do."""
        return self.step in {ReleaseStep.ORDER, ReleaseStep.WITHDRAW}


class ObjectionState(StrEnum):
    """How far an objection got."""

    REVIEW = "review"
    """Nobody decided yet."""
    OWN_DECISION = "own_decision"
    """Only the officer who received it decided, which counts for nothing."""
    RELEASE = "release"
    """A measure is still to be ended."""
    ANSWER = "answer"
    """The notice of the outcome is still to be signed."""
    CLOSED = "closed"
    NEWER = "newer"
    """Decided in words of a newer program."""
    WITHDRAWN = "withdrawn"


def releases_of(
    objection: HolderObjection, orders: Iterable[OrderView], now: datetime
) -> tuple[MeasureRelease, ...]:
    """What is next about each measure that the decision ends; ``orders``: those of the case."""
    known = tuple(orders)
    by_id = {view.order.id: view for view in known}
    return tuple(
        _release(order, by_id.get(order), known, objection, now) for order in objection.to_release
    )


def _release(
    name: OrderId,
    view: OrderView | None,
    orders: Sequence[OrderView],
    objection: HolderObjection,
    now: datetime,
) -> MeasureRelease:
    if view is None or view.order.kind not in MEASURES:
        return MeasureRelease(name, ReleaseStep.GONE)
    kind = _ENDS[view.order.kind]
    ending = next(iter(_ending(view, kind, orders, objection)), None)
    if ending is not None:
        return MeasureRelease(name, ReleaseStep.ORDERED, view, kind, ending.order.number)
    if _holds(view, kind, orders, now):
        return MeasureRelease(name, ReleaseStep.ORDER, view, kind)
    step = ReleaseStep.WITHDRAW if view.state in _NOT_YET else ReleaseStep.OVER
    return MeasureRelease(name, step, view, kind)


def _ending(
    view: OrderView, kind: OrderKind, orders: Sequence[OrderView], objection: HolderObjection
) -> Iterator[OrderView]:
    """Orders that end it, issued since the objection came."""
    since = objection.received_at
    for other in orders:
        same = other.order.kind is kind and other.order.about == view.order.about
        if same and counts(other) and (since is None or other.order.issued_at >= since):
            yield other


def ground_of_release(
    objections: Iterable[HolderObjection],
    orders: Iterable[OrderView],
    kind: OrderKind,
    about: str,
) -> str:
    """Why an order of this kind ends what was ordered about ``about``: the words of the last decision on an objection
    that asks for it; empty where none does. ``orders``: those that may have been objected to."""
    measures = {
        view.order.id
        for view in orders
        if _ENDS.get(view.order.kind) is kind and view.order.about == about
    }
    decisions = [
        item.decided for item in objections if item.decided and measures & set(item.to_release)
    ]
    last = max(decisions, key=lambda decision: decision.at, default=None)
    return last.reason if last is not None else ""


def _holds(view: OrderView, kind: OrderKind, orders: Sequence[OrderView], now: datetime) -> bool:
    """Whether it, or what prolongs it, was carried out and lasts."""
    return any(_lasts(other, now) for other in _carried_out(view, kind, orders))


def _carried_out(
    view: OrderView, kind: OrderKind, orders: Iterable[OrderView]
) -> Iterator[OrderView]:
    """It, and what prolongs it, as far as it was carried out and nobody ended it."""
    family = STOPS if kind is OrderKind.LIFT else FREEZES
    for other in orders:
        same = other.order.kind in family and other.order.about == view.order.about
        if same and counts(other) and other.order.in_force:
            yield other


def _lasts(view: OrderView, now: datetime) -> bool:
    end = end_of(view)
    return end is None or end > now


def open_measures(file: CaseFile, now: datetime) -> tuple[OrderView, ...]:
    """Stops and freezes of the case that somebody can object to: carried out and lasting, or on their way."""
    return tuple(
        view
        for view in file.orders
        if view.order.kind in MEASURES
        and counts(view)
        and (view.state in _NOT_YET or (view.order.in_force and _lasts(view, now)))
    )


def require_measures(file: CaseFile, orders: Iterable[OrderId], now: datetime) -> None:
    """Refuse what no objection can be against.

    Raises:
        RuleError: ``objection.no_measure``: an order is no stop or freeze of the case, or holds nothing any more.
    """
    live = {view.order.id for view in open_measures(file, now)}
    if not set(orders) <= live:
        raise RuleError("objection.no_measure")


def state_of_objection(objection: HolderObjection, file: CaseFile, now: datetime) -> ObjectionState:
    """How far it got, by the orders and papers of the case."""
    if objection.withdrawn:
        return ObjectionState.WITHDRAWN
    decision = objection.decided
    if decision is None:
        own = objection.decision is not None
        return ObjectionState.OWN_DECISION if own else ObjectionState.REVIEW
    if not decision.known:
        return ObjectionState.NEWER
    if any(release.open for release in releases_of(objection, file.orders, now)):
        return ObjectionState.RELEASE
    answered = any(
        paper.form == ANSWER and paper.about == f"{ABOUT}{objection.id}" and paper.signed
        for paper in file.papers
        if not paper.withdrawn
    )
    return ObjectionState.CLOSED if answered else ObjectionState.ANSWER


def objection_of(file: CaseFile, about: str) -> HolderObjection | None:
    """The objection a paper is about; None for any other paper."""
    return next((item for item in file.case.objections if f"{ABOUT}{item.id}" == about), None)


def objection_clocks(
    rules: RulePack, objections: Iterable[HolderObjection], orders: Iterable[OrderView]
) -> Iterator[Deadline]:
    """Until when each is to be decided, and then its measures ended; what lapses by itself need not be."""
    known = tuple(orders)
    for objection in objections:
        subject, received = f"{ABOUT}{objection.id}", objection.received_at
        if objection.under_review and received is not None:
            yield counted(rules, "objection", "account_objection.review", received, subject)
        decision = objection.decided
        if decision is None:
            continue
        waiting = [item for item in releases_of(objection, known, decision.at) if item.open]
        if waiting:
            clock = counted(
                rules, "objection_release", "account_objection.release", decision.at, subject
            )
            yield replace(clock, idle_from=_last_end(waiting, known))


def _last_end(waiting: Iterable[MeasureRelease], orders: Sequence[OrderView]) -> datetime | None:
    """When the last of the measures, and of what prolongs them, lapses; None where one has no end that is known."""
    ends: list[datetime | None] = []
    for item in waiting:
        if item.view is not None and item.kind is not None:
            ends += map(end_of, (item.view, *_carried_out(item.view, item.kind, orders)))
    known = [end for end in ends if end is not None]
    return max(known, default=None) if len(known) == len(ends) else None
