"""The earlier orders about one thing, as the rules for a new one look at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.domain.case_file.orders.order_rules import EarlierOrders, is_filed
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.ids import CaseId, TransferId
from desktop.domain.law.deadlines import legal_day
from desktop.services.cases.changes.merge_cases import whole_in
from desktop.services.ports import Reader
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the other reports of an event say: ``orders`` about the same thing, and whether one of them is ``filed``,
    which files the event whoever reported the payment."""

    orders: tuple[OrderView, ...] = ()
    filed: bool = False


NOWHERE: Final = Elsewhere()


def earlier_orders(
    session: Session, file: CaseFile, target: str, elsewhere: Elsewhere = NOWHERE
) -> EarlierOrders:
    """Orders about ``target``, whether the case is filed, and how many stops the law allows; ``elsewhere``: see
    :func:`orders_of_merged_reports`.

    Counted within the case and its reports: the bank counts its account over all stations and has the last word.
    """
    now = session.clock.now()
    return EarlierOrders(
        tuple(view for view in file.orders if view.order.about == target),
        elsewhere.filed or is_filed(file.steps),
        session.rules.times("stop.maximum", legal_day(now)),
        now,
        elsewhere.orders,
    )


def orders_of_merged_reports(reader: Reader, case: CaseId, target: str) -> Elsewhere:
    """What hangs on the other reports of the event ``case`` tells of."""
    group = reader.case_group(case)
    if not group.members:
        return NOWHERE
    whole, merger = whole_in(reader, group.lead)
    transfer = TransferId(target.partition("/")[2])
    same = {target, *(f"transfer/{telling}" for telling in merger.tellings(transfer))}
    orders = tuple(v for v in whole.orders if v.case != case and v.order.about in same)
    return Elsewhere(orders, is_filed(whole.steps))
