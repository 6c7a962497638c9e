"""Before a new version of the program opens data for the first time: a copy of journal, keys and settings, read back.

Nobody has signed in, so everything is taken as it lies, encrypted. Evidence is not in it: no version changes evidence.
``fanzha restore`` and the assistant take such a copy back, into a folder whose evidence stayed where it was.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from desktop import __version__
from desktop.app.backup.backup_file import read_back, write_file
from desktop.app.profile.profile_file import read_profile
from desktop.app.profile.small_files import small_files
from desktop.bundles.volumes.medium import LOCAL
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.installation.backup_summary import SUFFIX
from desktop.domain.progress import Progress, Tally
from desktop.domain.time.clock import Clock
from desktop.domain.time.local_time import CHINA
from desktop.runtime.files.atomic_file import disk_errors, require_space, write_atomic
from desktop.runtime.files.paths import ProfilePaths
from desktop.runtime.files.plain_file import NotPlainError, clear_way, read_plain_text
from desktop.runtime.processes.single_instance import SingleInstance

_KEPT: Final = 2
"""Copies kept in the profile; on another medium all of them stay."""
_LOG: Final = "-wal"
"""What the database had not taken over when the power failed; a copy without it would lack the last entries."""
_REST: Final = 1 << 20
"""Octets that the list and the frame of a copy take."""


def copy_due(paths: ProfilePaths) -> bool:
    """Whether another version opened these data last. What no version signed is older than this rule."""
    return paths.exists() and _last_version(paths) != __version__


def note_version(paths: ProfilePaths) -> None:
    """These data are this version's from now on."""
    with disk_errors():
        clear_way(paths.version)
    write_atomic(paths.version, __version__.encode())


def copy_before_upgrade(
    paths: ProfilePaths, clock: Clock, progress: Progress, folder: Path | None = None
) -> Path:
    """Copy to ``folder``, else into the profile, read the copy back, and let this version open the data.

    Raises:
        UserInputError: ``backup.inside`` for a folder within the data that is not the copies' own.
        WorldError: ``profile.in_use``; ``disk.not_enough`` with numbers before anything is written; ``backup.damaged``
            when it does not read back; as the disk does.
    """
    if folder is not None and folder.resolve().is_relative_to(paths.root.resolve()):
        raise UserInputError("backup.inside")
    with SingleInstance(paths.lock):
        if folder is None:
            with disk_errors():
                clear_way(paths.before_upgrade, for_folder=True)
        target = _written(paths, clock, progress, folder or paths.before_upgrade)
        note_version(paths)
    if folder is None:
        _forget_old(paths.before_upgrade)
    return target


def _written(paths: ProfilePaths, clock: Clock, progress: Progress, folder: Path) -> Path:
    profile, now = read_profile(paths.root), clock.now()
    files = {name: paths.root / name for name in small_files(paths)}
    names = (paths.database.name, paths.database.name + _LOG)
    files |= {name: paths.root / name for name in names if (paths.root / name).is_file()}
    with disk_errors():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        size = sum(path.stat().st_size for path in files.values())
    require_space(folder, size + _REST)
    tally = Tally(progress, 2 * size)
    stem = f"fanzha-{profile.unit_code}-{profile.device_letter}-before-{__version__}"
    target = folder / f"{stem}-{now.astimezone(CHINA):%Y%m%d-%H%M%S}{SUFFIX}"
    write_file(target, profile, now, files, {}, {})
    tally.add(size)
    try:
        with disk_errors():
            LOCAL.forget_cache(target)
        read_back(target, _ReadBackProgress(progress, size))
    except WorldError:
        target.unlink(missing_ok=True)
        raise
    return target


class _ReadBackProgress:
    """Progress of reading, after as much was written."""

    def __init__(self, progress: Progress, written: int) -> None:
        self._progress, self._written = progress, written

    def advance(self, done: int, _total: int) -> None:
        """As far as both are."""
        self._progress.advance(self._written + done, 2 * self._written)

    def check(self) -> None:
        """As the person watching says."""
        self._progress.check()


def _last_version(paths: ProfilePaths) -> str:
    try:
        return read_plain_text(paths.version).strip()
    except (FileNotFoundError, NotPlainError):
        return ""


def _forget_old(folder: Path) -> None:
    copies = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime)
    for old in copies[:-_KEPT]:
        old.unlink(missing_ok=True)
