"""Take payments and leads out of a registered case that do not belong there; the record of them stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from desktop.domain.case_file.order_rules import held_by_orders
from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.taken_out import FIELD, KINDS, is_taken_out
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.order import Order
from desktop.domain.records.fields import text
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import IDENTIFIER_WITHDRAWN, PART_ORDERED, TRANSFER_WITHDRAWN
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session

_ENTRIES = {"transfer": TRANSFER_WITHDRAWN, "identifier": IDENTIFIER_WITHDRAWN}


def _as_it_stands(_subject: str) -> bool:
    return False


def take_out(
    session: Session,
    transaction: Transaction,
    case: CaseId,
    ids: Iterable[str],
    passed: Callable[[str], bool] = _as_it_stands,
) -> None:
    """Record that these are no more part of the case; what was never recorded of it needs no entry. Of a subject that
    somebody amended unseen, which ``passed`` tells, it is one word beside the other: a person decides.

    Raises:
        RuleError: ``part.ordered`` when an order about one of them has not come to nothing: whoever acts on the order
            must find in the case what it is about.
    """
    recorded = list(parts_not_taken_out(transaction, case, dict.fromkeys(ids)))
    if not recorded:
        return
    session.require(Permission.WRITE_CASES)
    file = transaction.case_file(case)
    held = held_by_orders(file.orders if file is not None else ())
    for _, subject in recorded:
        if subject in held:
            raise RuleError("part.ordered", number=held[subject])
    news = [
        NewEntry(_ENTRIES[kind], subject, {FIELD: TICKED}, seen={} if passed(subject) else None)
        for kind, subject in recorded
    ]
    transaction.append_all(session.officer.number, news)


def keep_in(transaction: Transaction, officer: str, order: Order, stream: str) -> None:
    """Record that what ``order`` is about is part of the case: should another desk, which has not heard of the order,
    have taken it out, a person is asked."""
    if order.about.partition("/")[0] in KINDS:
        transaction.append(officer, NewEntry(PART_ORDERED, order.about, {FIELD: ""}, stream=stream))


def parts_not_taken_out(
    reader: Reader, case: CaseId, ids: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """(kind, subject) of those payments and leads that stand in the case."""
    for name in ids:
        for kind in _ENTRIES:
            subject = f"{kind}/{name}"
            said = [value for _, value in reader.standing(subject, FIELD)]
            known = reader.current(subject)
            if text(known, "case") == case and not is_taken_out(kind, said):
                yield kind, subject
