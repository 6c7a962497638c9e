"""The order in which payments are booked: by time, save where a payment waits for the money it is made from.

Banks' clocks differ, and many statements know the day only. So a payment that an account could not make yet waits for
the next money that came in within the tolerance; with a tolerance of 0, for what came in at the same second.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from desktop.domain.money.money_flow import FlowPayment


def by_time(moves: Iterable[FlowPayment]) -> list[FlowPayment]:
    """By time, then by id: the order of a file decides nothing."""
    return sorted(moves, key=lambda move: (move.at, move.id))


def booked(
    moves: Sequence[FlowPayment],
    watched: Collection[str],
    tolerance: int,
    short: Callable[[FlowPayment], bool],
) -> Iterator[FlowPayment]:
    """Sorted ``moves`` in the order of booking.

    ``short`` says, at the moment a payment's turn has come, whether a watched account lacks money for it.
    """
    queue = _Queue(moves, watched, tolerance)
    for place, move in enumerate(moves):
        credit = queue.awaited(place) if move.payer in watched and short(move) else None
        if credit is not None:
            queue.wait(place, credit)
            continue
        yield move
        yield from queue.released(place, short)


class _Queue:
    def __init__(
        self, moves: Sequence[FlowPayment], watched: Collection[str], tolerance: int
    ) -> None:
        self._moves = moves
        self._tolerance = tolerance
        self._credits: dict[str, list[int]] = {}
        for place, move in enumerate(moves):
            if move.payee in watched and move.payer != move.payee:
                self._credits.setdefault(move.payee, []).append(place)
        self._waits_for: dict[int, int] = {}
        self._waiters: dict[int, list[int]] = {}
        self._booked: set[int] = set()

    def awaited(self, place: int) -> int | None:
        """The place of the money that a payment waits for; None when there is none, or both would wait for ever."""
        move = self._moves[place]
        credits_in = self._credits.get(move.payer, ())
        # Money that is itself waiting may stand before the payment; nothing earlier than its own second counts.
        start = bisect_left(credits_in, place) if place else 0
        while start and self._moves[credits_in[start - 1]].at >= move.at - self._tolerance:
            start -= 1
        for credit in credits_in[start:]:
            if self._moves[credit].at > move.at + self._tolerance:
                return None
            if self._is_open(credit, place) and not self._leads_to(credit, place):
                return credit
        return None

    def _is_open(self, credit: int, place: int) -> bool:
        return credit in self._waits_for or (credit > place and credit not in self._booked)

    def _leads_to(self, credit: int, place: int) -> bool:
        while credit in self._waits_for:
            credit = self._waits_for[credit]
        return credit == place

    def wait(self, place: int, credit: int) -> None:
        self._waits_for[place] = credit
        self._waiters.setdefault(credit, []).append(place)

    def released(self, place: int, short: Callable[[FlowPayment], bool]) -> Iterator[FlowPayment]:
        """Whoever waited for this money, and whoever waited for theirs."""
        self._booked.add(place)
        ready = self._waiters.pop(place, [])
        while ready:
            waiter = ready.pop(0)
            del self._waits_for[waiter]
            move = self._moves[waiter]
            again = self.awaited(waiter) if short(move) else None
            if again is not None:
                self.wait(waiter, again)
                continue
            self._booked.add(waiter)
            yield move
            ready.extend(self._waiters.pop(waiter, []))
