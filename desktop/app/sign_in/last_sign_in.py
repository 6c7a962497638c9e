"""What an officer is told of the last time: when it was, and how many wrong passwords came since (GB/T 22239-2019
8.1.4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.errors import WorldError
from desktop.domain.installation.audit import AuditQuery
from desktop.domain.records.fields import number as number_in
from desktop.domain.time.clock import from_wire
from desktop.domain.time.local_time import show_time
from desktop.journal.authority import officer_subject
from desktop.journal.kinds import SIGN_IN_FAILED
from desktop.services.session import Session

_COUNTED = 200


@dataclass(frozen=True, slots=True)
class LastSignIn:
    """``failures``: wrong passwords for this officer since ``at``, wherever they were typed."""

    at: datetime
    failures: int


def last_sign_in(session: Session, officer: str, unrecorded: int) -> LastSignIn | None:
    """Read before the sign-in is recorded. ``unrecorded``: wrong passwords that the journal does not hold yet."""
    subject = officer_subject(session.profile.device, officer)
    with session.store.read() as reader:
        last = reader.last_sign_in(officer)
        if last is None:
            return None
        at = from_wire(last.wall)
        query = AuditQuery(kinds=frozenset({SIGN_IN_FAILED}), since=at)
        found = reader.audit_page(query, None, _COUNTED)
    recorded = sum(
        number_in(entry.fields, "count")
        for entry in found
        if entry.subject == subject and entry.key.seq > last.seq
    )
    return LastSignIn(at, recorded + unrecorded)


def failed_before(last: LastSignIn | None) -> tuple[WorldError, ...]:
    """What to warn of at the sign-in."""
    if last is None or not last.failures:
        return ()
    return (WorldError("password.failed_since", count=last.failures, at=show_time(last.at)),)
