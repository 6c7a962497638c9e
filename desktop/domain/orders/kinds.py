"""What sets one kind of order apart from another, as data: target, approval, what it follows, its message.

Articles are of 公安机关办理刑事案件程序规定 (2020) unless another text is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from desktop.domain.orders.approval import Level
from desktop.domain.orders.order import OrderKind


class OrderTarget(StrEnum):
    """What an order is about."""

    PAYMENT = "payment"
    NUMBER = "number"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class KindSpec:
    """One kind.

    ``letter`` stands in its local numbers. ``follows``: kinds of which one must stand in force for the same target.
    ``after_filing``: only once 立案 is recorded (Art. 174 bars it before). ``in_part``: the reply may be "in part".
    ``holds``: the reply gives a period for which the measure lasts. ``ends``: kinds it puts an end to once done.
    ``calls_off``: it is ended by a word from the desk itself (100307). ``article`` is the source of the approval.
    """

    letter: str
    target: OrderTarget
    level: Level = Level.NONE
    article: str = ""
    follows: tuple[OrderKind, ...] = ()
    after_filing: bool = False
    in_part: bool = False
    holds: bool = False
    ends: tuple[OrderKind, ...] = ()
    calls_off: bool = False
    bank_message: str = ""
    institution_message: str = ""


CONFIRMED_LATER: Final = frozenset(
    {OrderKind.REVOKE, OrderKind.STOP, OrderKind.SECOND_STOP, OrderKind.LIFT}
)
"""What one officer alone may do to somebody's money at once, with no approval; a second officer confirms it later."""
STOPS: Final = (OrderKind.STOP, OrderKind.SECOND_STOP)
SAVING: Final = frozenset({*STOPS, OrderKind.REVOKE})
"""Kinds that race the money: what they are about may go on while they wait."""
FREEZES: Final = (OrderKind.FREEZE, OrderKind.EXTEND_FREEZE)

SPECS: Final[Mapping[OrderKind, KindSpec]] = MappingProxyType(
    {
        OrderKind.REVOKE: KindSpec("X", OrderTarget.PAYMENT),
        OrderKind.STOP: KindSpec(
            "Z", OrderTarget.PAYMENT, in_part=True, holds=True,
            bank_message="100101", institution_message="A00105",
        ),
        OrderKind.SECOND_STOP: KindSpec(
            "Z", OrderTarget.PAYMENT, follows=(OrderKind.STOP,), in_part=True, holds=True,
            bank_message="100101", institution_message="A00105",
        ),
        OrderKind.LIFT: KindSpec(
            "J", OrderTarget.PAYMENT, follows=STOPS, ends=STOPS,
            bank_message="100103", institution_message="A00107",
        ),
        OrderKind.FREEZE: KindSpec(
            "D", OrderTarget.PAYMENT, Level.COUNTY, "第二百三十九条", after_filing=True, in_part=True,
            holds=True, bank_message="100201", institution_message="A00205",
        ),
        OrderKind.EXTEND_FREEZE: KindSpec(
            "D", OrderTarget.PAYMENT, Level.COUNTY, "第二百四十条", follows=FREEZES, after_filing=True,
            in_part=True, holds=True, bank_message="100205", institution_message="A00207",
        ),
        OrderKind.UNFREEZE: KindSpec(
            "J", OrderTarget.PAYMENT, Level.COUNTY, "第二百四十七条", follows=FREEZES, ends=FREEZES,
            bank_message="100203", institution_message="A00207",
        ),
        OrderKind.QUERY_DETAILS: KindSpec(
            "C", OrderTarget.PAYMENT, Level.COUNTY, "第二百三十八条", in_part=True,
            bank_message="100301", institution_message="A00311",
        ),
        OrderKind.QUERY_HOLDER: KindSpec(
            "C", OrderTarget.PAYMENT, Level.COUNTY, "第二百三十八条", bank_message="100303",
        ),
        OrderKind.QUERY_ACCOUNTS: KindSpec(
            "C", OrderTarget.PAYMENT, Level.COUNTY, "第二百三十八条", in_part=True, bank_message="100309",
        ),
        OrderKind.WATCH: KindSpec(
            "C", OrderTarget.PAYMENT, Level.COUNTY, "第二百三十八条", holds=True, calls_off=True,
            bank_message="100305",
        ),
        OrderKind.SHUTDOWN: KindSpec("G", OrderTarget.NUMBER, Level.DEPARTMENT),
        OrderKind.INTERCEPT: KindSpec("L", OrderTarget.NUMBER),
        OrderKind.BLOCK: KindSpec("F", OrderTarget.NUMBER, in_part=True),
        OrderKind.TRACE: KindSpec("S", OrderTarget.NUMBER, in_part=True),
        OrderKind.EVIDENCE_REQUEST: KindSpec(
            "Q", OrderTarget.HOLDER, Level.DEPARTMENT, "第六十二条", in_part=True,
        ),
    }
)  # fmt: skip
"""Every kind. That a shutdown wants the head of the station rests on practice (ordered by superior), on no article."""
