"""Files that are wholly there or not at all, and one translation of what the disk complains of."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from desktop.domain.errors import WorldError

_BY_ERRNO: Final = {
    errno.ENOSPC: "disk.full",
    errno.EDQUOT: "disk.full",
    errno.EFBIG: "disk.file_too_large",
    errno.EROFS: "disk.read_only",
    errno.EACCES: "disk.no_permission",
    errno.EPERM: "disk.no_permission",
    errno.ENOENT: "file.missing",
    errno.ENOTDIR: "file.missing",
    errno.EISDIR: "file.not_a_file",
    errno.EBUSY: "file.in_use",
    errno.ETXTBSY: "file.in_use",
    errno.ENAMETOOLONG: "file.name_too_long",
}

_BY_WINERROR: Final = {
    19: "disk.read_only",  # ERROR_WRITE_PROTECT
    32: "file.in_use",  # ERROR_SHARING_VIOLATION, mostly a virus scanner
    33: "file.in_use",  # ERROR_LOCK_VIOLATION
    39: "disk.full",  # ERROR_HANDLE_DISK_FULL
    112: "disk.full",  # ERROR_DISK_FULL
    223: "disk.file_too_large",  # ERROR_FILE_TOO_LARGE, FAT32
}

_PART: Final = ".part"


def world_error(error: OSError) -> WorldError:
    """What ``error`` means to a person. Carries no path: names of evidence files may be personal.

    Whatever is not known by number (EIO, ENXIO, ENODEV, ESTALE, …) is ``disk.failed``: a medium
    that answers in a way nobody foresaw is not to be trusted with the only copy.
    """
    code = _BY_WINERROR.get(getattr(error, "winerror", None) or 0)
    if code is None:
        code = _BY_ERRNO.get(error.errno or 0, "disk.failed")
    return WorldError(code, errno=error.errno or 0)


@contextlib.contextmanager
def disk_errors() -> Iterator[None]:
    """Within the block every ``OSError`` leaves as its :func:`world_error`."""
    try:
        yield
    except OSError as error:
        raise world_error(error) from error


def sync_names(folder: Path) -> None:
    """Make new names in ``folder`` survive a power cut; Windows has no such call and needs none.

    Raises ``OSError``; :func:`fsync_folder` is the same with the error told to a person.
    """
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_folder(folder: Path) -> None:
    """:func:`sync_names`, its errors as :class:`WorldError`."""
    with disk_errors():
        sync_names(folder)


@contextlib.contextmanager
def open_atomic(path: Path, *, mode: int = 0o600) -> Iterator[BinaryIO]:
    """A stream whose content becomes ``path`` when the block ends well, else vanishes.

    Temporary name in the same folder, fsync, rename, fsync of the folder. Disk errors, also those
    of the caller's writes, leave as :class:`WorldError`; the previous file is then untouched.
    """
    with _open_part(path, mode, Path.replace) as stream:
        yield stream


@contextlib.contextmanager
def open_new(path: Path) -> Iterator[BinaryIO]:
    """As :func:`open_atomic`, and replaces no file: what has the name meanwhile stays, and ``WorldError`` is raised."""
    with _open_part(path, 0o600, _give_free_name) as stream:
        yield stream


@contextlib.contextmanager
def _open_part(path: Path, mode: int, give: Callable[[Path, Path], object]) -> Iterator[BinaryIO]:
    """As :func:`open_atomic`; ``give(temporary, path)`` gives the name once all is on the disk."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}{_PART}")
    with disk_errors():
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
            with os.fdopen(descriptor, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            give(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
    fsync_folder(path.parent)


_BINARY: Final[int] = getattr(os, "O_BINARY", 0)


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that lack, for their owner alone from the first moment. Raises ``OSError``."""
    if not folder.parent.is_dir():
        make_private(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def open_private(path: Path) -> BinaryIO:
    """A new file for its owner alone, not durable and not whole before it is closed. Raises ``OSError``."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb")


def keep_private(path: Path) -> None:
    """Leave a file to its owner alone that an earlier program made readable for others. What can not be changed, on a
    medium without such modes or where it is not ours, stays."""
    with contextlib.suppress(OSError):
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode) and mode & 0o077:
            path.chmod(0o600)


def write_atomic(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write ``data`` as ``path``, wholly or not at all; see :func:`open_atomic`."""
    with open_atomic(path, mode=mode) as stream:
        stream.write(data)


def write_beside(path: Path, data: bytes, *, mode: int = 0o600) -> Path:
    """Write ``data`` as ``path`` and replace no file: the next free of ``name-2``, ``name-3``… takes it where another
    one has the name, and one with the same content is left as it is. Returns the file that now has the content.

    For names the program gives by itself, in a folder where others put files too. Raises as :func:`write_atomic`.
    """
    target, number = path, 1
    lost: Path | None = None
    """A name that another program took between the look and the writing; a share may show it later."""
    while True:
        with disk_errors():
            while target == lost or _is_taken(target):
                if _holds(target, data):
                    return target
                number += 1
                target = path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            with _open_part(target, mode, _give_free_name) as stream:
                stream.write(data)
        except WorldError as error:
            if not isinstance(error.__cause__, FileExistsError):
                raise
            lost = target
        else:
            return target


def _give_free_name(temporary: Path, path: Path) -> None:
    """Rename a file unless another has the name, which is ``FileExistsError``, whichever computer asks first."""
    if sys.platform == "win32":
        temporary.rename(path)  # replaces nothing there
        return
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a medium without links, as exFAT: one computer at a time has it
        if _is_taken(path):
            raise FileExistsError(errno.EEXIST, "taken") from None
        temporary.replace(path)
    else:
        temporary.unlink()


def _is_taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file has just this content. What can not be read is another's."""
    try:
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def remove_leftovers(folder: Path) -> int:
    """Remove what interrupted :func:`open_atomic` calls left in ``folder``; returns how many files.

    Only for a folder no live process writes to: the holder of the profile's lock calls it at start.
    """
    count = 0
    with disk_errors():
        for file in folder.glob(f".*{_PART}"):
            file.unlink(missing_ok=True)
            count += 1
    return count


def size_text(size: int) -> str:
    """``size`` bytes for people, as the windows and their system write it, 1,024 to the next unit: ``3.4 GB``."""
    value = float(size)
    for unit in ("B", "KB", "MB"):
        if value < 1024:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1024
    return f"{value:.1f} GB"


def require_space(folder: Path, need: int) -> None:
    """Raise ``WorldError("disk.not_enough")`` unless ``need`` bytes are free where ``folder`` is.

    Asked before long writes; a disk can still fill up meanwhile, which is then ``disk.full``.
    """
    with disk_errors():
        free = shutil.disk_usage(folder).free
    if free < need:
        raise WorldError("disk.not_enough", need=size_text(need), free=size_text(free))
