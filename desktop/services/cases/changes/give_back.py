"""Give a fact of a case back what it held before it was changed last; the change stays in the history."""

from __future__ import annotations

from desktop.domain.case_file.field_history import former_values, stories
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.records.fields import text
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED, EVENTS
from desktop.services.session import Session


def give_back(session: Session, case: CaseId, field: str) -> None:
    """Record the former value of a field of the case; of a record that was taken out, all of its facts. What somebody
    else wrote meanwhile unseen stands beside it, and a person decides.

    Raises:
        UserInputError: ``history.nothing_before`` where nothing was superseded, or nobody types such a fact.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    with session.store.write() as transaction:
        subject = f"case/{case}"
        rows = (row for row in transaction.history(case) if row.kind not in EVENTS)
        former = former_values(stories(rows), subject, field)
        if not former:
            raise UserInputError("history.nothing_before")
        current = transaction.current(subject)
        shown = {name: current.get(name, "") for name in former}
        stream = session.profile.stream_for(text(current, "unit_code"))
        entry = NewEntry(CASE_AMENDED, subject, dict(former), shown=shown, stream=stream)
        transaction.append(session.officer.number, entry)
