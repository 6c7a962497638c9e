"""What stands out in the movement of money: gathering and scattering, passing through, going round."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PatternLimits:
    """Numbers of the search, from the rule pack. Times in seconds, shares in percent.

    ``fan_least``: payers (or payees) from which on it is a fan. ``ordinary_least``: in a file of so many payments
    what is ordinary can be told from what is not. ``fast_seconds``, ``fast_percent``: so much of what came in left
    within that time. ``cycle_longest``: accounts in a cycle; ``cycle_percent``: what of a payment must go on.
    """

    fan_least: int = 3
    ordinary_least: int = 1_000
    fast_seconds: int = 3_600
    fast_percent: int = 80
    cycle_longest: int = 6
    cycle_percent: int = 50
    cycle_seconds: int = 7 * 86_400
    window_seconds: int | None = None
    """Payments of a fan lie so close together; None for no limit."""


@dataclass(frozen=True, slots=True)
class Fan:
    """Many accounts pay one (集中转入), or one pays many (分散转出). ``others`` in order of name."""

    account: str
    others: tuple[str, ...]
    amount_fen: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class DwellTime:
    """快进快出: what came into an account and how soon it left. ``median_seconds``: half the money left sooner."""

    account: str
    in_fen: int
    out_fen: int
    passed_fen: int
    """What left within the limit."""
    median_seconds: int


@dataclass(frozen=True, slots=True)
class Cycle:
    """Money that came back: each account paid the next, the last one the first."""

    accounts: tuple[str, ...]
    amount_fen: int
    """What went the whole way round."""
    payments: tuple[str, ...] = ()
    """Its payments, the first by the first account."""


@dataclass(frozen=True, slots=True)
class Counterparty:
    """共同往来: an account that several of the accounts looked at paid, or were paid by."""

    account: str
    partners: tuple[str, ...]
    amount_fen: int


@dataclass(frozen=True, slots=True)
class ActiveSpan:
    """When an account first and last paid or was paid."""

    account: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Patterns:
    """Everything that was found, what weighs most first.

    ``hubs``: accounts with far more counterparties than the file's others, by ordinary sums: gateways, merchants,
    pay-roll accounts as a rule. ``cycles_whole``: False when the search was ended before it was through.
    """

    fan_in: tuple[Fan, ...] = ()
    fan_out: tuple[Fan, ...] = ()
    hubs: tuple[Fan, ...] = ()
    fast_through: tuple[DwellTime, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    cycles_whole: bool = True
    common: tuple[Counterparty, ...] = ()
    appeared: tuple[ActiveSpan, ...] = field(default=())
    """新出现账户: first seen at or after the moment asked about."""
    vanished: tuple[ActiveSpan, ...] = field(default=())
    """消失账号: last seen before it."""
