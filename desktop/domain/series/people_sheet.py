"""目标页: the persons behind the accounts and numbers of some cases; what is known, what is asked, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.case_file.orders.account_orders import NO_ORDERS, AccountOrders
from desktop.domain.case_file.views import SameAccount
from desktop.domain.cases.people.person import Person, TieKind, TypedTie
from desktop.domain.flow.sheet import FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind
from desktop.domain.series.series import LinkVerdict


class TargetState(StrEnum):
    """How far a target is known."""

    CONFIRMED = "confirmed"
    """An officer recorded the person."""
    PROPOSED = "proposed"
    """A reply or the report names somebody; nobody has confirmed it."""
    UNKNOWN = "unknown"
    """Nobody knows who it is."""


class Lack(StrEnum):
    """What is missing about a target, the most urgent first."""

    STOP = "stop"
    """Money came in and nothing holds it."""
    HOLDER = "holder"
    DETAILS = "details"
    OWNER = "owner"
    """Whose telephone number it is."""
    IDENTITY = "identity"
    """A name without a number of identity."""
    ACCOUNTS = "accounts"
    """The other accounts of a person whose identity is known."""


ORDER_FOR: Mapping[Lack, OrderKind] = {
    Lack.STOP: OrderKind.STOP,
    Lack.HOLDER: OrderKind.QUERY_HOLDER,
    Lack.DETAILS: OrderKind.QUERY_DETAILS,
    Lack.OWNER: OrderKind.TRACE,
    Lack.ACCOUNTS: OrderKind.QUERY_ACCOUNTS,
}
"""The order that finds out; for a missing identity the holder is asked about."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to find out, and about which thing. ``kind`` None: no order answers it."""

    lack: Lack
    thing: str
    kind: OrderKind | None


@dataclass(frozen=True, slots=True)
class Thing:
    """An account or a number. ``key`` is that of the money flow, or the number. Amounts in fen."""

    key: str
    kind: TieKind
    number: str
    bank: str = ""
    name: str = ""
    tier: int = 0
    cases: tuple[CaseId, ...] = ()
    in_fen: int = 0
    held_fen: int = 0
    orders: AccountOrders = NO_ORDERS
    lead: str = ""
    """Id of the recorded lead, for a telephone number."""


@dataclass(frozen=True, slots=True)
class TieProposal:
    """A tie somebody told of that waits for an officer. ``case``: where it belongs."""

    case: CaseId
    ties: tuple[TypedTie, ...]

    @property
    def first(self) -> TypedTie:
        """The tie to the account or number itself."""
        return self.ties[0]


@dataclass(frozen=True, slots=True)
class PersonTarget:
    """A person, or an account or number of which nobody knows whose it is.

    ``others``: names that other sources give for the same account. ``alike``: keys of persons who may be the same one.
    ``elsewhere``: other cases in which the number of identity stands. ``between_fen``: what went from one of the
    accounts to another one.
    """

    key: str
    state: TargetState
    things: tuple[Thing, ...]
    missing: tuple[Missing, ...]
    person: Person | None = None
    proposal: TieProposal | None = None
    others: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    elsewhere: tuple[SameAccount, ...] = ()
    between_fen: int = 0

    @property
    def name(self) -> str:
        """By what it is called; empty while nobody knows."""
        if self.person is not None:
            return "、".join(self.person.names) or self.id_number
        return self.proposal.first.name if self.proposal is not None else ""

    @property
    def id_number(self) -> str:
        """The surest number of identity."""
        if self.person is not None:
            return next(iter(self.person.id_numbers), "")
        return self.proposal.first.id_number if self.proposal is not None else ""

    @property
    def cases(self) -> tuple[CaseId, ...]:
        """Each case once."""
        own = self.person.cases if self.person is not None else ()
        return tuple(
            dict.fromkeys((*own, *(case for thing in self.things for case in thing.cases)))
        )

    @property
    def in_fen(self) -> int:
        """What came into the accounts from others: money that a person moves about came once."""
        return sum(thing.in_fen for thing in self.things) - self.between_fen

    @property
    def held_fen(self) -> int:
        """What orders hold in them."""
        return sum(thing.held_fen for thing in self.things)


@dataclass(frozen=True, slots=True)
class PersonDecision:
    """A verdict that stands, by the two ties it was given of. ``persons``: the keys of those whose ties they are now,
    the same one twice where the two are one."""

    ties: tuple[str, str]
    verdict: LinkVerdict
    persons: tuple[str, str]


@dataclass(frozen=True, slots=True)
class PeopleSheet:
    """Every target of some cases: confirmed persons first, then proposed, then unknown, each by what came in."""

    flow: FlowSheet
    numbers: Mapping[CaseId, str]
    """Case → its number."""
    targets: tuple[PersonTarget, ...]
    decisions: tuple[PersonDecision, ...] = ()

    def joined(self, key: str) -> tuple[PersonDecision, ...]:
        """What made one person of several, as somebody said."""
        return tuple(
            item
            for item in self.decisions
            if item.verdict is LinkVerdict.SAME and item.persons == (key, key)
        )

    def pair(self, one: str, other: str) -> tuple[str, str]:
        """The ties by which something is said of two persons: those by which something was, so that the last word
        stands alone."""
        both = {one, other}
        return next(
            (item.ties for item in self.decisions if set(item.persons) == both), (one, other)
        )

    def target(self, key: str) -> PersonTarget | None:
        """One of them."""
        return next((target for target in self.targets if target.key == key), None)
