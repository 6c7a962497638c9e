"""What a sign-in takes up, records and notices: the key in use, the clock, a restored backup, the last sign-in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop.app.backup.restore import RESTORED
from desktop.domain.errors import RuleError, WorldError
from desktop.domain.installation.audit import AuditQuery
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import number as number_in
from desktop.domain.time.clock import from_wire, to_wire
from desktop.domain.time.local_time import show_time
from desktop.journal.authority import device_subject, officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import (
    BACKUP_RESTORED,
    CLOCK_SET_BACK,
    OFFICER_SIGNED_IN,
    SIGN_IN_FAILED,
)
from desktop.runtime.files.atomic_file import disk_errors
from desktop.runtime.files.plain_file import free_name, read_plain_text
from desktop.sealing.key_ring import KeyRing
from desktop.services.exchange.peers.own_keys import key_in_use
from desktop.services.session import Session

_CLOCK: Final = ("clock.offset_s", "clock.compared_at")
"""What a sign-in says of the device's clock: every entry after it was written by that clock."""


def take_up(session: Session, ring: KeyRing) -> tuple[WorldError, ...]:
    """Use the pair that the journal says is in use. A key file from an older backup lacks it: then the newest there is,
    and the officer hears of it."""
    with session.store.read() as reader:
        wanted = key_in_use(reader, session.profile.device)
    if wanted in ring.fingerprints:
        ring.adopt(wanted)
        return ()
    ring.adopt(ring.fingerprints[-1])
    return (WorldError("keys.missing"),)


def record_sign_in(
    session: Session, number: str, failures: int = 0, *, counted: bool = False
) -> tuple[Session, tuple[WorldError, ...]]:
    """Record who signed in, under which clock, after how many wrong passwords, and whether this PC
    keeps a counter of the journal. Raises ``RuleError("officer.not_enrolled")``."""
    warnings: tuple[WorldError, ...] = ()
    with session.store.write() as transaction:
        officer = transaction.officer(number)
        if officer is None or not officer.roles:
            raise RuleError("officer.not_enrolled")
        now, last = session.clock.now(), transaction.last_wall()
        if last > to_wire(now):
            entry = NewEntry(CLOCK_SET_BACK, device_subject(session.profile.device), {"was": last})
            transaction.append(number, entry)
            was = show_time(from_wire(last))
            warnings = (WorldError("clock.set_back", was=was, now=show_time(now)),)
        known = transaction.current(device_subject(session.profile.device))
        clock = {name: known[name] for name in _CLOCK if name in known}
        subject = officer_subject(session.profile.device, number)
        if failures:
            transaction.append(number, NewEntry(SIGN_IN_FAILED, subject, {"count": failures}))
        counter = {"counter": True} if counted else {}
        transaction.append(number, NewEntry(OFFICER_SIGNED_IN, subject, clock | counter))
    return replace(session, officer=officer), warnings


def restored(root: Path, session: Session) -> tuple[WorldError, ...]:
    """Tell once that these data come from a backup: what was recorded after it is not here."""
    mark = root / RESTORED
    made = _restored_at(mark)
    if made is None:
        return ()
    subject = device_subject(session.profile.device)
    with session.store.write() as transaction:
        entry = NewEntry(BACKUP_RESTORED, subject, {"backup.restored_from": made})
        transaction.append(session.officer.number, entry)
    mark.unlink()
    centre = session.profile.role is InstallationRole.CENTRE
    code = "backup.restored_centre" if centre else "backup.restored"
    return (WorldError(code, made=show_time(from_wire(made))),)


def _restored_at(mark: Path) -> str | None:
    """When the backup was made, as the restore left it; None where nothing was restored. What nobody who restores
    leaves there is put aside: it must keep nobody out."""
    try:
        made = read_plain_text(mark)
        from_wire(made)
    except FileNotFoundError:
        return None
    except ValueError:
        with disk_errors():
            mark.replace(free_name(mark))
        return None
    return made


_COUNTED = 200


@dataclass(frozen=True, slots=True)
class LastSignIn:
    """``failures``: wrong passwords for this officer since ``at``, wherever they were typed."""

    at: datetime
    failures: int


def last_sign_in(session: Session, officer: str, unrecorded: int) -> LastSignIn | None:
    """What an officer is told of the last time (GB/T 22239-2019 8.1.4.1), read before the sign-in is recorded.
    ``unrecorded``: wrong passwords that the journal does not hold yet."""
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
