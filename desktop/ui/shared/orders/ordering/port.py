"""What the orders of a case ask of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.orders.order import OrderKind, OrderReply
from desktop.domain.problems import Problem
from desktop.services.officers.second_officer import TypedSecond
from desktop.services.orders.current_reply import CurrentReply
from desktop.services.orders.order_options import Options
from desktop.services.orders.order_request import About, OrderRequest
from desktop.services.ports import Pdf


@dataclass(frozen=True, slots=True)
class Ordered:
    """What came of asking for orders: they stand, or the problems that keep them back."""

    orders: tuple[OrderId, ...]
    problems: tuple[Problem, ...]


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


class OrderPort(Protocol):
    """All may be slow, run in lane ``db`` and raise ``AppError``."""

    def propose(
        self, case: CaseId, kind: OrderKind, abouts: Sequence[About]
    ) -> tuple[OrderRequest, ...]:
        """Requests filled in from the case."""
        ...

    def evidence(self, case: CaseId) -> tuple[Evidence, ...]:
        """What the case has, to attach some of it to an order."""
        ...

    def order(
        self,
        case: CaseId,
        requests: Sequence[OrderRequest],
        *,
        confirmed: bool,
        second: TypedSecond | None = None,
    ) -> Ordered:
        """Check and issue: all of them or none."""
        ...

    def options(self, case: CaseId, order: OrderId) -> Options:
        """What may be done next with an order."""
        ...

    def approve(self, order: OrderId, typed: TypedApproval) -> None:
        """Record that an order was approved, or was not."""
        ...

    def confirm(self, order: OrderId) -> None:
        """Stand as the second officer for an order that one alone issued."""
        ...

    def withdraw(self, order: OrderId, reason: str) -> None:
        """Take an order back."""
        ...

    def call_off(self, order: OrderId) -> None:
        """End a watch."""
        ...

    def set_application(self, order: OrderId, number: str) -> None:
        """Note the platform's own number."""
        ...

    def sheet(self, order: OrderId) -> Pdf:
        """All that waits for the same institution, on one sheet; recorded."""
        ...

    def usual_period(self, order: OrderId) -> tuple[datetime, datetime]:
        """From now for as long as what was ordered holds."""
        ...

    def answer(self, order: OrderId, reply: OrderReply, seen: OrderReply | None) -> None:
        """Record a reply that reached the station; ``seen``: the one that stood when it was begun to be typed."""
        ...

    def standing(self, order: OrderId) -> CurrentReply | None:
        """The reply that stands for an order, who recorded it and when."""
        ...
