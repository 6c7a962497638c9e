"""Show masked personal numbers in full; who looked is a journal entry."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import DATA_REVEALED
from desktop.services.order_reach import require_case
from desktop.services.session import Session


def reveal_case(session: Session, case: CaseId) -> None:
    """Record that the personal numbers of ``case`` were shown in full: to a clerk those of the own institution's orders
    in it. Raises ``UserInputError("case.unknown")`` to a clerk where there are none."""
    session.require(Permission.SEE_ORDERS)
    reveal_cases(session, (case,))


def reveal_cases(session: Session, cases: Iterable[CaseId]) -> None:
    """The same of several at once, each once."""
    session.require(Permission.SEE_ORDERS)
    with session.store.write() as transaction:
        for case in dict.fromkeys(cases):
            require_case(session, transaction, case)
            transaction.append(session.officer.number, NewEntry(DATA_REVEALED, f"case/{case}", {}))
