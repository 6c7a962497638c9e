"""Follow money through payments: one walk over them to see whom it can have reached, one to book it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Protocol

from desktop.domain.flow.payment_order import booked, by_time
from desktop.domain.money.money_flow import (
    FlowPayment,
    Rest,
    Shares,
    Trace,
    TracedPart,
    TracingMethod,
    share_out,
)

Parts = list[tuple[str | None, int]]
"""(origin, fen); None for money nobody follows."""
_OTHER: Final = ""


def _nothing(_move: FlowPayment) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class KnownMoney:
    """What is known of money beside the payments. ``reserved``: fen of the payer's that a payment can not be made of,
    because a bank holds them then. ``back``: payment by which money came back → the followed payment that it was."""

    reserved: Callable[[FlowPayment], int] = _nothing
    back: Mapping[str, str] = field(default_factory=dict)


NOTHING_KNOWN: Final = KnownMoney()


class Holdings(Protocol):
    """``take`` never fails: what is not there came from where no paper shows, and counts as other money."""

    balance: int

    def put(self, parts: Parts) -> None:
        """Money comes in."""

    def take(self, fen: int) -> Parts:
        """Money leaves."""

    def take_of(self, origin: str, fen: int) -> Parts:
        """The money of one origin leaves, as far as it is there."""

    def rest(self) -> Iterable[tuple[str | None, int]]:
        """What is left."""


class _Lots:
    """Money in the order it came; ``last_first`` for LIFO."""

    __slots__ = ("_last_first", "_lots", "balance")

    def __init__(self, *, last_first: bool) -> None:
        self._lots: deque[tuple[str | None, int]] = deque()
        self._last_first = last_first
        self.balance = 0

    def put(self, parts: Parts) -> None:
        for part in parts:
            self._lots.append(part)
            self.balance += part[1]

    def take(self, fen: int) -> Parts:
        taken: Parts = []
        left = fen
        while left and self._lots:
            origin, here = self._lots.pop() if self._last_first else self._lots.popleft()
            used = min(here, left)
            taken.append((origin, used))
            left -= used
            if here > used:
                self._push_back((origin, here - used))
        self.balance -= fen - left
        if left:
            taken.append((None, left))
        return taken

    def take_of(self, origin: str, fen: int) -> Parts:
        taken, left = 0, deque[tuple[str | None, int]]()
        for name, here in self._lots:
            used = min(here, fen - taken) if name == origin else 0
            taken += used
            if here > used:
                left.append((name, here - used))
        self._lots = left
        self.balance -= taken
        return [(origin, taken)] if taken else []

    def _push_back(self, lot: tuple[str | None, int]) -> None:
        if self._last_first:
            self._lots.append(lot)
        else:
            self._lots.appendleft(lot)

    def rest(self) -> Iterable[tuple[str | None, int]]:
        return self._lots


class _Mixed:
    """Money that cannot be told apart; ``other_first`` for the lowest intermediate balance."""

    __slots__ = ("_other_first", "_sums", "balance")

    def __init__(self, *, other_first: bool) -> None:
        self._sums: dict[str, int] = {}
        self._other_first = other_first
        self.balance = 0

    def put(self, parts: Parts) -> None:
        for origin, fen in parts:
            name = _OTHER if origin is None else origin
            self._sums[name] = self._sums.get(name, 0) + fen
            self.balance += fen

    def take(self, fen: int) -> Parts:
        taken: Parts = []
        left = min(fen, self.balance)
        missing = fen - left
        self.balance -= left
        if self._other_first:
            other = min(left, self._sums.get(_OTHER, 0))
            self._reduce(_OTHER, other)
            left -= other
            missing += other
        for name, share in share_out(left, self._sorted()).items():
            self._reduce(name, share)
            if share:
                taken.append((name or None, share))
        if missing:
            taken.append((None, missing))
        return taken

    def take_of(self, origin: str, fen: int) -> Parts:
        taken = min(fen, self._sums.get(origin, 0))
        self._reduce(origin, taken)
        self.balance -= taken
        return [(origin, taken)] if taken else []

    def _sorted(self) -> dict[str, int]:
        """By name, so that the odd fen never depends on the order of a file."""
        return {name: self._sums[name] for name in sorted(self._sums)}

    def _reduce(self, name: str, fen: int) -> None:
        if fen:
            self._sums[name] -= fen
            if not self._sums[name]:
                del self._sums[name]

    def rest(self) -> Iterable[tuple[str | None, int]]:
        return ((name or None, fen) for name, fen in self._sums.items() if fen)


def _shares(parts: Iterable[tuple[str | None, int]]) -> Shares:
    """What of money is traced, by origin."""
    traced = [(origin, fen) for origin, fen in parts if origin is not None]
    if len(traced) < 2:
        return tuple(traced)
    sums: dict[str, int] = {}
    for origin, fen in traced:
        sums[origin] = sums.get(origin, 0) + fen
    return tuple(sorted(sums.items()))


def holdings(method: TracingMethod) -> Callable[[], Holdings]:
    """What makes an empty account that gives money away by ``method``."""
    if method in {TracingMethod.FIFO, TracingMethod.LIFO}:
        return partial(_Lots, last_first=method is TracingMethod.LIFO)
    return partial(_Mixed, other_first=method is TracingMethod.LOWEST)


def trace(
    moves: Iterable[FlowPayment],
    origins: Mapping[str, int],
    method: TracingMethod,
    tolerance: int = 0,
    known: KnownMoney = NOTHING_KNOWN,
) -> Trace:
    """Where the money of ``origins`` (id of a payment → fen of it to follow) went and rests.

    ``tolerance``: seconds by which a payment may stand before the money it is made from. What a payment lacks
    because of ``known`` is other money. Unknown ids are left out; of a payment no more is followed
    than its amount. Any order of ``moves`` gives the same result.
    """
    return trace_sorted(by_time(moves), origins, method, tolerance, known)


def trace_sorted(
    ordered: Sequence[FlowPayment],
    origins: Mapping[str, int],
    method: TracingMethod,
    tolerance: int = 0,
    known: KnownMoney = NOTHING_KNOWN,
) -> Trace:
    """The same of payments that stand in their order already."""
    touched = _reached(ordered, origins, tolerance)
    return _TraceWalk(ordered, origins, method, tolerance, touched, known).run()


def _reached(
    ordered: Sequence[FlowPayment], origins: Mapping[str, int], tolerance: int
) -> set[str]:
    """Accounts the money can have come to: a payment out of a reached account, not before it was reached."""
    if tolerance:
        return _connected(ordered, origins)
    reached: set[str] = set()
    second = _SameSecond(ordered)
    for place, (id_, _, payer, payee, _) in enumerate(ordered):
        if (payer in reached or id_ in origins) and payee not in reached:
            _spread(payee, second.before(place), reached)
    return reached


class _SameSecond:
    """Who paid whom earlier in the list but in the same second: such a payment may stand before the money it is made
    from. Looked up only where money comes to a new account, so that all other payments cost next to nothing."""

    def __init__(self, ordered: Sequence[FlowPayment]) -> None:
        self._ordered = ordered
        self._payees: dict[str, list[str]] = {}
        self._at: int | None = None
        self._end = 0

    def before(self, place: int) -> Mapping[str, Sequence[str]]:
        """Payer → payees; places must be asked for in their order."""
        ordered, at = self._ordered, self._ordered[place].at
        if at != self._at:
            self._at, self._payees, self._end = at, {}, place
            while self._end and ordered[self._end - 1].at == at:
                self._end -= 1
        for move in ordered[self._end : place]:
            self._payees.setdefault(move.payer, []).append(move.payee)
        self._end = place
        return self._payees


def _spread(account: str, payees: Mapping[str, Iterable[str]], reached: set[str]) -> None:
    """Everybody that ``account`` and those after it paid."""
    reached.add(account)
    waiting = [account]
    while waiting:
        for payee in payees.get(waiting.pop(), ()):
            if payee not in reached:
                reached.add(payee)
                waiting.append(payee)


def _connected(ordered: Sequence[FlowPayment], origins: Mapping[str, int]) -> set[str]:
    """The same without regard to time; more than can be reached is no harm."""
    payees: dict[str, set[str]] = {}
    for move in ordered:
        payees.setdefault(move.payer, set()).add(move.payee)
    reached: set[str] = set()
    for move in ordered:
        if move.id in origins and move.payee not in reached:
            _spread(move.payee, payees, reached)
    return reached


class _TraceWalk:
    def __init__(
        self,
        ordered: Sequence[FlowPayment],
        origins: Mapping[str, int],
        method: TracingMethod,
        tolerance: int,
        reached: set[str],
        known: KnownMoney,
    ) -> None:
        self._origins = origins
        self._known = known
        self._method = method
        self._tolerance = tolerance
        empty = holdings(method)
        self._holdings: dict[str, Holdings] = {name: empty() for name in reached}
        self._moves = [move for move in ordered if move.payee in reached or move.payer in reached]
        self._parts: list[TracedPart] = []

    def run(self) -> Trace:
        for move in booked(self._moves, self._holdings, self._tolerance, self._short):
            self._book(move)
        victims = {move.payer for move in self._moves if move.id in self._origins}
        tiers = _tiers(victims, self._parts)
        rests = (
            Rest(account, tiers.get(account, 0), shares)
            for account, here in self._holdings.items()
            if here.balance and (shares := _shares(here.rest()))
        )
        return Trace(
            self._method,
            sum(min(move.amount_fen, self._origins.get(move.id, 0)) for move in self._moves),
            tuple(self._parts),
            tuple(sorted(rests, key=lambda rest: (rest.tier, -rest.fen, rest.account))),
            tiers,
        )

    def _short(self, move: FlowPayment) -> bool:
        return move.id not in self._origins and (
            self._holdings[move.payer].balance < move.amount_fen
        )

    def _book(self, move: FlowPayment) -> None:
        parts = self._taken(move)
        target = self._holdings.get(move.payee)
        if target is not None:
            target.put(parts)
        shares = _shares(parts)
        if shares:
            self._parts.append(TracedPart(move, shares))

    def _taken(self, move: FlowPayment) -> Parts:
        """What a payment consists of. The victim's own payment is where following begins, whatever lay there."""
        if move.id in self._origins:
            followed = min(move.amount_fen, self._origins[move.id])
            begun: Parts = [(move.id, followed), (None, move.amount_fen - followed)]
            return [part for part in begun if part[1]]
        payer = self._holdings.get(move.payer)
        if payer is None:
            return [(None, move.amount_fen)]
        origin = self._known.back.get(move.id, "")
        left = move.amount_fen
        parts: Parts = []
        if origin:
            parts = payer.take_of(origin, left)
            left -= sum(fen for _, fen in parts)
        free = max(payer.balance - (0 if origin else self._known.reserved(move)), 0)
        there = min(left, free)
        if there:
            parts += payer.take(there)
        if left > there:
            parts.append((None, left - there))
        return parts


def _tiers(victims: Iterable[str], parts: Iterable[TracedPart]) -> dict[str, int]:
    """The fewest payments of traced money between a victim's account and each other."""
    payees: dict[str, list[str]] = {}
    for part in parts:
        payees.setdefault(part.move.payer, []).append(part.move.payee)
    tiers = dict.fromkeys(sorted(victims), 0)
    queue = deque(tiers)
    while queue:
        account = queue.popleft()
        for payee in payees.get(account, ()):
            if payee not in tiers:
                tiers[payee] = tiers[account] + 1
                queue.append(payee)
    return tiers


def origins_from(
    ordered: Sequence[FlowPayment], account: str, at: int | None, amount_fen: int | None
) -> dict[str, int]:
    """The payments to follow when all that is known is an account, and perhaps when and how much.

    Money that came in at just that second and of just that sum is followed from its coming; otherwise what the
    account paid out from then on, up to the sum.
    """
    if at is not None and amount_fen is not None:
        arrived = [m for m in ordered if (m.payee, m.at, m.amount_fen) == (account, at, amount_fen)]
        if arrived:
            return {arrived[0].id: amount_fen}
    return dict(_first(ordered, account, at, amount_fen))


def _first(
    ordered: Iterable[FlowPayment], account: str, since: int | None, amount_fen: int | None
) -> Iterator[tuple[str, int]]:
    left = amount_fen
    for move in ordered:
        if move.payer != account or (since is not None and move.at < since):
            continue
        if left is None:
            yield move.id, move.amount_fen
            continue
        used = min(left, move.amount_fen)
        if used:
            yield move.id, used
        left -= used
