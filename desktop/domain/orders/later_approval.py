"""补批: a centre lets one officer stop money at once; who approves it afterwards, by when, is the centre's own rule.

A rule package says it (``later_approval.*``); where it does not, any other officer confirms and no clock runs, as at a
station.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from desktop.domain.law.deadlines import Deadline, legal_day
from desktop.domain.law.rules import RuleLookupError, RulePack, Unit
from desktop.domain.orders.order import Order
from desktop.domain.time.local_time import CHINA

APPROVAL: Final = "approval"
"""The name of its clock."""
_WITHIN: Final = "later_approval.within"
_FROM: Final = "later_approval.night_from"
_UNTIL: Final = "later_approval.night_until"
_BY_DAY: Final = "later_approval.by_day"
_BY_NIGHT: Final = "later_approval.by_night"
_APPROVER: Final = 2
"""Of these two: an officer with the right to approve; 1 is any other one who issues orders."""


def own_approval_clock(rules: RulePack, order: Order, centre: str) -> Deadline | None:
    """By when somebody approves what one officer of the unit ``centre`` issued alone: so long after it, at night so
    long after the night. None where nobody has to any more, no rule says, or it is an order of another unit."""
    if not order.unconfirmed or order.unit_code != centre:
        return None
    try:
        within = rules.duration(_WITHIN, legal_day(order.issued_at))
        start = _morning(rules, order.issued_at) or order.issued_at
    except RuleLookupError:
        return None
    return Deadline(APPROVAL, start + within, _WITHIN, order.issued_at, f"order/{order.id}")


def wants_approver(rules: RulePack, now: datetime) -> bool:
    """Whether at this time only an officer with the right to approve may, or any other one who issues orders."""
    day = legal_day(now)
    try:
        rule = _BY_NIGHT if _morning(rules, now) is not None else _BY_DAY
        return rules.value(rule, day, Unit.ITEMS) >= _APPROVER
    except RuleLookupError:
        return False


def _morning(rules: RulePack, at: datetime) -> datetime | None:
    """When the night that ``at`` lies in is over; None by day, and where it begins and ends at the same hour."""
    here, day = at.astimezone(CHINA), legal_day(at)
    midnight = datetime.combine(day, time(), CHINA)
    begins, ends = (midnight + rules.duration(rule, day) for rule in (_FROM, _UNTIL))
    if begins <= ends:
        return None
    if here < ends:
        return ends.astimezone(at.tzinfo)
    later = ends + timedelta(days=1)
    return later.astimezone(at.tzinfo) if here >= begins else None
