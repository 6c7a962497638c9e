"""Compare the files on the disk with what is bound, note what differs, and put the bound text back."""

from __future__ import annotations

from collections.abc import Collection

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.installation.bound_files import FileChange, find_changes
from desktop.journal.authority import file_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import FILE_CHANGE_FOUND, FILE_RESTORED
from desktop.services.bound.bound_texts import bound_file, bound_files
from desktop.services.ports import Transaction
from desktop.services.session import Session


def changed_files(session: Session) -> tuple[FileChange, ...]:
    """Every file that says something else than is bound, as it lies there now."""
    found = session.bound.found()
    with session.store.read() as reader:
        return find_changes(bound_files(reader, session.profile.device), found)


def note_changes(session: Session) -> tuple[FileChange, ...]:
    """Put what a crash left back quietly, enter every other change once, and return those that a person must hear of.

    The disk may refuse to be written: the change is then told like the others.
    """
    changes = changed_files(session)
    left = [item for item in changes if not (item.earlier and _put_back(session, item))]
    with session.store.write() as transaction:
        known = bound_files(transaction, session.profile.device)
        for item in left:
            if item.path not in known or known[item.path].noted != item.digest:
                _enter(session, transaction, FILE_CHANGE_FOUND, item, item.digest)
        for path in sorted(known.keys() - {item.path for item in left}):
            if known[
                path
            ].noted:  # somebody put it right outside, or a crash came before it was entered
                settled = {"file": path, "found": "", "was": known[path].noted, "state": ""}
                subject = file_subject(session.profile.device, path)
                transaction.append(
                    session.officer.number, NewEntry(FILE_RESTORED, subject, settled)
                )
    return tuple(left)


def restore_files(session: Session, paths: Collection[str] = ()) -> tuple[str, ...]:
    """Let the disk say what is bound, of the files at ``paths`` or of all that differ; returns those that were written.
    What lay there is put aside under another name. Any officer may: nothing changes but the disk.

    Raises ``UserInputError("bound.unknown")``; ``WorldError`` as the disk does.
    """
    changes = {item.path: item for item in changed_files(session)}
    with session.store.read() as reader:
        known = bound_files(reader, session.profile.device)
    for path in paths:
        if path not in changes and path not in known:
            raise UserInputError("bound.unknown", file=path)
    wanted = [changes[path] for path in sorted(paths or changes) if path in changes]
    for item in wanted:
        _restore(session, item)
    return tuple(item.path for item in wanted)


def _put_back(session: Session, item: FileChange) -> bool:
    try:
        _restore(session, item)
    except WorldError:
        return False
    return True


def _restore(session: Session, item: FileChange) -> None:
    """First the disk, then the journal: a crash in between leaves a restored file that nobody entered."""
    with session.store.read() as reader:
        subject = file_subject(session.profile.device, item.path)
        known = bound_file(item.path, reader.current(subject))
    session.bound.write(item.path, known.text)
    with session.store.write() as transaction:
        _enter(session, transaction, FILE_RESTORED, item, "")


def _enter(
    session: Session, transaction: Transaction, kind: str, item: FileChange, noted: str
) -> None:
    subject = file_subject(session.profile.device, item.path)
    fields = {
        "file": item.path, "found": noted, "was": item.digest, "state": item.state.value,
    }  # fmt: skip
    transaction.append(session.officer.number, NewEntry(kind, subject, fields))
