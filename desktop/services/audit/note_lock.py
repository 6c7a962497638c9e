"""Record that the desk was locked and unlocked, and wrong passwords in between."""

from __future__ import annotations

from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_LOCKED, OFFICER_UNLOCKED, SIGN_IN_FAILED
from desktop.services.session import Session


def note_lock(session: Session, *, locked: bool) -> None:
    """The officer signed in locked the desk, or it locked itself; or the own password opened it."""
    _append(session, session.officer.number, OFFICER_LOCKED if locked else OFFICER_UNLOCKED)


def note_failures(session: Session, number: str, count: int) -> None:
    """So many wrong passwords of ``number`` came before the right one, at a lock or where a second officer confirms.
    Nothing where there were none."""
    if count:
        _append(session, number, SIGN_IN_FAILED, {"count": count})


def _append(session: Session, about: str, kind: str, fields: dict[str, int] | None = None) -> None:
    entry = NewEntry(kind, officer_subject(session.profile.device, about), fields or {})
    with session.store.write() as transaction:
        transaction.append(session.officer.number, entry)
