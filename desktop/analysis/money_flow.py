"""The port of services to the reckoning of this folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from desktop.analysis.flow_dwell_times import dwell_times
from desktop.analysis.flow_patterns import patterns
from desktop.domain.flow.patterns import PatternLimits, Patterns
from desktop.domain.flow.payment_order import by_time
from desktop.domain.money.cash_out import CashOutTerms
from desktop.domain.money.money_flow import CashOutKind, FlowPayment


class FlowAnalyst:
    """Implements :class:`desktop.services.ports.reading.flow.MoneyFlow`."""

    def __init__(self, words: CashOutTerms) -> None:
        self._words = words

    @property
    def mark(self) -> str:
        """Another one for other words."""
        return repr(sorted(self._words.words.items()))

    def patterns(
        self,
        moves: Iterable[FlowPayment],
        limits: PatternLimits,
        looked_at: Collection[str],
        since: int | None,
        untimed: Collection[str] = (),
    ) -> Patterns:
        """What stands out."""
        return patterns(moves, limits, looked_at, since, untimed)

    def dwell_times(self, moves: Iterable[FlowPayment]) -> Mapping[str, int]:
        """Account → the median time in seconds that money stayed."""
        return {
            dwell_time.account: dwell_time.median_seconds
            for dwell_time in dwell_times(by_time(moves), 0)
        }

    def cash_out_of(self, *texts: str) -> CashOutKind | None:
        """The way out that a number, name or bank tells of."""
        return self._words.cash_out_of(*texts)
