"""The password of the officer signed in, and initial ones that two officers give to a third who forgot the own one."""

from __future__ import annotations

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.installation.officer import Permission
from desktop.domain.records.fields import Json
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import PASSWORD_CHANGED
from desktop.services.officers.second_officer import SecondOfficer, require_second
from desktop.services.ports import Transaction
from desktop.services.session import Session


def change_own_password(session: Session, old: str, new: str) -> None:
    """Give the officer signed in a new password of their own; a wrong ``old`` one counts as a failed sign-in."""
    session.slots.change(session.officer.number, old, new, session.officer.name)
    note_own_password(session)


def note_own_password(session: Session) -> None:
    """The officer signed in has another password than before."""
    with session.store.write() as transaction:
        _note(session, transaction, session.officer.number, {})


def give_password(
    session: Session, number: str, password: str, second: SecondOfficer | None = None
) -> None:
    """Give another officer an initial password again, and lift a lock. Two officers do: whoever gives a password could
    sign in with it before its owner does.

    Raises:
        RuleError: ``rights.missing``, ``officer.self``; what :func:`require_second` raises.
        UserInputError: ``officer.unknown`` or what is weak about the password.
    """
    session.require(Permission.ADMINISTER)
    if number == session.officer.number:
        raise RuleError("officer.self")
    with session.store.write() as transaction:
        known = transaction.officer(number)
        if known is None or not known.roles:
            raise UserInputError("officer.unknown")
        who = require_second(session, transaction, second)
        session.slots.give(number, password, known.name)
        _note(session, transaction, number, who)


def _note(session: Session, transaction: Transaction, number: str, who: dict[str, Json]) -> None:
    subject = officer_subject(session.profile.device, number)
    transaction.append(session.officer.number, NewEntry(PASSWORD_CHANGED, subject, who))
