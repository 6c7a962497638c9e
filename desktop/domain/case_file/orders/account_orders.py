"""What was ordered about an account of the money flow, and how that stands: the state its node is drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.kinds import FREEZES, STOPS
from desktop.domain.orders.order import RAN, WAITING, OrderKind, OrderState

_OPEN: Final = WAITING | {OrderState.PROPOSED}
QUERIES: Final = (
    OrderKind.QUERY_DETAILS,
    OrderKind.QUERY_HOLDER,
    OrderKind.QUERY_ACCOUNTS,
    OrderKind.WATCH,
)


class AccountState(StrEnum):
    """The furthest that anybody got with an account."""

    FROZEN = "frozen"
    STOPPED = "stopped"
    ASKED = "asked"
    """An order waits for its answer."""
    TOLD = "told"
    """A query was answered; nothing holds the money."""
    FAILED = "failed"
    """What was ordered to hold the money came to nothing."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class AccountOrders:
    """Every order about an account, newest first."""

    views: tuple[OrderView, ...] = ()

    @property
    def state(self) -> AccountState:
        """What holds first, then what is asked, then what was answered."""
        found = (
            (AccountState.FROZEN, any(_holds(view, FREEZES) for view in self.views)),
            (AccountState.STOPPED, any(_holds(view, STOPS) for view in self.views)),
            (AccountState.ASKED, any(view.state in _OPEN for view in self.views)),
            (AccountState.TOLD, any(_is_received(view) for view in self.views)),
            (AccountState.FAILED, any(view.state is OrderState.FAILED for view in self.views)),
        )
        return next((state for state, holds in found if holds), AccountState.NOTHING)


NO_ORDERS: Final = AccountOrders()


def _holds(view: OrderView, kinds: tuple[OrderKind, ...]) -> bool:
    return view.order.kind in kinds and view.order.in_force


def _is_received(view: OrderView) -> bool:
    return view.order.kind in QUERIES and view.state in RAN
