"""The money of a case, or of several, as the flow screen shows it: accounts, payments, and each method's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.case_file.orders.account_orders import NO_ORDERS, AccountOrders
from desktop.domain.flow.flow_moves import WHOLE, FlowMove, FlowScope
from desktop.domain.flow.money_places import MoneyPlaces
from desktop.domain.flow.patterns import Patterns
from desktop.domain.ids import CaseId
from desktop.domain.money.dispositions import MoneySums
from desktop.domain.money.money_flow import CashOutKind, Shares, Trace, TracingMethod


@dataclass(frozen=True, slots=True)
class FlowAccount:
    """An account, a wallet, a merchant, a person, or a way out. ``number`` "" where only a name is known.

    ``tier``: 0 for victims, 1 for the accounts they paid (一级账户). Amounts in fen, of all payments known here.
    """

    key: str
    name: str = ""
    number: str = ""
    bank: str = ""
    tier: int = 0
    cash_out: CashOutKind | None = None
    held_fen: int = 0
    """What orders hold of it by any measure that runs, whosever money it is."""
    frozen_fen: int = 0
    """What of that is frozen."""
    in_fen: int = 0
    out_fen: int = 0
    median_dwell_time: int | None = None
    """Seconds; None when nothing that came in left."""
    victim: bool = False
    followed: bool = True
    """Whether money of a victim came to it by any method, or it is a victim's. Of others a statement tells, who paid
    those accounts or were paid other money by them; they stand beside the tier."""


@dataclass(frozen=True, slots=True)
class VictimShare:
    """资金返还 of one held account: what is held for one victim by tracing, and by share of the losses.

    The second is for where tracing leads nowhere (银监发〔2016〕41号: 按受害人损失的比例).
    """

    case: CaseId
    loss_fen: int
    traced_fen: int
    by_loss_fen: int


@dataclass(frozen=True, slots=True)
class MethodView:
    """One method's answer. ``sums`` are those of the instant of the sheet, and come to ``trace.traced_fen``."""

    trace: Trace
    places: MoneyPlaces
    sums: MoneySums
    shares: Mapping[str, tuple[VictimShare, ...]]
    """Held account → shares of the victims whose money reached it."""


@dataclass(frozen=True, slots=True)
class FlowSheet:
    """Everything about the money of some cases."""

    cases: Mapping[CaseId, str]
    """Case → the victim's name."""
    accounts: Mapping[str, FlowAccount]
    moves: tuple[FlowMove, ...]
    methods: Mapping[TracingMethod, MethodView]
    patterns: Patterns
    at: datetime
    """The instant whose measures count."""
    origins: Mapping[str, CaseId] = field(default_factory=dict)
    """Id of a victim's payment → the case."""
    orders: Mapping[str, AccountOrders] = field(default_factory=dict)
    """Account → what was ordered about it."""
    scope: FlowScope = WHOLE
    left_out: int = 0
    """Payments that lie outside of the scope."""
    unreckoned: int = 0
    """Payments of joined statements that nothing here holds: of no sum in yuan, or of no known time."""
    tolerance: int = 0
    """Seconds by which banks' clocks may differ, as the tracing took it."""

    def ordered(self, key: str) -> AccountOrders:
        """What was ordered about an account."""
        return self.orders.get(key, NO_ORDERS)

    @property
    def victims(self) -> tuple[str, ...]:
        """Their names; where the scope leaves payments out only of those whose money is followed, if any is."""
        followed = set(self.origins.values()) if self.left_out else set[CaseId]()
        followed = followed or set(self.cases)
        return tuple(name for case, name in self.cases.items() if name and case in followed)

    @property
    def loss_fen(self) -> int:
        """What the victims paid: the sum of each row of the conservation table."""
        return next((view.trace.traced_fen for view in self.methods.values()), 0)


def of_case(shares: Shares, origins: Mapping[str, CaseId], case: CaseId) -> int:
    """What of ``shares`` is the money of one case, in fen."""
    return sum(fen for origin, fen in shares if origins.get(origin) == case)
