"""An installation made anew from a safety copy: looked at first, then all of it or nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from desktop.app.backup.backup_chain import (
    digests_size,
    require_links,
    unpack_all,
    unpacked_size,
)
from desktop.app.backup.backup_evidence import EvidenceBeside, copy_whole
from desktop.app.backup.backup_file import BackupContents, read_back, read_contents
from desktop.app.profile.working_folder import working_folder
from desktop.domain.errors import WorldError
from desktop.domain.installation.backup_summary import BackupSummary
from desktop.domain.progress import Progress, Tally
from desktop.domain.time.clock import to_wire
from desktop.runtime.files.atomic_file import (
    disk_errors,
    fsync_folder,
    make_private,
    require_space,
    write_atomic,
)
from desktop.runtime.files.paths import ProfilePaths, assert_local_disk
from desktop.runtime.processes.single_instance import SingleInstance
from desktop.vault.layout import VaultLayout

RESTORED: Final = "restored"
"""There from a restore until the next sign-in, which tells of it."""


def look_at_backup(file: Path, progress: Progress) -> BackupSummary:
    """What a backup holds, every octet of it and of those it follows read and checked; evidence beside it by name and
    size.

    Raises:
        WorldError: ``backup.foreign``, ``backup.damaged``, ``backup.newer``; as
            :func:`desktop.app.backup.backup_chain.require_links`; as the disk does.
    """
    contents = read_back(file, progress)
    require_links(file, contents, Tally(progress, digests_size(contents)))
    return _summary(contents, _evidence(file, contents))


def restore_backup(file: Path, root: Path, progress: Progress) -> BackupSummary:
    """Make the installation of a backup anew at ``root``. Until all of it is there, there is no installation.

    Raises:
        WorldError: ``profile.exists`` unless ``root`` holds no installation; ``disk.not_enough`` with numbers before
            anything is written; otherwise like :func:`look_at_backup`.
    """
    paths = ProfilePaths(root)
    _require_none(paths)
    contents = read_contents(file)
    evidence = _evidence(file, contents)
    assert_local_disk(root)
    with SingleInstance(paths.lock):
        _require_none(paths)
        with working_folder(paths.root / ".restore") as aside:
            links = require_links(file, contents, Tally(progress, digests_size(contents)))
            size = unpacked_size(file, contents)
            size += sum(contents.blobs[name] for name in evidence)
            require_space(aside, size)
            tally = Tally(progress, size)
            unpack_all(file, links, aside, tally)
            vault = VaultLayout(ProfilePaths(aside).vault)
            for name, source in evidence.items():
                copy_whole(source, vault.blob(name), tally)
            write_atomic(aside / RESTORED, to_wire(contents.made_at).encode())
            _put_in_place(aside, paths)
    return _summary(contents, evidence)


def _require_none(paths: ProfilePaths) -> None:
    if paths.exists():
        raise WorldError("profile.exists")


def _summary(contents: BackupContents, evidence: Mapping[str, Path]) -> BackupSummary:
    return BackupSummary(
        contents.device, contents.unit_name, contents.letter, contents.made_at,
        len(contents.blobs), len(contents.blobs) - len(evidence),
    )  # fmt: skip


def _evidence(file: Path, contents: BackupContents) -> dict[str, Path]:
    """What lies whole beside the backup, by the name of its file."""
    beside = EvidenceBeside(file.parent, contents.device)
    found = {}
    with disk_errors():
        for name, size in contents.blobs.items():
            source = beside.copy_of(name, contents.folders.get(name, 1))
            if source is not None and source.is_file() and source.stat().st_size == size:
                found[name] = source
    return found


def _put_in_place(aside: Path, paths: ProfilePaths) -> None:
    """Names only, so that it takes no time and no room; the key file comes last, for with it there is an
    installation. A crash before that leaves a folder marked as unfinished, which the next attempt takes over."""
    key_file = aside / paths.key_file.name
    if not key_file.is_file():
        raise WorldError("backup.damaged")
    paths.create()
    write_atomic(paths.unfinished, b"")
    paths.forget_database()
    with disk_errors():
        for path in sorted(aside.rglob("*")):
            if path.is_file() and path != key_file:
                target = paths.root / path.relative_to(aside)
                make_private(target.parent)
                path.replace(target)
        fsync_folder(paths.root)
        key_file.replace(paths.key_file)
        fsync_folder(paths.root)
    with contextlib.suppress(OSError):  # it counts no longer; the next sign-in removes it
        paths.unfinished.unlink()
