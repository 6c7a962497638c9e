"""Whether the data are older than what was seen of them before, by the counter of this PC and the centre's receipts.

It is told and recorded, and never keeps anybody out: a stop must be possible with whatever data there are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop.app.backup.restore import RESTORED
from desktop.domain.errors import WorldError
from desktop.domain.installation.audit import AuditEntry, AuditQuery
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import text
from desktop.domain.time.local_time import show_time
from desktop.journal.authority import device_subject
from desktop.journal.entry import Entry, NewEntry
from desktop.journal.kinds import COUNTER_LOST, OFFICER_SIGNED_IN, PROFILE_SET_BACK
from desktop.runtime.files.rollback_counter import Reached, RollbackCounter
from desktop.services.ports import Reader
from desktop.services.session import Session

_PURPOSE = "rollback counter"
_TOLD_AT_ONCE = 20
_LOOKED_AT = 200
"""Sign-ins among which the last one of this device is looked for; a centre holds those of its stations too."""


class RollbackWatch:
    """Made before a sign-in is recorded, for what is found then; ``begin`` comes after it."""

    def __init__(
        self, session: Session, root: Path, officer: str, counter: Callable[[str], Path] | None
    ) -> None:
        """``counter`` gives the file of a device; None: none is kept."""
        self._counter = _counter(session, counter) if counter is not None else None
        self._restored = (root / RESTORED).exists()
        reached = self._counter.read() if self._counter is not None else None
        with session.store.read() as reader:
            self._lost = _lost(session, reader, reached)
            self._before = _recorded_since(session, reader, officer)
            self._missing = reached is None and _was_counted(session, reader)
            entry = _last(session, reader)
        self.counts = reached is not None or self._note(entry)
        """Whether a counter is kept from now on."""

    def begin(self, session: Session) -> tuple[WorldError, ...]:
        """Record and tell what was found, and count from now on. After a restore, which is recorded by itself, the
        counter begins anew without a word."""
        problems: list[WorldError] = []
        if self._lost is not None and not self._restored:
            _record(session, PROFILE_SET_BACK, {"by": "counter", "lost": self._lost})
            problems.append(WorldError("profile.set_back", lost=self._lost))
        if _disputed(session) and not self._restored:
            _record(session, PROFILE_SET_BACK, {"by": "receipt"})
            problems.append(WorldError("profile.set_back_receipt"))
        problems += [
            WorldError("profile.set_back_before", at=show_time(entry.at)) for entry in self._before
        ]
        if self._missing and self.counts and not self._restored:
            _record(session, COUNTER_LOST, {})
            problems.append(WorldError("profile.counter_missing"))
        if self.counts:
            with session.store.read() as reader:
                entry = _last(session, reader)
            self._note(entry)
            session.store.watch(self._noted)
        return tuple(problems)

    def _noted(self, entry: Entry) -> None:
        self._note(entry)

    def _note(self, entry: Entry | None) -> bool:
        if self._counter is None or entry is None:
            return False
        return self._counter.write(Reached(entry.seq, entry.lamport, entry.hash))


def _counter(session: Session, path: Callable[[str], Path]) -> RollbackCounter:
    stream = session.profile.own_stream
    return RollbackCounter(path(stream), stream, partial(session.marks.of, _PURPOSE))


def _last(session: Session, reader: Reader) -> Entry | None:
    own = session.profile.own_stream
    last = reader.heads().get(own, 0)
    return next(iter(reader.entries(own, last, last)), None)


def _was_counted(session: Session, reader: Reader) -> bool:
    """Whether a counter was kept at the last sign-in, wherever that was."""
    found = reader.audit_page(AuditQuery(kinds=frozenset({OFFICER_SIGNED_IN})), None, _LOOKED_AT)
    own = (entry for entry in found if entry.key.stream == session.profile.own_stream)
    last = next(own, None)
    return last is not None and bool(last.fields.get("counter"))


def _lost(session: Session, reader: Reader, reached: Reached | None) -> int | None:
    """How many entries are missing that were here before, 0 where others stand in their place; None where all is as it
    was."""
    if reached is None:
        return None
    head = reader.heads().get(session.profile.own_stream, 0)
    if head < reached.seq:
        return reached.seq - head
    (entry,) = reader.entries(session.profile.own_stream, reached.seq, reached.seq)
    return None if entry.hash == reached.hash else 0


def _disputed(session: Session) -> bool:
    """Whether a receipt names entries of ours that are not here, and nobody recorded that yet. A centre has its own way
    to say so."""
    if session.profile.role is InstallationRole.CENTRE:
        return False
    with session.store.read() as reader:
        if not reader.disputing():
            return False
        return not any(text(entry.fields, "by") == "receipt" for entry in _alarms(session, reader))


def _alarms(session: Session, reader: Reader) -> tuple[AuditEntry, ...]:
    query = AuditQuery(kinds=frozenset({PROFILE_SET_BACK}))
    found = reader.audit_page(query, None, _TOLD_AT_ONCE)
    return tuple(entry for entry in found if entry.key.stream == session.profile.own_stream)


def _recorded_since(session: Session, reader: Reader, officer: str) -> tuple[AuditEntry, ...]:
    """What others found since the officer was last here, who has not heard of it yet."""
    last = reader.last_sign_in(officer)
    if last is None:
        return ()
    return tuple(
        entry
        for entry in _alarms(session, reader)
        if entry.key.seq > last.seq and entry.officer != officer
    )


def _record(session: Session, kind: str, fields: dict[str, str | int]) -> None:
    entry = NewEntry(kind, device_subject(session.profile.device), fields)
    with session.store.write() as transaction:
        transaction.append(session.officer.number, entry)
