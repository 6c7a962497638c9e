"""The money of a case, or of several, as the flow screen shows it: accounts, payments, and each method's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.case_file.account_orders import NO_ORDERS, AccountOrders
from desktop.domain.flow.patterns import Patterns
from desktop.domain.ids import CaseId
from desktop.domain.money.money_flow import (
    NO_HOLD,
    CashOutKind,
    Disposition,
    FlowPayment,
    Hold,
    Shares,
    Trace,
    TracingMethod,
)


@dataclass(frozen=True, slots=True)
class FlowScope:
    """What of the payments is followed: those from ``since`` to ``until``, and those whose time nobody knows.

    ``tolerance``: seconds by which banks' clocks may differ, the rule's number for None.
    """

    since: datetime | None = None
    until: datetime | None = None
    tolerance: int | None = None

    def holds(self, flow: FlowMove) -> bool:
        """Whether a payment is followed."""
        return not flow.timed or self._spans(flow.move.at)

    def holds_at(self, at: datetime | None) -> bool:
        """The same of a payment that an order tells of by its time alone."""
        return at is None or self._spans(int(at.timestamp()))

    def _spans(self, at: int) -> bool:
        early = self.since is not None and at < int(self.since.timestamp())
        late = self.until is not None and at > int(self.until.timestamp())
        return not early and not late


WHOLE: Final = FlowScope()
"""Everything that is known."""


class PaymentSource(StrEnum):
    """Who told of a payment. What several tell counts once, as the first of these says it."""

    REPORT = "report"
    REPLY = "reply"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class FlowMove:
    """A payment, who told of it and for which case. ``timed`` False: nobody knows when it was."""

    move: FlowPayment
    source: PaymentSource
    case: CaseId
    serial: str = ""
    timed: bool = True


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
    hold: Hold = NO_HOLD
    in_fen: int = 0
    out_fen: int = 0
    median_dwell_time: int | None = None
    """Seconds; None when nothing that came in left."""
    victim: bool = False
    followed: bool = True
    """Whether money of a victim came to it by any method, or it is a victim's. Of others a statement tells, who paid
    those accounts or were paid other money by them; they stand beside the tier."""

    @property
    def held_fen(self) -> int:
        """What orders hold of it by any measure."""
        return max(self.hold.stopped_fen, self.hold.frozen_fen)


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
    """One method's answer. The fates sum to ``trace.traced_fen``."""

    trace: Trace
    dispositions: Mapping[Disposition, int]
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
