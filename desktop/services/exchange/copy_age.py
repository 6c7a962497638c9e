"""How long this computer has gone without a safety copy."""

from __future__ import annotations

from datetime import timedelta

from desktop.domain.records.fields import text
from desktop.domain.time.clock import from_wire
from desktop.journal.authority import device_subject
from desktop.services.ports import Reader
from desktop.services.session import Session

_DAY = timedelta(days=1)


def days_without_copy(session: Session, reader: Reader) -> int:
    """Whole days since the last copy, or since the first entry where none was ever made; 0 while that is soon enough,
    see the rule ``backup.within``. What only this computer holds is lost with its disk.
    """
    device = session.profile.device
    at = text(reader.current(device_subject(device)), "backup.at")
    first = next(iter(reader.entries(device, 1, 1)), None)
    since = at or (first.wall if first else "")
    if not since:
        return 0
    age = session.clock.now() - from_wire(since)
    return age // _DAY if age > session.rules.duration("backup.within", session.today) else 0
