"""How long money stays in an account: fast in, fast out (快进快出)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from desktop.domain.flow.patterns import DwellTime, PatternLimits
from desktop.domain.money.money_flow import FlowPayment


def fast_through(ordered: Sequence[FlowPayment], limits: PatternLimits) -> tuple[DwellTime, ...]:
    """Accounts that passed on most of what came in within the limit, the largest sum first."""
    found = [
        dwell_time
        for dwell_time in dwell_times(ordered, limits.fast_seconds)
        if dwell_time.passed_fen * 100 >= dwell_time.in_fen * limits.fast_percent
    ]
    return tuple(sorted(found, key=lambda dwell_time: (-dwell_time.passed_fen, dwell_time.account)))


def dwell_times(ordered: Sequence[FlowPayment], within: int) -> Iterator[DwellTime]:
    """Every account that was paid and paid on. Money leaves in the order it came; what an account paid before, or
    beyond what came in, stayed for no known time and does not count."""
    came: dict[str, deque[list[int]]] = {}
    sums: dict[str, list[int]] = {}
    pieces: dict[str, list[tuple[int, int]]] = {}
    for _, at, payer, payee, fen in ordered:
        queue = came.get(payer)
        if queue is not None:
            left = fen
            while left and queue:
                lot = queue[0]
                used = min(lot[1], left)
                pieces.setdefault(payer, []).append((at - lot[0], used))
                left -= used
                lot[1] -= used
                if not lot[1]:
                    queue.popleft()
            sums[payer][1] += fen
        came.setdefault(payee, deque()).append([at, fen])
        sums.setdefault(payee, [0, 0])[0] += fen
    for account, left_after in pieces.items():
        came_in, went_out = sums[account]
        passed = sum(fen for seconds, fen in left_after if seconds <= within)
        yield DwellTime(account, came_in, went_out, passed, _median(left_after))


def _median(pieces: Sequence[tuple[int, int]]) -> int:
    """By the money, not by the number of payments."""
    half, gone = (sum(fen for _, fen in pieces) + 1) // 2, 0
    for seconds, fen in sorted(pieces):
        gone += fen
        if gone >= half:
            return seconds
    return 0
