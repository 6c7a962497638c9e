"""Where money went: payments between accounts, the methods of following it, and what became of a loss.

An account is a text: its number, or a name where there is none. Times are whole seconds (Unix, UTC), so that a
million payments stay small; amounts are integer fen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple, TypeVar


class FlowPayment(NamedTuple):
    """One payment. A named tuple, as millions of them are read at once; ``id`` is unique among them."""

    id: str
    at: int
    payer: str
    payee: str
    amount_fen: int


class TracingMethod(StrEnum):
    """How traced money is told from other money in an account where both lie. The law names none of them for good:
    银监发〔2016〕41号 asks for 逐笔核对时间戳 first, and shares by loss where that leads nowhere; so they stand
    side by side."""

    FIFO = "fifo"
    """先进先出: what came first leaves first."""
    LIFO = "lifo"
    """后进先出: what came last leaves first."""
    PROPORTIONAL = "proportional"
    """按比例: each payment takes of everything that lies there, by its share."""
    LOWEST = "lowest"
    """最低余额: other money leaves first, so what is traced stays as long as the balance does not fall below it."""


Shares = tuple[tuple[str, int], ...]
"""(origin, fen) in the order of origins. An origin is the id of the payment that brought the money in."""


class TracedPart(NamedTuple):
    """What of a payment is traced money."""

    move: FlowPayment
    shares: Shares

    @property
    def fen(self) -> int:
        """The traced part."""
        return sum(fen for _, fen in self.shares)


@dataclass(frozen=True, slots=True)
class Rest:
    """Traced money that lies in an account when the last payment is done. ``tier``: 1 for the account the victim paid
    (一级账户), 0 for money that came back to a victim."""

    account: str
    tier: int
    shares: Shares

    @property
    def fen(self) -> int:
        """All of it."""
        return sum(fen for _, fen in self.shares)


@dataclass(frozen=True, slots=True)
class Trace:
    """Money followed by one method: the payments it went through, in order, and where it rests now."""

    method: TracingMethod
    traced_fen: int
    parts: tuple[TracedPart, ...]
    rests: tuple[Rest, ...]
    tiers: Mapping[str, int]
    """Account → the fewest payments between a victim and it."""

    @property
    def conserved(self) -> bool:
        """Whether all that went in rests somewhere: to the fen."""
        return sum(rest.fen for rest in self.rests) == self.traced_fen


class CashOutKind(StrEnum):
    """Where money leaves the reach of stop orders."""

    CASH = "cash"
    CRYPTO = "crypto"
    MERCHANT = "merchant"
    GOODS = "goods"
    ABROAD = "abroad"
    """A bank that no order of this country reaches."""


BEYOND_ORDERS: Final = frozenset(CashOutKind) - {CashOutKind.MERCHANT}
"""Where nothing can be stopped any more; a merchant's account can."""


_Name = TypeVar("_Name", bound=str)


def share_out(amount: int, weights: Mapping[_Name, int]) -> dict[_Name, int]:
    """``amount`` fen divided by weight, to the fen: rounded down, and what is over goes to the largest remainders
    (the earlier name where two are alike). No share exceeds its weight while ``amount`` does not exceed their sum."""
    whole = sum(weights.values())
    if whole <= 0:
        return dict.fromkeys(weights, 0)
    shares: dict[_Name, int] = {}
    remainders: list[tuple[int, int, _Name]] = []
    for place, (name, weight) in enumerate(weights.items()):
        shares[name], remainder = divmod(amount * weight, whole)
        remainders.append((-remainder, place, name))
    left = amount - sum(shares.values())
    for _, _, name in sorted(remainders)[:left]:
        shares[name] += 1
    return shares


@dataclass(frozen=True, slots=True)
class VictimAccounts:
    """What tells a victim's own money in an account from that of others: a victim may have lent the account to the
    fraud. ``own``: origin → the accounts of whoever paid it; ``back``: account → fen that came back to it, as victims
    and banks tell, whosever they were."""

    own: Mapping[str, Collection[str]] = field(default_factory=dict)
    back: Mapping[str, int] = field(default_factory=dict)

    def returned(self, rest: Rest, left: int) -> int:
        """What of the ``left`` fen of a rest in a victim's account is back with a victim."""
        own = sum(
            fen
            for origin, fen in rest.shares
            if origin not in self.own or rest.account in self.own[origin]
        )
        return min(left, max(own, self.back.get(rest.account, 0)))
