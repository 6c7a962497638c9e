"""What orders about numbers and sites say: 关停 shutdown, 拦截 intercept, 封堵 block, 溯源 trace.

A displayed number may be forged, and its owner innocent. So an order always says whether it names what the screen
of the telephone showed, or the line that really called.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.orders.money import Urgency


class LineKind(StrEnum):
    """Which of the two a number is."""

    DISPLAYED = "displayed"
    REAL = "real"


class NumberKind(StrEnum):
    """What sort of number it is."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE_400 = "400"
    SERVICE_95 = "95"
    SERVICE_106 = "106"
    INTERNET = "voip"
    OVERSEAS = "overseas"
    UNKNOWN = "unknown"


class CallDirection(StrEnum):
    """Who called whom."""

    TO_VICTIM = "to_victim"
    FROM_VICTIM = "from_victim"
    MESSAGE = "message"


class Anomaly(StrEnum):
    """显示异常."""

    LEADING_ZEROS = "leading_zeros"
    IMITATES_OFFICIAL = "imitates_official"
    DIFFERS_FROM_CALLBACK = "differs_from_callback"


@dataclass(frozen=True, slots=True)
class NumberTerms:
    """One number, site or app and how it reached the victim.

    ``raw`` as it was shown, ``normal`` as it is compared. ``line`` is None where there is no number. ``seconds``: how
    long the calls took together. ``evidence``: SHA-256 of the screenshots or bills that show it.
    """

    identifier_kind: str = ""
    raw: str = ""
    normal: str = ""
    line: LineKind | None = None
    number_kind: NumberKind = NumberKind.UNKNOWN
    anomalies: tuple[str, ...] = ()
    direction: CallDirection | None = None
    first_at: datetime | None = None
    last_at: datetime | None = None
    seconds: int = 0
    calls: int = 0
    message: str = ""
    forwarded: bool = False
    victim_number: str = ""
    victim_carrier: str = ""
    evidence: tuple[str, ...] = ()
    urgency: Urgency = Urgency.URGENT
    basis: str = ""
    wants_holder: bool = False
    """机主查询: the reply is to name the subscriber."""
