"""What the rules about orders look at, gathered from a case."""

from __future__ import annotations

from desktop.domain.deadlines import legal_day
from desktop.domain.order_rules import Standing, is_filed
from desktop.domain.views import CaseFile
from desktop.services.desk import Desk


def standing_of(desk: Desk, file: CaseFile, target: str) -> Standing:
    """Orders about ``target``, whether the case is filed, and how many stops the law allows.

    Counted within the case: the bank counts its account over all stations and has the last word.
    """
    now = desk.clock.now()
    return Standing(
        tuple(view for view in file.orders if view.order.about == target),
        is_filed(file.steps),
        desk.rules.times("stop.maximum", legal_day(now)),
        now,
    )
