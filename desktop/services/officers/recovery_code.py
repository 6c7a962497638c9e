"""A new recovery code: whoever has it opens everything, so two officers ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desktop.domain.installation.officer import Permission
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import RECOVERY_RENEWED
from desktop.services.officers.second_officer import SecondOfficer, require_second
from desktop.services.session import Session

_Shown = TypeVar("_Shown")


def new_recovery_code(
    session: Session, show: Callable[[str], _Shown], second: SecondOfficer | None = None
) -> _Shown:
    """A fresh code, as ``show`` makes it to be seen; from then on the former one opens nothing any more.

    Raises:
        RuleError: ``rights.missing``; what :func:`require_second` raises.
        WorldError: as the disk does; the former code still counts then.
    """
    session.require(Permission.ADMINISTER)
    with session.store.write() as transaction:
        who = require_second(session, transaction, second)
        shown = session.slots.new_recovery_code(show)
        subject = officer_subject(session.profile.device, session.officer.number)
        transaction.append(session.officer.number, NewEntry(RECOVERY_RENEWED, subject, who))
    return shown
