"""Compare the device's clock with the official time, and remember by how much it is off."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import UserInputError
from desktop.domain.installation.clock_offset import ClockOffset, offset_from_fields, read_official
from desktop.domain.installation.officer import Permission
from desktop.domain.records.numbers import short_case_number
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CLOCK_COMPARED
from desktop.services.session import Session


def compare_clock(session: Session, official: str, at: datetime | None = None) -> ClockOffset:
    """Record what the official clock showed ``at`` an instant of this device's clock, else at this moment (北京时间, by
    telephone or a set clock).

    Raises:
        UserInputError: ``clock.unreadable``.
    """
    session.require(Permission.EXCHANGE)
    now = at or session.clock.now()
    found = read_official(official, now)
    if found is None:
        raise UserInputError("clock.unreadable")
    offset = ClockOffset(round((found - now).total_seconds()), now, session.officer.number)
    subject = device_subject(session.profile.device)
    with session.store.write() as transaction:
        entry = NewEntry(CLOCK_COMPARED, subject, offset.to_fields())
        transaction.append(session.officer.number, entry)
    return offset


def clock_offset(session: Session) -> ClockOffset | None:
    """The last comparison on this device."""
    with session.store.read() as reader:
        return offset_from_fields(reader.current(device_subject(session.profile.device)))


def clock_behind(session: Session, file: CaseFile) -> ClockOffset | None:
    """The offset of the clock that took the times of a case, for its papers; None where nobody compared, where it is
    too little to matter, or where another device took the case."""
    session.require(Permission.READ_CASES)
    case, profile = file.case, session.profile
    letter = short_case_number(case.number).split("-")[1:2]
    if case.unit_code != profile.unit_code or letter != [profile.device_letter]:
        return None
    offset = clock_offset(session)
    return offset if offset is not None and clock_is_off(session, offset) else None


def clock_is_off(session: Session, offset: ClockOffset) -> bool:
    """Whether the offset is more than records may bear (rule ``clock.tolerance``)."""
    limit = session.rules.duration("clock.tolerance", session.today)
    return abs(offset.seconds) > limit.total_seconds()
