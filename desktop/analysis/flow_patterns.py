"""All patterns of a set of payments at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final

from desktop.analysis.flow_dwell_times import fast_through
from desktop.domain.flow.patterns import (
    ActiveSpan,
    Counterparty,
    Cycle,
    Fan,
    PatternLimits,
    Patterns,
)
from desktop.domain.flow.payment_order import by_time
from desktop.domain.money.money_flow import FlowPayment

_STEPS: Final = 2_000_000
"""Looks at a payment before the search is given up: some seconds."""


# Fan-in and fan-out: one account and many others.
#
# In the payments of one case three payers of one account are worth a look. In a file of thousands nearly every account
# has as many, so there only what is out of the ordinary counts: payments whose sum lies outside the outer fences of all
# sums (Tukey, Exploratory Data Analysis, 1977: three times the distance between the quartiles beyond them, here on a
# scale of ratios). Where no sum is, accounts whose number of counterparties is far out by the same measure.

_FENCE: Final = 3
End = Callable[[FlowPayment], str]


def payer_of(move: FlowPayment) -> str:
    """The account that pays."""
    return move.payer


def payee_of(move: FlowPayment) -> str:
    """The account that is paid."""
    return move.payee


def fans(moves: Sequence[FlowPayment], hub: End, limits: PatternLimits) -> tuple[Fan, ...]:
    """Accounts at the end ``hub`` of payments that stand out, the one with most others first."""
    odd = odd_sums(moves, limits)
    if odd is None:
        return hubs(moves, hub, limits)
    return _sorted(_fans(odd, hub, limits, limits.fan_least))


def hubs(moves: Sequence[FlowPayment], hub: End, limits: PatternLimits) -> tuple[Fan, ...]:
    """Accounts with far more counterparties than others of the same file; none in a small one."""
    if len(moves) < limits.ordinary_least:
        return ()
    other = payer_of if hub is payee_of else payee_of
    partners: dict[str, set[str]] = {}
    for move in moves:
        partners.setdefault(hub(move), set()).add(other(move))
    _, most = fences([len(names) for names in partners.values()])
    least = max(math.floor(most) + 1, limits.fan_least)
    return _sorted(_fans(moves, hub, limits, least))


def odd_sums(moves: Sequence[FlowPayment], limits: PatternLimits) -> Sequence[FlowPayment] | None:
    """Payments out of the ordinary; all of a small file; None where a large one has none."""
    if len(moves) < limits.ordinary_least:
        return moves
    low, high = fences([move.amount_fen for move in moves if move.amount_fen > 0])
    return [move for move in moves if not low <= move.amount_fen <= high] or None


def fences(values: Sequence[int]) -> tuple[float, float]:
    """The outer fences of positive numbers, on a scale of ratios."""
    if not values:
        return 0.0, math.inf
    ordered = sorted(values)
    low, high = (ordered[len(ordered) * quarter // 4] for quarter in (1, 3))
    spread = (high / low) ** _FENCE
    return low / spread, high * spread


def _fans(
    moves: Iterable[FlowPayment], hub: End, limits: PatternLimits, least: int
) -> Iterator[Fan]:
    other = payer_of if hub is payee_of else payee_of
    grouped: dict[str, list[FlowPayment]] = {}
    for move in moves:
        if move.payer != move.payee:
            grouped.setdefault(hub(move), []).append(move)
    for account, group in grouped.items():
        if len({other(move) for move in group}) < least:
            continue
        for chosen in _windows(group, other, limits.window_seconds, least):
            names = tuple(sorted({other(move) for move in chosen}))
            times = [move.at for move in chosen]
            yield Fan(account, names, sum(m.amount_fen for m in chosen), min(times), max(times))


def _windows(
    group: list[FlowPayment], other: End, window: int | None, least: int
) -> Iterator[list[FlowPayment]]:
    """The whole group, or of those stretches of it that lie within the window the one with most others."""
    if window is None:
        yield group
        return
    group.sort(key=lambda move: (move.at, move.id))
    best: list[FlowPayment] = []
    most, start = 0, 0
    count: dict[str, int] = {}
    for end, move in enumerate(group):
        count[other(move)] = count.get(other(move), 0) + 1
        while move.at - group[start].at > window:
            name = other(group[start])
            count[name] -= 1
            if not count[name]:
                del count[name]
            start += 1
        if len(count) >= most:
            most, best = len(count), group[start : end + 1]
    if most >= least:
        yield best


def _sorted(found: Iterable[Fan]) -> tuple[Fan, ...]:
    return tuple(sorted(found, key=lambda fan: (-len(fan.others), -fan.amount_fen, fan.account)))


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


def patterns(
    moves: Iterable[FlowPayment],
    limits: PatternLimits,
    looked_at: Collection[str] = (),
    since: int | None = None,
    untimed: Collection[str] = (),
) -> Patterns:
    """What stands out. ``looked_at``: accounts whose common counterparties are asked for; ``since``: the moment for
    which new and vanished accounts are told; ``untimed``: ids of payments whose time is made up: they tell nothing of
    how long money stayed nor when an account was seen."""
    ordered = by_time(moves)
    timed = [move for move in ordered if move.id not in untimed] if untimed else ordered
    rings, whole = cycles(ordered, limits)
    spans = tuple(_active_spans(timed)) if since is not None else ()
    moment = since or 0
    return Patterns(
        fan_in=fans(ordered, payee_of, limits),
        fan_out=fans(ordered, payer_of, limits),
        hubs=hubs(ordered, payee_of, limits),
        fast_through=fast_through(timed, limits),
        cycles=rings,
        cycles_whole=whole,
        common=tuple(common(ordered, looked_at)),
        appeared=tuple(item for item in spans if item.first >= moment),
        vanished=tuple(item for item in spans if item.last < moment),
    )


def common(moves: Iterable[FlowPayment], looked_at: Collection[str]) -> Iterator[Counterparty]:
    """Accounts that dealt with two or more of ``looked_at``, the one with most of them first."""
    looked_at = frozenset(looked_at)  # of a statement they are thousands
    partners: dict[str, set[str]] = {}
    sums: dict[str, int] = {}
    for move in moves:
        for one, other in ((move.payer, move.payee), (move.payee, move.payer)):
            if one in looked_at and other not in looked_at:
                partners.setdefault(other, set()).add(one)
                sums[other] = sums.get(other, 0) + move.amount_fen
    shared = [(name, known) for name, known in partners.items() if len(known) > 1]
    for name, known in sorted(shared, key=lambda item: (-len(item[1]), -sums[item[0]], item[0])):
        yield Counterparty(name, tuple(sorted(known)), sums[name])


def _active_spans(ordered: Iterable[FlowPayment]) -> Iterator[ActiveSpan]:
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for move in ordered:
        for account in (move.payer, move.payee):
            first.setdefault(account, move.at)
            last[account] = move.at
    for account in sorted(first):
        yield ActiveSpan(account, first[account], last[account])
