"""Fan-in and fan-out: one account and many others.

In the payments of one case three payers of one account are worth a look. In a file of thousands nearly every account
has as many, so there only what is out of the ordinary counts: payments whose sum lies outside the outer fences of all
sums (Tukey, Exploratory Data Analysis, 1977: three times the distance between the quartiles beyond them, here on a
scale of ratios). Where no sum is, accounts whose number of counterparties is far out by the same measure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from desktop.domain.flow.patterns import Fan, PatternLimits
from desktop.domain.money.money_flow import FlowPayment

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
