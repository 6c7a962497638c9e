"""Show masked personal numbers in full; who looked is a journal entry."""

from __future__ import annotations

from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import DATA_REVEALED
from desktop.services.desk import Desk


def reveal_case(desk: Desk, case: CaseId) -> None:
    """Record that the personal numbers of ``case`` were shown in full."""
    desk.require(Permission.READ_CASES)
    with desk.store.write() as transaction:
        transaction.append(desk.officer.number, NewEntry(DATA_REVEALED, f"case/{case}", {}))
