"""The orders of a case with the reports merged into it: each hangs on the report that told of what it is about, so that
it stays there if a merge is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.ids import CaseId, OrderId
from desktop.domain.orders.order import OrderKind
from desktop.domain.problems import Problem, gravest_first
from desktop.services.cases.changes.merge_cases import whole_file
from desktop.services.look_up import case_file
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.orders.check_order import refusal
from desktop.services.orders.issue_order import check_order, issue_orders
from desktop.services.orders.order_request import About, OrderRequest, propose_order
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Ordered:
    """What came of asking for orders: they stand, or the problems that keep them back."""

    orders: tuple[OrderId, ...]
    problems: tuple[Problem, ...]


def propose_orders(
    session: Session, case: CaseId, kind: OrderKind, abouts: Sequence[About]
) -> tuple[OrderRequest, ...]:
    """Requests filled in from the case. An objection may be recorded with another report than what it is against."""
    whole, merger = whole_file(session, case)

    def proposed(about: About) -> OrderRequest:
        file = case_file(session, _owner(merger.origins, about, case))
        objected = replace(file.case, objections=whole.case.objections)
        return propose_order(session, replace(file, case=objected), kind, about)

    return tuple(map(proposed, abouts))


def order_all(
    session: Session,
    case: CaseId,
    requests: Sequence[OrderRequest],
    *,
    confirmed: bool,
    second: TypedSecond | None = None,
    despite: str = "",
) -> Ordered:
    """Check and issue: all of them or none. ``despite``: why they are sent although the check says that something is
    wrong; it is recorded with each of which that is so."""
    if second is not None:  # the officer who proves to be there, however they were named before
        requests = [replace(item, second_officer=second.number.strip()) for item in requests]
    origins = whole_file(session, case)[1].origins
    asked: dict[CaseId, list[OrderRequest]] = {}
    for item in requests:
        asked.setdefault(origins.get(item.transfer.id, case), []).append(item)
    found = [
        problem
        for owner, some in asked.items()
        for item in some
        for problem in check_order(session, case_file(session, owner), item)
    ]
    problems = gravest_first(found)
    if refusal(problems, confirmed=confirmed, despite=despite) is not None:
        return Ordered((), problems)
    done = [
        made
        for owner, some in asked.items()
        for made in issue_orders(
            session,
            owner,
            some,
            confirmed=True,
            second=proved(session, second),
            despite=despite,
        )
    ]
    return Ordered(tuple(item.order.id for item in done), ())


def _owner(origins: Mapping[str, CaseId], about: About, case: CaseId) -> CaseId:
    """The report that told of what the order is about."""
    parts = (about.transfer, about.identifier, about.order, about.again)
    return next((origins[part] for part in parts if part in origins), case)
