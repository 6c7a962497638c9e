"""Orders, what is to be done, and the clocks both run against."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from desktop.domain.case_file.assigned_rows import (
    AssignedPage,
    AssignedQuery,
    AssignedRow,
    AssignedView,
)
from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.views import OrderView, TaskView
from desktop.domain.ids import CaseId, TaskId
from desktop.domain.installation.duty_plan import DutyShift, OnCall
from desktop.domain.orders.claim import WorkClaim
from desktop.domain.progress import SILENT, Progress
from desktop.domain.records.fields import Fields
from desktop.services.ports.database.clock_rows import ClockQueries
from desktop.services.ports.database.order_lists import OrderListQueries
from desktop.services.ports.database.reckoned_rows import ReckonedQueries


class OrderQueries(ClockQueries, OrderListQueries, ReckonedQueries, Protocol):
    """Orders, what is to be done, and the clocks both run against."""

    def orders(self) -> tuple[OrderView, ...]:
        """Every order, newest first."""
        ...

    def waiting_orders(self) -> tuple[OrderView, ...]:
        """Those nobody has answered, newest first, as entries tell it at this moment."""
        ...

    def orders_needing_approval(self) -> tuple[OrderView, ...]:
        """Those for which somebody's approval is or was needed and that nobody is to answer now, newest first, as
        entries tell it at this moment."""
        ...

    def waiting_by_unit(self) -> Mapping[str, int]:
        """The code of a unit → how many of its orders nobody has answered, as entries tell it at this moment."""
        ...

    def batches_beginning(self, start: str) -> frozenset[str]:
        """The numbers of batches that begin so, as entries tell it at this moment."""
        ...

    def unheard_count(self) -> int:
        """How many there are of which nothing proves that the centre knows, as entries tell it at this moment."""
        ...

    def orders_of(self, case: CaseId) -> tuple[OrderView, ...]:
        """The orders of a case, newest first."""
        ...

    def orders_of_cases(self, cases: Collection[CaseId]) -> tuple[OrderView, ...]:
        """The orders of some cases, newest first."""
        ...

    def orders_named(self, orders: Collection[str]) -> tuple[OrderView, ...]:
        """Some orders by id, newest first."""
        ...

    def order(self, order: str) -> OrderView | None:
        """One order by id or number."""
        ...

    def slips_arrived(self) -> Mapping[str, Fields]:
        """Slips that went out in a batch and whose order came since, in no batch itself: subject → fields."""
        ...

    def slips_alone(self) -> Mapping[str, Fields]:
        """Subject → shown values of urgent slips that were read and whose order is not known here."""
        ...

    def clock_facts(
        self,
        progress: Progress = SILENT,
        cases: Collection[CaseId] | None = None,
        *,
        payments: bool = True,
    ) -> tuple[ClockFacts, ...]:
        """What the clocks of every case, or of these, are counted from, and where their money is. Reports that were
        merged count as one, by the case that leads, whichever of them is asked for. Without ``payments`` there are
        none: who asks for the clocks of orders alone needs none."""
        ...

    def claims(self, now: datetime) -> tuple[WorkClaim, ...]:
        """Who has what in hand, by what it is about; of a file by the clock ``now`` of its one computer."""
        ...

    def on_call(self) -> tuple[OnCall, ...]:
        """Whom to ring at which institution, by institution."""
        ...

    def shifts(self) -> tuple[DutyShift, ...]:
        """The shifts of a centre, the first in front."""
        ...

    def task_dues(self) -> tuple[datetime, ...]:
        """When open tasks are due, earliest first; those without a time are left out."""
        ...

    def open_tasks(self) -> tuple[TaskView, ...]:
        """Open tasks of every case, the first due first."""
        ...

    def assigned_task(self, task: TaskId) -> AssignedRow | None:
        """One that a centre gave or a station asks for; None where it is unknown, or neither."""
        ...

    def assigned_tasks(
        self, query: AssignedQuery, after: tuple[str, str] | None, limit: int
    ) -> AssignedPage:
        """The first of a part of those that a centre gave, or those behind a place in it."""
        ...

    def assigned_counts(self, query: AssignedQuery) -> Mapping[AssignedView, int]:
        """How many each part has, of every unit and kind."""
        ...

    def passed_on_tasks(self) -> tuple[tuple[AssignedRow, AssignedRow], ...]:
        """Each request that was passed on with the task that came of it, while one of both is open or who asked has
        not heard how it ended."""
        ...

    def assigned_by_unit(self) -> Mapping[str, int]:
        """Unit code → how many tasks that a centre gave it are open."""
        ...

    def tasks_due(self, after: datetime, until: datetime) -> tuple[TaskView, ...]:
        """Open tasks that were or are due after an instant and up to another, the first due first."""
        ...
