"""The duty telephone of the unit: papers that somebody takes home name it."""

from __future__ import annotations

from desktop.domain.installation.duty_phone import duty_phone_fields, duty_phone_in, duty_phone_of
from desktop.domain.installation.officer import Permission
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import DUTY_PHONE_SET
from desktop.services.session import Session


def set_duty_phone(session: Session, typed: str) -> str:
    """Print this number from now on, none for ""; returns it as papers print it.

    Raises ``UserInputError("duty_phone.unreadable")``.
    """
    session.require(Permission.ADMINISTER)
    number = duty_phone_of(typed)
    subject = device_subject(session.profile.device)
    with session.store.write() as transaction:
        entry = NewEntry(DUTY_PHONE_SET, subject, duty_phone_fields(number))
        transaction.append(session.officer.number, entry)
    return number


def duty_phone(session: Session) -> str:
    """As this device was told it; "" where nobody did."""
    with session.store.read() as reader:
        return duty_phone_in(reader.current(device_subject(session.profile.device)))


def own_duty_phone(session: Session, unit_code: str) -> str:
    """For a paper of this unit; "" for a paper of another, whose number nobody here knows."""
    return duty_phone(session) if unit_code == session.profile.unit_code else ""
