"""Compare the device's clock with the official time, and remember by how much it is off."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.case_file.views import CaseFile
from desktop.domain.clock_offset import ClockOffset, offset_from_fields, read_official
from desktop.domain.errors import UserInputError
from desktop.domain.numbers import short_case_number
from desktop.domain.officer import Permission
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CLOCK_COMPARED
from desktop.services.desk import Desk


def compare_clock(desk: Desk, official: str, at: datetime | None = None) -> ClockOffset:
    """Record what the official clock showed ``at`` an instant of this device's clock, else at this moment (北京时间, by
    telephone or a set clock).

    Raises:
        UserInputError: ``clock.unreadable``.
    """
    desk.require(Permission.EXCHANGE)
    now = at or desk.clock.now()
    found = read_official(official, now)
    if found is None:
        raise UserInputError("clock.unreadable")
    offset = ClockOffset(round((found - now).total_seconds()), now, desk.officer.number)
    subject = device_subject(desk.profile.device)
    with desk.store.write() as transaction:
        entry = NewEntry(CLOCK_COMPARED, subject, offset.to_fields())
        transaction.append(desk.officer.number, entry)
    return offset


def clock_offset(desk: Desk) -> ClockOffset | None:
    """The last comparison on this device."""
    with desk.store.read() as reader:
        return offset_from_fields(reader.current(device_subject(desk.profile.device)))


def clock_behind(desk: Desk, file: CaseFile) -> ClockOffset | None:
    """The offset of the clock that took the times of a case, for its papers; None where nobody compared, where it is
    too little to matter, or where another device took the case."""
    desk.require(Permission.READ_CASES)
    case, profile = file.case, desk.profile
    letter = short_case_number(case.number).split("-")[1:2]
    if case.unit_code != profile.unit_code or letter != [profile.device_letter]:
        return None
    offset = clock_offset(desk)
    return offset if offset is not None and clock_is_off(desk, offset) else None


def clock_is_off(desk: Desk, offset: ClockOffset) -> bool:
    """Whether the offset is more than records may bear (rule ``clock.tolerance``)."""
    limit = desk.rules.duration("clock.tolerance", desk.today)
    return abs(offset.seconds) > limit.total_seconds()
