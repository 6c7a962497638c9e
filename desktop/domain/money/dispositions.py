"""Where the money of a loss is at an instant: in seven dispositions (资金去向) that sum to the loss, to the fen.

``docs/money.md`` defines them with examples worked out by hand. Of the traced money that rests in an account each fen
is taken once, by the first of these that claims it; so the seven sum to the rest by construction, and all rests to the
loss (:attr:`~desktop.domain.money.money_flow.Trace.conserved`). Amounts are integer fen, instants aware times.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import add, sub
from typing import Final


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
        return sum(self._seven)

    @property
    def stopped_fen(self) -> int:
        """What banks hold, by stop or freeze."""
        return self.held_fen + self.frozen_fen

    def __add__(self, other: MoneySums) -> MoneySums:
        """Both together."""
        return MoneySums(*map(add, self._seven, other._seven))

    def __sub__(self, other: MoneySums) -> MoneySums:
        """Without the others."""
        return MoneySums(*map(sub, self._seven, other._seven))

    @property
    def _seven(self) -> tuple[int, ...]:
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

    def lapsed_since(self, instant: datetime) -> datetime | None:
        """Since when money has been without the measure that held it; None where nothing lapsed by then."""
        since: datetime | None = None
        for at, sums in self.steps:
            if at > instant:
                break
            since = (since or at) if sums.lapsed_fen else None
        return since


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

    def runs(self, at: datetime) -> bool:
        """Whether it holds the money at that instant."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Balance:
    """How much money was in an account, as its bank told. ``fen`` None: no more than it holds by its measures, as it
    could hold less than it was asked for."""

    at: datetime
    fen: int | None = None


def covered_fen(measures: Iterable[Measure]) -> int:
    """What measures hold together: of one payment the most of them once, of several payments the sum. One about the
    account as such may hold what the others do."""
    by_payment: dict[str, int] = {}
    for item in measures:
        by_payment[item.payment] = max(by_payment.get(item.payment, 0), item.fen)
    whole = by_payment.pop("", 0)
    return max(whole, sum(by_payment.values()))


@dataclass(frozen=True, slots=True)
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
        rest = self.rest_fen
        covered, frozen_covered = self.held_at(instant)
        frozen = min(rest, frozen_covered)
        held = min(rest - frozen, max(covered - frozen_covered, 0))
        returned = min(rest - frozen - held, self.returned_fen)
        open_fen = rest - frozen - held - returned
        most = self._most(instant)
        present = open_fen if most is None else min(open_fen, max(most - covered, 0))
        began = covered_fen(item for item in self.measures if item.since <= instant)
        lapsed = min(present, max(began - covered, 0))
        resting = present - lapsed if self.named and not self.left else 0
        gone = open_fen - lapsed - resting
        return MoneySums(
            held, lapsed, frozen, returned,
            left_fen=gone if self.left else 0,
            untraced_fen=0 if self.left else gone,
            resting_fen=resting,
        )  # fmt: skip

    def _most(self, instant: datetime) -> int | None:
        """The most that can be in the account by what its bank told until then and what came in since; None where it
        told nothing."""
        known = [item for item in self.balances if item.at <= instant]
        return min((self._then(item) + self._since(item.at) for item in known), default=None)

    def _then(self, balance: Balance) -> int:
        held = covered_fen(item for item in self.measures if item.runs(balance.at))
        return held if balance.fen is None else max(balance.fen, held)

    def _since(self, instant: datetime) -> int:
        return sum(fen for at, fen in self.arrived if at > instant.timestamp())

    def held_at(self, instant: datetime) -> tuple[int, int]:
        """(stopped or frozen, frozen) by the bank's replies at an instant, whosever money it is."""
        running = [item for item in self.measures if item.runs(instant)]
        return covered_fen(running), covered_fen(item for item in running if item.frozen)

    @property
    def changes(self) -> tuple[datetime, ...]:
        """The instants at which the dispositions may change."""
        ends: Sequence[datetime | None] = [item.until for item in self.measures]
        begins = [item.since for item in self.measures] + [item.at for item in self.balances]
        return tuple(sorted({*begins, *(end for end in ends if end is not None)}))


NO_ACCOUNT_MONEY: Final = AccountMoney()
