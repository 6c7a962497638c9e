"""恢复演练: whether a safety copy would really bring everything back, tried with the secret that would be used.

The copy is unpacked beside the installation, opened, compared with its own journal, and every piece of evidence opened
and digested where it lies; then all of it is gone again. Neither the copy nor the installation is changed, but for
pieces of evidence that are damaged: they get another name, so that the next copy brings them anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.app.backup.backup import lacking
from desktop.app.backup.backup_chain import (
    digests_size,
    require_links,
    unpack_all,
    unpacked_size,
)
from desktop.app.backup.backup_evidence import EvidenceBeside
from desktop.app.backup.backup_file import BackupContents, read_contents
from desktop.app.installation import Installation
from desktop.app.keys.seat_secrets import held_ring
from desktop.app.profile.database_place import DATABASE_KEY
from desktop.app.profile.working_folder import TRYING, working_folder
from desktop.domain.errors import RuleError, UserInputError, WorldError
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import WHOLE, PartialProgress, Progress, Tally
from desktop.domain.time.clock import from_wire, to_wire
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import BACKUP_TRIED
from desktop.runtime.files.atomic_file import require_space
from desktop.runtime.keys.recovery_code import parse_code
from desktop.runtime.keys.unlocked import Unlocked
from desktop.sealing.key_ring import KeyRing
from desktop.services.session import Session
from desktop.vault.blob_names import BlobNames

_UNPACKED, _COMPARED = 150, 300
"""Thousandths of the way: reading the file, and making its database's rows anew; evidence is the rest."""


@dataclass(frozen=True, slots=True)
class Drill:
    """What the copy of ``made_at`` gives back: ``entries`` of the journal, ``cases``, and ``evidence`` pieces, of which
    ``missing`` lie no longer beside it and ``damaged`` do not open or are not what they were; ``lacking`` more were
    lost here before it was made. ``unsound``: the database is not what its journal says. ``by_code``: opened by the
    printed code."""

    made_at: datetime
    entries: int
    cases: int
    evidence: int
    missing: int
    damaged: int
    lacking: int
    unsound: bool
    by_code: bool

    @property
    def whole(self) -> bool:
        """Whether nothing would be lost."""
        return not (self.missing or self.damaged or self.lacking or self.unsound)


def try_restore(
    session: Session, installation: Installation, file: Path, secret: str, progress: Progress
) -> Drill:
    """Try a copy, beside the data of ``installation``, with ``secret``: the officer's password of then, or the printed
    recovery code. That it is whole is noted in the journal.

    Raises:
        UserInputError: ``drill.wrong_secret``: it is neither the code nor this officer's password of then.
        WorldError: ``backup.foreign``, ``backup.damaged``, ``backup.newer``, ``disk.not_enough``; as
            :func:`desktop.app.backup.backup_chain.require_links`; as the disk does.
    """
    session.require(Permission.EXCHANGE)
    with working_folder(installation.paths.root / TRYING) as aside:
        contents, part = read_contents(file), PartialProgress(progress, 0, _UNPACKED)
        links = require_links(file, contents, Tally(part, digests_size(contents)))
        size = unpacked_size(file, contents)
        require_space(aside, size)
        unpack_all(file, links, aside, Tally(part, size))
        copy = Installation(aside, replace(installation.machine, counter=None))
        unlocked, by_code = _opened(copy, session.officer.number, secret)
        part = PartialProgress(progress, _UNPACKED, _COMPARED)
        ring = held_ring(unlocked.secrets)
        found = _compared(copy, unlocked, contents, BlobNames(ring), part)
        missing, damaged = _evidence(
            file, contents, found.digests, ring, PartialProgress(progress, _COMPARED, WHOLE)
        )
    done = Drill(
        contents.made_at, found.entries, found.cases, len(contents.blobs), missing, damaged, found.lost,
        found.unsound, by_code,
    )  # fmt: skip
    if done.whole:
        _note(session, done)
    return done


def last_drill(session: Session) -> datetime | None:
    """When a copy of this computer last proved whole."""
    with session.store.read() as reader:
        at = reader.current(device_subject(session.profile.device)).get("backup.tried_at")
    return from_wire(at) if isinstance(at, str) else None


def _opened(copy: Installation, number: str, secret: str) -> tuple[Unlocked, bool]:
    """What the secret opens, and whether it is the printed code. Failures count in the unpacked key file alone."""
    keys = copy.key_file()
    try:
        if _is_code(secret):
            return keys.unlock_with_recovery(secret), True
        return keys.unlock(number, secret), False
    except (UserInputError, RuleError) as error:
        raise UserInputError("drill.wrong_secret") from error


def _is_code(secret: str) -> bool:
    try:
        parse_code(secret)
    except UserInputError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Compared:
    """``lost``: evidence the journal names and the copy does not hold; ``unsound``: the database is not what its
    journal says; ``digests``: name of a sealed file → SHA-256 of its content."""

    entries: int
    cases: int
    lost: int
    unsound: bool
    digests: Mapping[str, str]


def _compared(
    copy: Installation,
    unlocked: Unlocked,
    contents: BackupContents,
    names: BlobNames,
    progress: Progress,
) -> _Compared:
    """What the copied database says."""
    from desktop.storage.store import SqlStore  # noqa: PLC0415 - SQLAlchemy costs 0.4 s at start

    key = unlocked.secrets[DATABASE_KEY]
    store = SqlStore.open(copy.paths.database, key, copy.profile(), copy.machine.clock)
    with store.closing():
        unsound = bool(store.verify(progress))
        with store.read() as reader:
            known = {blob.sha256 for blob in reader.known_blobs()}
            digests = {
                name: digest
                for digest in known
                for name in names.of(digest)
                if name in contents.blobs
            }
            lost = lacking(reader, set(digests.values()).__contains__)
            entries = sum(reader.heads().values())
            return _Compared(entries, len(reader.board()), lost, unsound, digests)


def _evidence(
    file: Path,
    contents: BackupContents,
    digests: Mapping[str, str],
    ring: KeyRing,
    progress: Progress,
) -> tuple[int, int]:
    """How many pieces are not beside the copy, and how many of the others do not hold."""
    beside = EvidenceBeside(file.parent, contents.device)
    total, done = sum(contents.blobs.values()), 0
    missing = damaged = 0
    for name, size in contents.blobs.items():
        vault = beside.vault(contents.folders.get(name, 1), ring)
        part = PartialProgress(progress, done * WHOLE // total, (done + size) * WHOLE // total)
        try:
            sound = vault.verify_file(name, digests.get(name, name), part)
        except WorldError as error:
            if error.code != "vault.missing":
                raise
            missing += 1
        else:
            if not sound:
                damaged += 1
                beside.set_aside(name, contents.folders.get(name, 1))
        done += size
        progress.advance(done, total)
    return missing, damaged


def _note(session: Session, done: Drill) -> None:
    at = to_wire(session.clock.now())
    fields = {"backup.tried_at": at, "backup.tried_of": to_wire(done.made_at)}
    with session.store.write() as transaction:
        subject = device_subject(session.profile.device)
        transaction.append(session.officer.number, NewEntry(BACKUP_TRIED, subject, fields))
