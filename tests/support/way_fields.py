"""What each way of a payment asks for beyond every payment, written once more and not read from the card."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from desktop.domain.cases.payments.way import WayKind

OWN_FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        WayKind.COIN: ("coin", "chain", "hash"),
        WayKind.CASH: ("goods", "handover", "driver", "plate", "place"),
        WayKind.VOUCHER: ("code", "used"),
        WayKind.CROSS_BORDER: ("currency", "foreign_amount", "swift"),
    }
)
