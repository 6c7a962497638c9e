"""Cycles: money that comes back to where it started, payment after payment, later each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from desktop.domain.flow.patterns import Cycle, PatternLimits
from desktop.domain.money.money_flow import FlowPayment

_STEPS: Final = 2_000_000
"""Looks at a payment before the search is given up: some seconds."""


def cycles(ordered: Sequence[FlowPayment], limits: PatternLimits) -> tuple[tuple[Cycle, ...], bool]:
    """Cycles, the largest sum first, each once whatever number of times it was gone round; and whether the search was
    carried to its end. Short ones are looked for first."""
    search = _CycleSearch(ordered, limits)
    found: dict[tuple[str, ...], Cycle] = {}
    whole = True
    for longest in range(2, limits.cycle_longest + 1):
        for cycle in search.of(longest):
            first = cycle.accounts.index(min(cycle.accounts))
            key = cycle.accounts[first:] + cycle.accounts[:first]
            known = found.get(key)
            if known is None or cycle.amount_fen > known.amount_fen:
                found[key] = cycle
        if search.steps > _STEPS:
            whole = False
            break
    ordered_cycles = sorted(found.values(), key=lambda c: (-c.amount_fen, c.accounts))
    return tuple(ordered_cycles), whole


_Way = tuple[FlowPayment, tuple[str, ...], tuple[str, ...], int, int]
"""The last payment, the accounts and the payments so far, its place among all, and the smallest sum."""


class _CycleSearch:
    def __init__(self, ordered: Sequence[FlowPayment], limits: PatternLimits) -> None:
        self._limits = limits
        self._out: dict[str, list[tuple[int, FlowPayment]]] = {}
        self.steps = 0
        paid = {move.payee for move in ordered}
        for place, move in enumerate(ordered):
            if move.payer in paid and move.payer != move.payee:
                self._out.setdefault(move.payer, []).append((place, move))

    def of(self, length: int) -> Iterator[Cycle]:
        """Cycles of so many accounts."""
        for departures in self._out.values():
            for place, move in departures:
                if move.payee in self._out:
                    yield from self._follow(move, place, length)
                if self.steps > _STEPS:
                    return

    def _follow(self, first: FlowPayment, place: int, length: int) -> Iterator[Cycle]:
        """On from the first payment of a cycle."""
        start = first.payer
        stack: list[_Way] = [(first, (start, first.payee), (first.id,), place, first.amount_fen)]
        ends = first.at + self._limits.cycle_seconds
        while stack and self.steps <= _STEPS:
            last, accounts, payments, where, least = stack.pop()
            for after, onward in self._later(last, where, ends):
                carried = min(least, onward.amount_fen)
                if len(accounts) == length:
                    if onward.payee == start:
                        yield Cycle(accounts, carried, (*payments, onward.id))
                elif onward.payee not in accounts and onward.payee in self._out:
                    on = (*accounts, onward.payee), (*payments, onward.id)
                    stack.append((onward, *on, after, carried))

    def _later(self, move: FlowPayment, place: int, ends: int) -> Iterator[tuple[int, FlowPayment]]:
        """Payments of the payee after ``move``, of a sum that can be the same money."""
        least = move.amount_fen * self._limits.cycle_percent
        for after, onward in self._out.get(move.payee, ()):
            self.steps += 1
            if onward.at > ends:
                return
            later = after > place or onward.at == move.at
            most = onward.amount_fen * self._limits.cycle_percent
            if later and onward.amount_fen * 100 >= least and most <= move.amount_fen * 100:
                yield after, onward
