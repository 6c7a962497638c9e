"""Move a case to another column of the board."""

from __future__ import annotations

from desktop.domain.cases.case import CaseState
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_MOVED
from desktop.services.session import Session


def move_case(session: Session, case: CaseId, state: CaseState) -> None:
    """Record the new state; moving to where it stands already records nothing."""
    session.require(Permission.WRITE_CASES)
    with session.store.write() as transaction:
        card = transaction.case_card(case)
        if card is None:
            raise UserInputError("case.unknown")
        if card.state is not state:
            move = NewEntry(CASE_MOVED, f"case/{case}", {"state": state.value})
            transaction.append(session.officer.number, move)
