"""The orders of a case with the reports merged into it: each hangs on the report that told of what it is about, so that
it stays there if a merge is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.ids import CaseId, OrderId
from desktop.domain.orders.order import OrderKind
from desktop.domain.orders.term import measure_end
from desktop.domain.problems import Problem, Severity
from desktop.services import look_up
from desktop.services.cases.merge_cases import whole_file
from desktop.services.look_up import case_file
from desktop.services.officers.second_officer import TypedSecond, prove_second, proved
from desktop.services.orders.approve_order import approve_order, refuse_order
from desktop.services.orders.issue_order import check_order, issue_orders
from desktop.services.orders.order_options import Options, options_of
from desktop.services.orders.order_request import About, OrderRequest, propose_order
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Ordered:
    """What came of asking for orders: they stand, or the problems that keep them back."""

    orders: tuple[OrderId, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class TypedApproval:
    """An approval as typed; ``refused`` is why it was not given. ``witness`` and ``password`` are those of an approver
    other than the officer who is signed in; empty for the officer's own."""

    by: str
    number: str
    at: datetime | None
    refused: str
    witness: str
    password: str


def propose_orders(
    session: Session, case: CaseId, kind: OrderKind, abouts: Sequence[About]
) -> tuple[OrderRequest, ...]:
    """Requests filled in from the case."""
    origins = whole_file(session, case)[1].origins
    return tuple(
        propose_order(session, case_file(session, _owner(origins, about, case)), kind, about)
        for about in abouts
    )


def order_all(
    session: Session,
    case: CaseId,
    requests: Sequence[OrderRequest],
    *,
    confirmed: bool,
    second: TypedSecond | None = None,
) -> Ordered:
    """Check and issue: all of them or none."""
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
    problems = tuple(dict.fromkeys(found))
    blocked = any(problem.severity is Severity.BLOCK for problem in problems)
    if blocked or (problems and not confirmed):
        return Ordered((), problems)
    done = [
        made
        for owner, some in asked.items()
        for made in issue_orders(
            session, owner, some, confirmed=True, second=proved(session, second)
        )
    ]
    return Ordered(tuple(item.order.id for item in done), ())


def options_in(session: Session, case: CaseId, order: OrderId) -> Options:
    """What may be done next with an order."""
    origins = whole_file(session, case)[1].origins
    file = case_file(session, origins.get(order, case))
    view = next(view for view in file.orders if view.order.id == order)
    return options_of(session, file, view)


def record_approval(session: Session, order: OrderId, typed: TypedApproval) -> None:
    """Record that an order was approved, or was not. Who confirms it while another stays signed in has to prove it;
    the officer signed in did already."""
    own = typed.witness in {"", session.officer.number}
    witness = None if own else prove_second(session, typed.witness, typed.password)
    if typed.refused:
        refuse_order(session, order, typed.by, typed.refused, witness)
    else:
        approve_order(session, order, typed.by, typed.number, typed.at, witness)


def usual_period(session: Session, order: OrderId) -> tuple[datetime, datetime]:
    """From now for as long as what was ordered holds."""
    now = session.clock.now().replace(microsecond=0)
    made = look_up.order(session, order).order
    return now, measure_end(session.rules, made, now) or now


def _owner(origins: Mapping[str, CaseId], about: About, case: CaseId) -> CaseId:
    """The report that told of what the order is about."""
    parts = (about.transfer, about.identifier, about.order, about.again)
    return next((origins[part] for part in parts if part in origins), case)
