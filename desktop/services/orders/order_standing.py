"""What the rules about orders look at, gathered from a case."""

from __future__ import annotations

from desktop.domain.deadlines import legal_day
from desktop.domain.ids import CaseId, TransferId
from desktop.domain.order_rules import Standing, is_filed
from desktop.domain.views import CaseFile, OrderView
from desktop.services.cases.merge_cases import whole_in
from desktop.services.desk import Desk
from desktop.services.ports import Reader


def standing_of(
    desk: Desk, file: CaseFile, target: str, elsewhere: tuple[OrderView, ...] = ()
) -> Standing:
    """Orders about ``target``, whether the case is filed, and how many stops the law allows; ``elsewhere``: see
    :func:`ordered_elsewhere`.

    Counted within the case and its reports: the bank counts its account over all stations and has the last word.
    """
    now = desk.clock.now()
    return Standing(
        tuple(view for view in file.orders if view.order.about == target),
        is_filed(file.steps),
        desk.rules.times("stop.maximum", legal_day(now)),
        now,
        elsewhere,
    )


def ordered_elsewhere(reader: Reader, case: CaseId, target: str) -> tuple[OrderView, ...]:
    """Orders about the same thing that hang on another report of the event ``case`` tells of."""
    group = reader.case_group(case)
    if not group.members:
        return ()
    whole, merger = whole_in(reader, group.lead)
    transfer = TransferId(target.partition("/")[2])
    same = {target, *(f"transfer/{told}" for told in merger.tellings(transfer))}
    return tuple(v for v in whole.orders if v.case != case and v.order.about in same)
