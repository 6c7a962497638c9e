"""The stick or disk a volume is written to: the few calls that can fail, and what failure means."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from desktop.bundles.volumes.layout import PART_SUFFIX, is_volume_name
from desktop.domain.errors import WorldError
from desktop.runtime.files.atomic_file import size_text, sync_names, world_error
from desktop.runtime.files.writeback import RawOutput
from desktop.runtime.media.medium_facts import medium_facts

_GONE: Final = {
    errno.EIO, errno.ENXIO, errno.ENODEV, errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENOTCONN,
    errno.EBADF,
}  # fmt: skip
_GONE_WINDOWS: Final = {3, 15, 21, 31, 55, 433, 1006, 1112, 1117, 1167}
_FULL: Final = "disk.full"
_READ_ONLY: Final = "disk.read_only"


class PartFile(Protocol):
    """A file being written."""

    def write(self, data: memoryview, /) -> object:
        """Write all of ``data``."""
        ...

    def sync(self) -> None:
        """Make what was written survive a power cut."""
        ...

    def close(self) -> None:
        """Close; may be called twice."""
        ...


class Medium(Protocol):
    """Where volumes are written. Every method may raise ``OSError``."""

    def free(self, folder: Path) -> int:
        """Octets free where ``folder`` is."""
        ...

    def create(self, path: Path) -> PartFile:
        """Open a new file for writing, replacing a leftover of the same name."""
        ...

    def forget_cache(self, path: Path) -> None:
        """Ask the system to read the file from the medium next time, where it can be asked."""
        ...

    def place(self, folder: Path) -> int:
        """The file system that is at ``folder`` now, see :class:`desktop.domain.exchange.volumes.MediumFacts`."""
        ...

    def publish(self, part: Path, final: Path) -> None:
        """Rename and make the new name durable."""
        ...

    def remove(self, path: Path) -> None:
        """Remove a file if it is there."""
        ...


class LocalMedium:
    """The real thing."""

    def free(self, folder: Path) -> int:
        """Octets free where ``folder`` is."""
        return shutil.disk_usage(folder).free

    def create(self, path: Path) -> PartFile:
        """Open a new file for writing, replacing a leftover of the same name."""
        return _open_locked(path)

    def forget_cache(self, path: Path) -> None:
        """Ask the system to read the file from the medium next time, where it can be asked."""
        if sys.platform == "linux":
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(descriptor)

    def place(self, folder: Path) -> int:
        """The file system that is at ``folder`` now."""
        return medium_facts(folder).place

    def publish(self, part: Path, final: Path) -> None:
        """Rename and make the new name durable."""
        part.replace(final)
        sync_names(final.parent)

    def remove(self, path: Path) -> None:
        """Remove a file if it is there."""
        path.unlink(missing_ok=True)


LOCAL: Final[Medium] = LocalMedium()


@contextlib.contextmanager
def medium_errors(folder: Path, need: int = 0) -> Iterator[None]:
    """Within the block ``OSError`` leaves as a :class:`WorldError`: disk.full, medium.gone, disk.…"""
    try:
        yield
    except OSError as error:
        raise _translate(error, folder, need) from error


def require_space(medium: Medium, folder: Path, need: int) -> None:
    """Refuse with disk.not_enough and both figures before the first octet is written."""
    with medium_errors(folder, need):
        free = medium.free(folder)
    if free < need:
        raise WorldError("disk.not_enough", need=size_text(need), free=size_text(free))


def require_place(medium: Medium, folder: Path, place: int) -> None:
    """Refuse with medium.gone where ``folder`` is on another file system by now: a stick that was pulled out may leave
    its folder behind, and what is written there lies on this computer's own disk."""
    with medium_errors(folder):
        if medium.place(folder) != place:
            raise WorldError("medium.gone")


def part_path(final: Path) -> Path:
    """The temporary name of ``final``, in the same folder."""
    return final.with_name(final.name + PART_SUFFIX)


def sweep_leftovers(folder: Path) -> int:
    """Remove the unfinished volumes that a power cut or a pulled stick left in ``folder``; how many.

    Only files named as we name them, and none that is being written right now.
    """
    count = 0
    with medium_errors(folder):
        for path in folder.iterdir():
            name = path.name.removesuffix(PART_SUFFIX)
            if name == path.name or not is_volume_name(name):
                continue
            if path.is_file() and not path.is_symlink() and not _is_locked(path):
                path.unlink(missing_ok=True)
                count += 1
    return count


def _open_locked(path: Path) -> RawOutput:
    """An emptied file, locked while it is open so that no sweep takes it for a leftover."""
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        _lock(descriptor)
        os.ftruncate(descriptor, 0)
    except OSError:
        os.close(descriptor)
        raise
    return RawOutput(descriptor)


def _translate(error: OSError, folder: Path, need: int) -> WorldError:
    known = world_error(error)
    if known.code == _FULL:
        return WorldError(_FULL, need=size_text(need), free=_free_text(folder))
    if known.code == _READ_ONLY:  # a folder that could not be made there is not there either
        return known
    number = getattr(error, "winerror", None)
    if error.errno in _GONE or number in _GONE_WINDOWS or not folder.is_dir():
        return WorldError("medium.gone")
    return known


def _free_text(folder: Path) -> str:
    try:
        return size_text(shutil.disk_usage(folder).free)
    except OSError:
        return size_text(0)


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        """Windows refuses to delete an open file by itself."""

    def _is_locked(path: Path) -> bool:
        try:
            os.close(os.open(path, os.O_RDWR))
        except OSError:
            return True
        return False

else:
    import fcntl

    _HELD: Final = {errno.EAGAIN, errno.EACCES}

    def _lock(descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _HELD:
                raise OSError(errno.EBUSY, "held") from error
            # Some file systems have no locks; then nobody else holds one either.

    def _is_locked(path: Path) -> bool:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in _HELD
        finally:
            os.close(descriptor)
        return False
