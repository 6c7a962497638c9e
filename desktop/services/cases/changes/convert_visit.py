"""Make a registered visit another kind of visit: an enquiry or a dissuasion becomes a report, nothing is retyped."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.cases.case import Visit
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.records.fields import text
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_CONVERTED
from desktop.services.session import Session


def convert_visit(session: Session, case: CaseId, visit: Visit) -> None:
    """Record the new kind of visit and what it was; an open draft of the case follows.

    The wizard does the same for what is on the form. Converting to what it is already records nothing. Raises
    ``UserInputError("case.unknown")``.
    """
    session.require(Permission.WRITE_CASES)
    subject = f"case/{case}"
    with session.store.write() as transaction:
        known = transaction.current(subject)
        if not text(known, "accepted_at"):
            raise UserInputError("case.unknown")
        before = text(known, "visit") or Visit.REPORT.value
        if before == visit:
            return
        fields = {"visit": visit.value, "converted_from": before}
        transaction.append(session.officer.number, NewEntry(CASE_CONVERTED, subject, dict(fields)))
        draft = transaction.draft(case)
        if draft is not None:
            form, base = draft.form.as_visit(visit.value), draft.form.base
            form = replace(form, base=base and base.as_visit(visit.value))
            transaction.save_draft(form, draft.officer)
