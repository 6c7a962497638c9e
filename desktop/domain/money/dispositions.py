"""Where the money of a loss is at an instant: in seven dispositions (资金去向) that sum to the loss, to the fen.

``docs/money.md`` defines them with examples worked out by hand. Of the traced money that rests in an account each fen
is taken once, by the first of these that claims it; so the seven sum to the rest by construction, and all rests to the
loss (:attr:`~desktop.domain.money.money_flow.Trace.conserved`). Amounts are integer fen, instants aware times.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from operator import add, attrgetter, itemgetter, sub
from typing import Final, NamedTuple


class Disposition(StrEnum):
    """What became of money, in the order of columns."""

    HELD = "held"
    """已止付: by a stop that runs, and by no freeze."""
    LAPSED = "lapsed"
    """已失效: a stop or freeze held it and holds it no more; nobody told that it went on."""
    FROZEN = "frozen"
    """已冻结: by a freeze that runs."""
    RETURNED = "returned"
    """已返还: back with a victim."""
    LEFT = "left"
    """已转走: beyond the reach of orders, as cash, coin or goods."""
    UNTRACED = "untraced"
    """去向不明: nobody can name where it is."""
    RESTING = "resting"
    """在账未止付: in a named account, and nobody stopped it."""


@dataclass(frozen=True, slots=True)
class MoneySums:
    """Fen in each disposition."""

    held_fen: int = 0
    lapsed_fen: int = 0
    frozen_fen: int = 0
    returned_fen: int = 0
    left_fen: int = 0
    untraced_fen: int = 0
    resting_fen: int = 0

    def fen(self, disposition: Disposition) -> int:
        """What is in one of them."""
        found: int = getattr(self, f"{disposition.value}_fen")
        return found

    @property
    def loss_fen(self) -> int:
        """All seven."""
        return sum(self.seven)

    @property
    def stopped_fen(self) -> int:
        """What banks hold, by stop or freeze."""
        return self.held_fen + self.frozen_fen

    def __add__(self, other: MoneySums) -> MoneySums:
        """Both together."""
        return MoneySums(*map(add, self.seven, other.seven))

    @classmethod
    def together(cls, several: Iterable[MoneySums]) -> MoneySums:
        """All of them."""
        return cls(*map(sum, zip(*(item.seven for item in several), strict=True)))

    def __sub__(self, other: MoneySums) -> MoneySums:
        """Without the others."""
        return MoneySums(*map(sub, self.seven, other.seven))

    @property
    def seven(self) -> tuple[int, ...]:
        """Fen, in the order of the dispositions."""
        return (
            self.held_fen, self.lapsed_fen, self.frozen_fen, self.returned_fen, self.left_fen, self.untraced_fen,
            self.resting_fen,
        )  # fmt: skip

    def first(self, fen: int) -> MoneySums:
        """The first ``fen`` of them, what banks hold in front."""
        taken: dict[str, int] = {}
        for one in _IN_FRONT:
            taken[f"{one.value}_fen"] = mine = min(self.fen(one), fen)
            fen -= mine
        return MoneySums(**taken)

    def with_returned(self, fen: int) -> MoneySums:
        """The same where ``fen`` came back of no single payment: it is taken from what nobody holds, the least certain
        first (untraced, resting, left, lapsed). What is beyond these is no part of the loss."""
        if not fen:
            return self
        moved = 0
        taken: dict[Disposition, int] = {}
        for one in _RETURNED_FROM:
            taken[one] = min(self.fen(one), fen - moved)
            moved += taken[one]
        return MoneySums(
            **{
                f"{one.value}_fen": self.fen(one)
                - taken.get(one, 0)
                + (moved if one is Disposition.RETURNED else 0)
                for one in Disposition
            }
        )


_IN_FRONT: Final = (
    Disposition.FROZEN,
    *(one for one in Disposition if one is not Disposition.FROZEN),
)
_RETURNED_FROM: Final = (
    Disposition.UNTRACED, Disposition.RESTING, Disposition.LEFT, Disposition.LAPSED,
)  # fmt: skip
NOTHING: Final = MoneySums()


@dataclass(frozen=True, slots=True)
class MoneyTimeline:
    """Sums that change as measures begin and end. ``steps``: (from when, sums), in their order; before the first of
    them the sums are those of ``start``."""

    start: MoneySums = NOTHING
    steps: tuple[tuple[datetime, MoneySums], ...] = ()

    def at(self, instant: datetime) -> MoneySums:
        """The sums at an instant."""
        place = bisect_right(self.steps, instant, key=lambda step: step[0])
        return self.steps[place - 1][1] if place else self.start


NO_MONEY: Final = MoneyTimeline()


@dataclass(frozen=True, slots=True)
class Measure:
    """What a bank holds of an account by its reply to one order. ``payment``: the payment it is about, "" for the
    account as such. ``until``: when it lapses or was ended; None where it has no end."""

    payment: str
    fen: int
    frozen: bool
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """How much money was in an account, as its bank told. ``fen`` None: no more than it holds by its measures, as it
    could hold less than it was asked for."""

    at: datetime
    fen: int | None = None


class CoverTimeline:
    """How much measures hold together at each instant: of one payment the most of them once, of several payments the
    sum. One about the account as such may hold what the others do. Whoever writes may write thousands of them, so it is
    worked out in one walk over their ends. ``lasting``: as if none of them ended."""

    __slots__ = ("_at", "_fen")

    def __init__(self, measures: Sequence[Measure], *, lasting: bool = False) -> None:
        self._at: list[datetime] = []
        self._fen: list[int] = []
        ends: list[tuple[datetime, bool, Measure]] = []
        for item in measures:
            if lasting or item.until is None:
                ends.append((item.since, True, item))
            elif item.since < item.until:
                ends += (item.since, True, item), (item.until, False, item)
        if len(measures) == 1:
            self._at = [instant for instant, _, _ in ends]
            self._fen = [max(item.fen, 0) if begins else 0 for _, begins, item in ends]
        else:
            self._walk(ends)

    def _walk(self, ends: Iterable[tuple[datetime, bool, Measure]]) -> None:
        sizes: dict[str, list[int]] = {}
        several = 0
        for instant, begins, item in sorted(ends, key=itemgetter(0)):
            held = sizes.setdefault(item.payment, [])
            before = held[-1] if held else 0
            if begins:
                insort(held, item.fen)
            else:
                del held[bisect_left(held, item.fen)]
            if item.payment:
                several += (held[-1] if held else 0) - before
            whole = sizes.get("") or (0,)
            fen = max(several, whole[-1])
            if self._at and self._at[-1] == instant:
                self._fen[-1] = fen
            else:
                self._at.append(instant)
                self._fen.append(fen)

    def fen(self, instant: datetime) -> int:
        """What they hold at an instant."""
        place = bisect_right(self._at, instant)
        return self._fen[place - 1] if place else 0

    @property
    def changes(self) -> Sequence[datetime]:
        """The instants at which one of them begins or ends."""
        return self._at


_UNCOVERED: Final = CoverTimeline(())


class _Covers(NamedTuple):
    """What the measures of an account hold. ``began``: those that began, whether or not they ended."""

    all: CoverTimeline
    freezes: CoverTimeline
    began: CoverTimeline


@dataclass(frozen=True)
class AccountMoney:
    """The traced money of one account and what its bank told. ``rest_fen``: what the tracing leaves there;
    ``returned_fen``: what of it is back with its victim; ``arrived``: (second, fen) of each payment of traced money
    into it; ``left``: money leaves the reach of orders here; ``named``: orders can reach it."""

    rest_fen: int = 0
    measures: tuple[Measure, ...] = ()
    balances: tuple[Balance, ...] = ()
    arrived: tuple[tuple[int, int], ...] = ()
    returned_fen: int = 0
    left: bool = False
    named: bool = True

    def at(self, instant: datetime) -> MoneySums:
        """The dispositions of what rests there."""
        if not (self.measures or self.balances):
            return self._without_bank
        covered, frozen = self.held_at(instant)
        return self._parted(covered, frozen, self._covers.began.fen(instant), self._most(instant))

    @cached_property
    def _without_bank(self) -> MoneySums:
        """Those of an account of which its bank reported nothing, at any instant."""
        return self._parted(0, 0, 0, None)

    def _parted(self, covered: int, frozen_covered: int, began: int, most: int | None) -> MoneySums:
        rest = self.rest_fen
        frozen = min(rest, frozen_covered)
        held = min(rest - frozen, max(covered - frozen_covered, 0))
        returned = min(rest - frozen - held, self.returned_fen)
        open_fen = rest - frozen - held - returned
        present = open_fen if most is None else min(open_fen, max(most - covered, 0))
        lapsed = min(present, max(began - covered, 0))
        resting = present - lapsed if self.named and not self.left else 0
        gone = open_fen - lapsed - resting
        return MoneySums(
            held, lapsed, frozen, returned,
            left_fen=gone if self.left else 0,
            untraced_fen=0 if self.left else gone,
            resting_fen=resting,
        )  # fmt: skip

    def held_at(self, instant: datetime) -> tuple[int, int]:
        """(stopped or frozen, frozen) by the bank's replies at an instant, whosever money it is."""
        return self._covers.all.fen(instant), self._covers.freezes.fen(instant)

    @property
    def changes(self) -> tuple[datetime, ...]:
        """The instants at which the dispositions may change."""
        balances = (item.at for item in self.balances)
        return tuple(sorted({*self._covers.all.changes, *self._covers.began.changes, *balances}))

    @cached_property
    def _covers(self) -> _Covers:
        every = CoverTimeline(self.measures)
        freezes = [item for item in self.measures if item.frozen]
        frozen = CoverTimeline(freezes) if freezes else _UNCOVERED
        return _Covers(every, frozen, CoverTimeline(self.measures, lasting=True))

    def _most(self, instant: datetime) -> int | None:
        """The most that can be in the account by what its bank told until then and what came in since; None where it
        told nothing."""
        if not self.balances:
            return None
        place = bisect_right(self._bounds, instant, key=itemgetter(0))
        return self._bounds[place - 1][1] if place else None

    @cached_property
    def _bounds(self) -> Sequence[tuple[datetime, int]]:
        """(since when, the most that can be there), the least so far."""
        arrived = sorted(self.arrived)
        sums = [0, *accumulate(fen for _, fen in arrived)]
        bounds: list[tuple[datetime, int]] = []
        for item in sorted(self.balances, key=attrgetter("at")):
            covered = self._covers.all.fen(item.at)
            there = covered if item.fen is None else max(item.fen, covered)
            place = bisect_right(arrived, item.at.timestamp(), key=itemgetter(0))
            most = there + sums[-1] - sums[place]
            bounds.append((item.at, min(most, bounds[-1][1]) if bounds else most))
        return bounds


NO_ACCOUNT_MONEY: Final = AccountMoney()
