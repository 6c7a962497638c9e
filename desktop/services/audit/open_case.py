"""See a case in full. Who saw it is in the journal once for each officer, case and sign-in."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.case_file.merge import Merger
from desktop.domain.case_file.views import CaseFile
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.journal.authority import look_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_OPENED
from desktop.services.cases.changes.merge_cases import whole_file
from desktop.services.session import Session


def open_case(session: Session, case: CaseId) -> tuple[CaseFile, Merger]:
    """The case with all that hangs on it, as :func:`whole_file` gives it; raises ``UserInputError("case.unknown")``."""
    found = whole_file(session, case)
    note_opened(session, (case,))
    return found


def note_opened(session: Session, cases: Iterable[CaseId]) -> None:
    """Record which cases the officer sees, but for those that were recorded since the sign-in."""
    session.require(Permission.READ_CASES)
    number = session.officer.number
    with session.store.read() as reader:
        fresh = [
            case
            for case in dict.fromkeys(cases)
            if not reader.noted(look_subject(case), CASE_OPENED, number)
        ]
    if fresh:
        with session.store.write() as transaction:
            news = [NewEntry(CASE_OPENED, look_subject(case), {}) for case in fresh]
            transaction.append_all(number, news)
