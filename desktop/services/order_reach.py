"""Which orders somebody reaches: a clerk of an institution those that go there, whoever reads cases all of them.

Asked of the data of each order where it is read or written about, never of the list that it came from. What is out of
reach is refused as if it were not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.orders.order import Order, receiver
from desktop.domain.reference.directories import Directories
from desktop.services.head_office import head_office
from desktop.services.ports import Reader
from desktop.services.session import Session


def receiver_name(order: Order) -> str:
    """Whom the order goes to as it is written: who the centre found, else who it names; "" for nobody."""
    return (order.dispatch.receiver or receiver(order)).strip()


def own_institutions(directories: Directories, officer: Officer) -> frozenset[str]:
    """The institutions of a clerk by the names of their head offices now."""
    return frozenset(head_office(directories, name) for name in officer.institutions) - {""}


def in_reach(directories: Directories, officer: Officer, orders: Iterable[Order]) -> bool:
    """Whether the officer reaches all of these."""
    if not officer.only_own_institution:
        return officer.may(Permission.SEE_ORDERS)
    own = own_institutions(directories, officer)
    return all(head_office(directories, receiver_name(order)) in own for order in orders)


def reached_order(session: Session, reader: Reader, key: str) -> OrderView:
    """One by id or number; raises ``UserInputError("order.unknown")``, also where it is out of reach."""
    view = reader.order(key)
    if view is None or not in_reach(session.directories, session.officer, (view.order,)):
        raise UserInputError("order.unknown")
    return view


def reached_orders(session: Session, reader: Reader, ids: Collection[str]) -> tuple[OrderView, ...]:
    """Those of these ids that are in reach."""
    if not ids:
        return ()
    views = reader.orders_named(ids)
    return tuple(v for v in views if in_reach(session.directories, session.officer, (v.order,)))


def require_case(session: Session, reader: Reader, case: CaseId) -> None:
    """Refuse a clerk with ``UserInputError("case.unknown")`` where none of the orders of the case goes to the own
    institution."""
    if session.officer.only_own_institution and not any(
        in_reach(session.directories, session.officer, (view.order,))
        for view in reader.orders_of(case)
    ):
        raise UserInputError("case.unknown")
