"""A payment as the money flow knows it, and which payments are followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from desktop.domain.ids import CaseId
from desktop.domain.money.money_flow import FlowPayment


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
    ORDER = "order"
    """An order about an account into which nobody else told a payment."""
    STATEMENT = "statement"


class FlowMove(NamedTuple):
    """A payment, who told of it and for which case. ``timed`` False: nobody knows when it was."""

    move: FlowPayment
    source: PaymentSource
    case: CaseId
    serial: str = ""
    timed: bool = True
