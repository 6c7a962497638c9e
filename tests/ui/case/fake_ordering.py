"""A desk that remembers what was asked of the orders of a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from desktop.domain.errors import AppError, RuleError
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.orders.machine import OrderStep
from desktop.domain.orders.money import MoneyTerms
from desktop.domain.orders.order import OrderKind, OrderReply
from desktop.domain.problems import Problem
from desktop.services.officers.second_officer import TypedSecond
from desktop.services.orders.current_reply import CurrentReply
from desktop.services.orders.order_options import Options
from desktop.services.orders.order_request import About, OrderRequest
from desktop.services.ports import Pdf
from desktop.ui.shared.orders.ordering.port import Ordered, TypedApproval
from tests.ui.case import samples


class FakeOrdering:
    """Notes into ``calls``; ``errors`` are raised by the next calls, ``problems`` keep the next order back."""

    def __init__(self, calls: list[tuple[object, ...]], errors: list[AppError]) -> None:
        self.calls = calls
        self.errors = errors
        self.stands: CurrentReply | None = None
        self.problems: tuple[Problem, ...] = ()
        self.offered = Options((OrderStep.DONE, OrderStep.WITHDRAW), (OrderKind.FREEZE,))

    def propose(
        self, case: CaseId, kind: OrderKind, abouts: Sequence[About]
    ) -> tuple[OrderRequest, ...]:
        self._note("propose", case, kind, tuple(abouts))
        payment = samples.TRANSFERS[0]
        target = f"transfer/{payment.id}"
        return tuple(OrderRequest(kind, target, MoneyTerms(), payment, "农业银行") for _ in abouts)

    def evidence(self, case: CaseId) -> tuple[Evidence, ...]:
        return samples.evidence()

    def order(
        self,
        case: CaseId,
        requests: Sequence[OrderRequest],
        *,
        confirmed: bool,
        second: TypedSecond | None = None,
    ) -> Ordered:
        self._note("order", case, tuple(requests), confirmed)
        if any(item.second_officer for item in requests) and second is None:
            raise RuleError("second.needed")
        if self.problems and not confirmed:
            return Ordered((), self.problems)
        return Ordered((OrderId("order-9"),), ())

    def options(self, case: CaseId, order: OrderId) -> Options:
        self._note("options", case, order)
        return self.offered

    def approve(self, order: OrderId, typed: TypedApproval) -> None:
        self._note("approve", order, typed)

    def confirm(self, order: OrderId) -> None:
        self._note("confirm", order)

    def withdraw(self, order: OrderId, reason: str) -> None:
        self._note("withdraw", order, reason)

    def call_off(self, order: OrderId) -> None:
        self._note("call_off", order)

    def set_application(self, order: OrderId, number: str) -> None:
        self._note("application", order, number)

    def sheet(self, order: OrderId) -> Pdf:
        self._note("sheet", order)
        return Pdf(b"%PDF sheet", 1)

    def usual_period(self, order: OrderId) -> tuple[datetime, datetime]:
        self._note("period", order)
        return samples.NOW, samples.NOW + timedelta(hours=48)

    def answer(self, order: OrderId, reply: OrderReply, seen: OrderReply | None) -> None:
        self._note("answer", order, reply)

    def standing(self, order: OrderId) -> CurrentReply | None:
        self._note("standing", order)
        return self.stands

    def _note(self, *call: object) -> None:
        self.calls.append(call)
        if self.errors:
            raise self.errors.pop(0)
