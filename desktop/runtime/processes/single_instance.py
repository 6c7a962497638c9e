"""One running instance a profile.

The truth is a lock the operating system holds for the process and drops when the process dies,
however it dies; so a crash or a power cut never leaves the desk locked out. What the lock file
says (host, process, boot) only serves the message to the second instance, and tells the first
whether its predecessor ended properly.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from desktop.domain.errors import WorldError
from desktop.runtime.files.atomic_file import disk_errors, make_private
from desktop.runtime.files.plain_file import NO_FOLLOW, clear_way

_PATIENCE_S: Final = 60.0
_PAUSE_S: Final = 0.02
_LOCKED_BYTE: Final = 1 << 30
"""Windows locks bytes and then refuses to read them; this one lies far behind the text."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds a profile. ``started`` and ``boot`` tell a reused process number apart."""

    host: str
    pid: int
    boot: str
    started: str


def this_process() -> Owner:
    """The owner this process would be."""
    return Owner(platform.node(), os.getpid(), _boot_id(), process_start(os.getpid()))


def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


def process_start(pid: int) -> str:
    """Clock ticks from boot to the start of ``pid`` (Linux); empty when unknown or not running."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    # The second field is the program's name in brackets and may itself hold brackets and spaces.
    return stat.rpartition(")")[2].split()[19]


class SingleInstance:
    """Holds the profile's lock from :meth:`acquire` to :meth:`release`; also a context manager.

    ``after_crash``: a former instance did not end properly and nobody has swept its leftovers since.
    It outlasts a release, as one that comes before the sweep (a wrong password) has put nothing right.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1
        self._shared = False
        self.after_crash = False

    def acquire(self, *, shared: bool = False) -> None:
        """Take the lock, or raise ``profile.in_use`` with the owner's host and pid.

        ``shared``: others that share it may hold it too. Only the first of them learns of a crash, and only the last
        says that it ended properly.
        """
        with disk_errors():
            make_private(self._path.parent)
            clear_way(self._path)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | NO_FOLLOW, 0o600)
        self._shared = shared
        try:
            if not (shared and _joins(descriptor)):
                _require_lock(descriptor)
                with disk_errors():
                    self.after_crash = os.fstat(descriptor).st_size > 0
                    _write(descriptor, json.dumps(asdict(this_process())).encode("utf-8"))
                if shared and not self.after_crash:
                    _share(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor

    def alone(self) -> bool:
        """Whether nobody else shares the lock at this moment."""
        if not self._shared or self._descriptor < 0:
            return True
        # A lock that can not be raised is given back on the way.
        found = _try_lock(self._descriptor)
        _share(self._descriptor)
        return found

    def swept(self) -> None:
        """Leftovers of the crash are gone."""
        self.after_crash = False

    def let_in(self) -> None:
        """Whoever shares may come in from now on: what only one may do is done."""
        if self._shared and self._descriptor >= 0:
            _share(self._descriptor)

    def release(self) -> None:
        """Give the profile back. The file stays: another instance may be about to lock it."""
        if self._descriptor < 0:
            return
        descriptor, self._descriptor = self._descriptor, -1
        try:
            if not self.after_crash and (not self._shared or _try_lock(descriptor)):
                _write(descriptor, b"")
        except OSError:
            # The lock goes with the descriptor; at worst the next start sweeps in vain.
            return
        finally:
            os.close(descriptor)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _joins(descriptor: int) -> bool:
    """Whether others share the lock and this process does now; False for the first, who has it alone now.

    Whoever comes first after a crash tidies up before others come in, so it may take a while.
    """
    latest = time.monotonic() + _PATIENCE_S
    while not _try_lock(descriptor):
        if _try_lock(descriptor, shared=True):
            return True
        if time.monotonic() > latest:
            return False
        time.sleep(_PAUSE_S)
    return False


def _require_lock(descriptor: int) -> None:
    if not _try_lock(descriptor):
        owner = _read_owner(descriptor)
        raise WorldError("profile.in_use", host=owner.host, pid=owner.pid)


def _write(descriptor: int, data: bytes) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, data)


def _read_owner(descriptor: int) -> Owner:
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        document = json.loads(os.read(descriptor, 4096))
        return Owner(
            str(document["host"]),
            int(document["pid"]),
            str(document["boot"]),
            str(document["started"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Owner("?", 0, "", "")


if sys.platform == "win32":
    import msvcrt

    def _share(descriptor: int) -> None:
        """Nothing: see below."""

    def _try_lock(descriptor: int, *, shared: bool = False) -> bool:
        if shared:
            return False  # Windows knows no such lock: there one process at a time has the profile
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _share(descriptor: int) -> None:
        # Waiting, for between the two locks somebody else may have come in alone, who then takes over what is to be
        # done alone.
        with disk_errors():
            fcntl.flock(descriptor, fcntl.LOCK_SH)

    def _try_lock(descriptor: int, *, shared: bool = False) -> bool:
        # Not lockf: a POSIX record lock is lost as soon as any descriptor of the file closes.
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
