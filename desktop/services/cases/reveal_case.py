"""Show masked personal numbers in full; who looked is a journal entry."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import DATA_REVEALED
from desktop.services.desk import Desk


def reveal_case(desk: Desk, case: CaseId) -> None:
    """Record that the personal numbers of ``case`` were shown in full."""
    desk.require(Permission.READ_CASES)
    reveal_cases(desk, (case,))


def reveal_cases(desk: Desk, cases: Iterable[CaseId]) -> None:
    """The same of several at once, each once."""
    desk.require(Permission.READ_CASES)
    with desk.store.write() as transaction:
        for case in dict.fromkeys(cases):
            transaction.append(desk.officer.number, NewEntry(DATA_REVEALED, f"case/{case}", {}))
