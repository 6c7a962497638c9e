"""Let an officer who left sign in no more."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.installation.officer import Permission
from desktop.domain.records.fields import Json
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_DISMISSED, SIGN_IN_FAILED
from desktop.services.officers.second_officer import SecondOfficer, enrolled_numbers, require_second
from desktop.services.officers.unconfirmed import never_came
from desktop.services.officers.waiting_approvals import strands_approval
from desktop.services.ports import Transaction
from desktop.services.session import Session


def dismiss_officer(session: Session, number: str, second: SecondOfficer | None = None) -> None:
    """The name stays for what was recorded, and so do wrong passwords that were typed for it. First the journal, which
    alone keeps out: a crash in between leaves a slot that opens nothing. A founder alone may take back the enrolment of
    a second officer who never signed in.

    Raises:
        RuleError: ``rights.missing``, ``officer.self`` (one administrator stays); ``officer.last_approver`` where an
            order waits for an approval that nobody else could give; what :func:`require_second` raises.
        UserInputError: ``officer.unknown``.
    """
    session.require(Permission.ADMINISTER)
    if number == session.officer.number:
        raise RuleError("officer.self")
    failures = session.slots.unrecorded(number) if number in session.slots.numbers() else 0
    with session.store.write() as transaction:
        known = transaction.officer(number)
        if known is None:
            raise UserInputError("officer.unknown")
        if strands_approval(session, transaction, number):
            raise RuleError("officer.last_approver")
        who = _who(session, transaction, number, second)
        subject = officer_subject(session.profile.device, number)
        fields = {**replace(known, roles=()).to_fields(), **who}
        if failures:
            failed = NewEntry(SIGN_IN_FAILED, subject, {"count": failures})
            transaction.append(session.officer.number, failed)
        transaction.append(session.officer.number, NewEntry(OFFICER_DISMISSED, subject, fields))
    if failures:
        session.slots.mark_recorded(number, failures)
    session.slots.remove(number)


def _who(
    session: Session, transaction: Transaction, number: str, second: SecondOfficer | None
) -> dict[str, Json]:
    """Without this, a mistyped number of the second officer would leave the founder alone for ever."""
    here = enrolled_numbers(session, transaction)
    if (
        second is None
        and here == {session.officer.number, number}
        and never_came(session, transaction, number)
    ):
        return {"founding": True}
    return require_second(session, transaction, second)
