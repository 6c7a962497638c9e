"""Every kind of order flows one of two ways."""

from __future__ import annotations

from desktop.domain.orders.flow import OrderFlow, flow_of
from desktop.domain.orders.order import OrderKind


def test_what_goes_to_carriers_and_platforms_and_what_to_banks() -> None:
    told = {kind.value for kind in OrderKind if flow_of(kind) is OrderFlow.INFORMATION}
    assert told == {"shutdown", "intercept", "block", "trace", "evidence_request"}
    assert {kind for kind in OrderKind if flow_of(kind) is OrderFlow.MONEY} >= {
        OrderKind.REVOKE, OrderKind.STOP, OrderKind.FREEZE, OrderKind.WATCH,
    }  # fmt: skip
