"""Safety copies of an installation, made while it is in use.

Database, evidence and keys are encrypted as they lie; the copy is opened by the same passwords and the same recovery
code, and by nothing else.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from desktop.app.backup.backup_chain import NEWS, keys_mark, links_to_follow, noted_text
from desktop.app.backup.backup_evidence import EvidenceBeside
from desktop.app.backup.backup_file import Link, digest_of, read_back, write_file
from desktop.app.profile.small_files import small_files
from desktop.app.profile.working_folder import COPYING, working_folder
from desktop.bundles.volumes.medium import LOCAL
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.installation.backup_summary import SUFFIX
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import SILENT, Progress
from desktop.domain.time.clock import from_wire, to_wire
from desktop.domain.time.local_time import CHINA
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import BACKUP_MADE
from desktop.runtime.files.atomic_file import disk_errors, make_private, open_private
from desktop.runtime.files.paths import ProfilePaths
from desktop.services.ports import Reader
from desktop.services.session import Session

_UNFIT: Final = re.compile(r"[^0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written and read back. ``copied`` of ``blobs`` were new in the folder; ``lacking`` more were
    recorded here and are not here any more, so that they are in no new backup either. ``follows``: the name of the
    whole backup to which this one adds what is new; "" for a whole one."""

    file: Path
    made_at: datetime
    size: int
    blobs: int
    copied: int
    lacking: int
    follows: str = ""


def make_backup(session: Session, paths: ProfilePaths, folder: Path, progress: Progress) -> Backup:
    """Copy everything to ``folder``, which is best on another medium.

    Raises:
        UserInputError: ``backup.inside`` for a folder within the data itself.
        WorldError: ``disk.not_enough`` with numbers before anything is written to ``folder``; ``backup.damaged``
            when what was written does not read back; ``backup.keys_changed`` when keys came or went meanwhile; as the
            disk does.
    """
    return _make(session, paths, folder, _Before(), progress)


def back_up_news(session: Session, paths: ProfilePaths, folder: Path, progress: Progress) -> Backup:
    """Add what is new to the last whole backup, where that and all since lie in ``folder`` and the keys are the same;
    else copy everything. Raises as :func:`make_backup`."""
    until, noted = session.store.noted_copies()
    links = links_to_follow(noted, folder, keys_mark(paths.key_file))
    return _make(session, paths, folder, _Before(links, until), progress)


@dataclass(frozen=True, slots=True)
class _Before:
    """The backups that what is new follows, the whole one first, and up to where they hold the journal: another seat
    may note its own meanwhile."""

    links: tuple[Link, ...] = ()
    until: Any = None


def _make(
    session: Session, paths: ProfilePaths, folder: Path, before: _Before, progress: Progress
) -> Backup:
    session.require(Permission.EXCHANGE)
    if folder.resolve().is_relative_to(paths.root.resolve()):
        raise UserInputError("backup.inside")
    now, links = session.clock.now(), before.links
    keys = keys_mark(paths.key_file)
    until = session.store.copied_until()  # before the copy, which holds at least that much
    with working_folder(paths.root / COPYING) as working:
        copy = working / (NEWS if links else paths.database.name)
        if links:
            session.store.copy_news_to(copy, before.until, progress)
        else:
            session.store.copy_to(copy, progress)
        # asked after the copy: whatever the copied journal names is then among them
        blobs = dict(_blobs(session))
        beside = EvidenceBeside(folder, session.profile.device)
        carried = beside.carry(blobs, copy.stat().st_size, progress)
        files = _taken(paths, working / "files") | {
            item.name: item for item in working.iterdir() if item.suffix in {".db", ".json"}
        }
        target = _free_name(folder, _file_name(session, now, news=bool(links)))
        write_file(target, session.profile, now, files, carried.sizes, carried.places, links)
    _prove(target)
    # Evidence may be sealed to a pair that is not in the copied key file.
    if keys_mark(paths.key_file) != keys:
        target.unlink(missing_ok=True)
        raise WorldError("backup.keys_changed")
    made = Link(target.name, target.stat().st_size, digest_of(target))
    _note(session, made.sha256, now)
    session.store.note_copied(until, noted_text((*links, made), keys))
    with session.store.read() as reader:
        lost = lacking(reader, blobs.__contains__)
    follows = links[0].name if links else ""
    return Backup(target, now, made.size, len(blobs), carried.copied, lost, follows)


def _prove(target: Path) -> None:
    """Read what lies on the medium; what does not hold is no backup and goes."""
    try:
        with disk_errors():
            LOCAL.forget_cache(target)
        read_back(target, SILENT)
    except WorldError:
        target.unlink(missing_ok=True)
        raise


def lacking(reader: Reader, held: Callable[[str], bool]) -> int:
    """How many pieces of evidence recorded on this computer are not ``held``, asked by SHA-256; what another one
    recorded may still be on its way."""
    known = (blob.sha256 for blob in reader.known_blobs())
    return sum(not held(name) and not reader.is_awaited(name) for name in known)


def has_backups(session: Session, folder: Path) -> bool:
    """Whether copies of this computer lie in ``folder``: a stick that is plugged in, and the right one."""
    return any(folder.glob(f"{_stem(session)}-*{SUFFIX}"))


def last_backup(session: Session) -> datetime | None:
    """When the newest backup of this computer was made."""
    with session.store.read() as reader:
        at = reader.current(device_subject(session.profile.device)).get("backup.at")
    return from_wire(at) if isinstance(at, str) else None


def _blobs(session: Session) -> Iterator[tuple[str, Path]]:
    """SHA-256 → sealed file of everything that is known and here."""
    with session.store.read() as reader:
        known = sorted({blob.sha256 for blob in reader.known_blobs()})
    for name in known:
        path = session.vault.file_of(name)
        if path is not None:
            yield name, path


def _taken(paths: ProfilePaths, aside: Path) -> dict[str, Path]:
    """The small files as they are at this moment: whoever unlocks the desk or changes a setting writes them anew while
    the large ones are copied."""
    taken = {name: aside / name for name in small_files(paths)}
    with disk_errors():
        for name, copy in taken.items():
            make_private(copy.parent)
            with (paths.root / name).open("rb") as source, open_private(copy) as target:
                shutil.copyfileobj(source, target)
    return taken


def _file_name(session: Session, now: datetime, *, news: bool) -> str:
    """``fanzha-620102540000-A-20261126-101500.fzbackup``, with ``-news`` for what is new."""
    end = f"-news{SUFFIX}" if news else SUFFIX
    return f"{_stem(session)}-{now.astimezone(CHINA):%Y%m%d-%H%M%S}{end}"


def _stem(session: Session) -> str:
    return f"fanzha-{_UNFIT.sub('', session.profile.unit_code)}-{session.profile.device_letter}"


def _free_name(folder: Path, name: str) -> Path:
    """A backup never replaces another, even one of the same second."""
    stem = name.removesuffix(SUFFIX)
    names = (f"{stem}{mark}{SUFFIX}" for mark in ("", *(f"-{n}" for n in range(2, 100))))
    return next((folder / name for name in names if not (folder / name).exists()), folder / name)


def _note(session: Session, sha256: str, now: datetime) -> None:
    fields = {"backup.at": to_wire(now), "backup.sha256": sha256}
    with session.store.write() as transaction:
        subject = device_subject(session.profile.device)
        transaction.append(session.officer.number, NewEntry(BACKUP_MADE, subject, fields))
