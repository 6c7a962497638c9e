"""Take payments and leads out of a registered case that do not belong there; the record of them stays."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.case_file.orders.order_rules import require_no_order
from desktop.domain.cases.form_changes import removals
from desktop.domain.cases.taken_out import FIELD, KINDS
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.order import Order
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import PART_ORDERED
from desktop.services.cases.changes.register_report import FORM_KINDS
from desktop.services.ports import Transaction
from desktop.services.session import Session


def take_out(session: Session, transaction: Transaction, case: CaseId, ids: Iterable[str]) -> None:
    """Record that these are no more part of the case; what was never recorded of it needs no entry.

    Raises:
        RuleError: ``part.ordered``, see :func:`~desktop.domain.case_file.orders.order_rules.require_no_order`.
    """
    found = list(removals(case, ids, transaction))
    if not found:
        return
    session.require(Permission.WRITE_CASES)
    require_no_order(transaction.case_file(case), [item.subject for item in found])
    news = [
        NewEntry(FORM_KINDS[item.act], item.subject, item.fields, shown=item.shown)
        for item in found
    ]
    transaction.append_all(session.officer.number, news)


def keep_in(transaction: Transaction, officer: str, order: Order, stream: str) -> None:
    """Record that what ``order`` is about is part of the case: should another desk, which has not heard of the order,
    have taken it out, a person is asked."""
    if order.about.partition("/")[0] in KINDS:
        transaction.append(officer, NewEntry(PART_ORDERED, order.about, {FIELD: ""}, stream=stream))
