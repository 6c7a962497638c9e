"""Type the numbers that the official register gave; until the first is there, the case says it is not in it."""

from __future__ import annotations

from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED
from desktop.services.session import Session


def set_official_numbers(session: Session, case: CaseId, numbers: OfficialNumbers) -> None:
    """Record what differs from what is known; nothing when nothing does.

    Raises:
        UserInputError: ``case.unknown``.
    """
    session.require(Permission.WRITE_CASES)
    typed = OfficialNumbers(clean(numbers.incident), clean(numbers.acceptance), clean(numbers.case))
    with session.store.write() as transaction:
        file = transaction.case_file(case)
        if file is None:
            raise UserInputError("case.unknown")
        known = file.case.official.to_fields()
        changed = {name: value for name, value in typed.to_fields().items() if value != known[name]}
        if changed:
            entry = NewEntry(CASE_AMENDED, f"case/{case}", changed)
            transaction.append(session.officer.number, entry)
