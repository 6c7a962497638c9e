"""Show masked personal numbers in full; who looked is a journal entry."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import DATA_REVEALED
from desktop.services.session import Session


def reveal_case(session: Session, case: CaseId) -> None:
    """Record that the personal numbers of ``case`` were shown in full."""
    session.require(Permission.READ_CASES)
    reveal_cases(session, (case,))


def reveal_cases(session: Session, cases: Iterable[CaseId]) -> None:
    """The same of several at once, each once."""
    session.require(Permission.READ_CASES)
    with session.store.write() as transaction:
        for case in dict.fromkeys(cases):
            transaction.append(session.officer.number, NewEntry(DATA_REVEALED, f"case/{case}", {}))
