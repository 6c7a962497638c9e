"""What stands out in payments, as services see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from desktop.domain.flow.patterns import PatternLimits, Patterns
from desktop.domain.money.money_flow import CashOutKind, FlowPayment


class MoneyFlow(Protocol):
    """Pure reckoning over payments; touches no database."""

    @property
    def mark(self) -> str:
        """Another one where payments are reckoned by something else."""
        ...

    def patterns(
        self,
        moves: Iterable[FlowPayment],
        limits: PatternLimits,
        looked_at: Collection[str],
        since: int | None,
        untimed: Collection[str] = (),
    ) -> Patterns:
        """What stands out. ``untimed``: ids of payments nobody knows the time of."""
        ...

    def dwell_times(self, moves: Iterable[FlowPayment]) -> Mapping[str, int]:
        """Account → the median time in seconds that money stayed."""
        ...

    def cash_out_of(self, *texts: str) -> CashOutKind | None:
        """The way out that a number, name or bank tells of."""
        ...


class NoMoneyFlow:
    """Nothing stands out, and nothing is known as a way out."""

    mark = ""

    def patterns(
        self,
        moves: Iterable[FlowPayment],  # noqa: ARG002
        limits: PatternLimits,  # noqa: ARG002
        looked_at: Collection[str],  # noqa: ARG002
        since: int | None,  # noqa: ARG002
        untimed: Collection[str] = (),  # noqa: ARG002
    ) -> Patterns:
        """None."""
        return Patterns()

    def dwell_times(self, moves: Iterable[FlowPayment]) -> Mapping[str, int]:  # noqa: ARG002
        """None."""
        return {}

    def cash_out_of(self, *texts: str) -> CashOutKind | None:  # noqa: ARG002
        """None."""
        return None
