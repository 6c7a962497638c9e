"""Which of the flows an order belongs to: 资金流, the money, or 信息流, the calls, numbers and sites."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from desktop.domain.orders.order import OrderKind


class OrderFlow(StrEnum):
    """``MONEY`` goes to banks and payment institutions, ``INFORMATION`` to carriers and platforms."""

    MONEY = "money"
    INFORMATION = "information"


_INFORMATION: Final = frozenset(
    {
        OrderKind.SHUTDOWN,
        OrderKind.INTERCEPT,
        OrderKind.BLOCK,
        OrderKind.TRACE,
        OrderKind.EVIDENCE_REQUEST,
    }
)


def flow_of(kind: OrderKind) -> OrderFlow:
    """The flow of every order of this kind."""
    return OrderFlow.INFORMATION if kind in _INFORMATION else OrderFlow.MONEY
