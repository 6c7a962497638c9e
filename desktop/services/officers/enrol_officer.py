"""Let another officer sign in here; two officers do, the founder alone while there is no second."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.errors import UserInputError
from desktop.domain.installation.officer import Officer, Permission, check_officer, check_seat
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_ENROLLED
from desktop.services.head_office import head_office
from desktop.services.officers.second_officer import SecondOfficer, require_second
from desktop.services.session import Session


def enrol_officer(
    session: Session, officer: Officer, password: str, second: SecondOfficer | None = None
) -> None:
    """The officer must replace ``password`` by one of their own. A crash in between leaves a slot that opens nothing;
    enrol once more then.

    Raises:
        RuleError: ``rights.missing``; what :func:`require_second` raises.
        UserInputError: ``officer.exists``, ``officer.number``, ``officer.name``, ``officer.roles`` (none),
            ``officer.institution`` (a clerk of none, or somebody else of one), or what is weak about the password.
    """
    session.require(Permission.ADMINISTER)
    check_officer(officer.number, officer.name)
    names = (head_office(session.directories, name.strip()) for name in officer.institutions)
    officer = replace(officer, institutions=tuple(dict.fromkeys(names)))
    check_seat(officer)
    with session.store.write() as transaction:
        known = transaction.officer(officer.number)
        if known is not None and known.roles:
            raise UserInputError("officer.exists")
        who = require_second(session, transaction, second)
        session.slots.give(officer.number, password, officer.name)
        subject = officer_subject(session.profile.device, officer.number)
        fields = {**officer.to_fields(), **who}
        transaction.append(session.officer.number, NewEntry(OFFICER_ENROLLED, subject, fields))
