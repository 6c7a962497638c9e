"""A new recovery code: whoever has it opens everything, so two officers ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desktop.domain.officer import Permission
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import RECOVERY_RENEWED
from desktop.services.desk import Desk
from desktop.services.officers.second_officer import SecondOfficer, two_persons

_Shown = TypeVar("_Shown")


def new_recovery_code(
    desk: Desk, show: Callable[[str], _Shown], second: SecondOfficer | None = None
) -> _Shown:
    """A fresh code, as ``show`` makes it to be seen; from then on the former one opens nothing any more.

    Raises:
        RuleError: ``rights.missing``; what :func:`two_persons` raises.
        WorldError: as the disk does; the former code still counts then.
    """
    desk.require(Permission.ADMINISTER)
    with desk.store.write() as transaction:
        who = two_persons(desk, transaction, second)
        shown = desk.slots.new_recovery_code(show)
        subject = officer_subject(desk.profile.device, desk.officer.number)
        transaction.append(desk.officer.number, NewEntry(RECOVERY_RENEWED, subject, who))
    return shown
