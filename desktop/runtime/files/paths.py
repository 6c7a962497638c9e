"""Where a profile keeps what, and the refusal of places that lose data."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.errors import WorldError
from desktop.runtime.files.atomic_file import disk_errors, make_private

PROFILE_VARIABLE: Final = "FANZHA_PROFILE"
NEWS_FOLDER: Final = "news"
"""Beside a restored database, until it is opened: what came after the copy it was restored from."""

_NETWORK: Final = frozenset(
    {
        "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre",
        "ncpfs", "nfs", "nfs4", "orangefs", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs",
    }
)  # fmt: skip
_NETWORK_FUSE: Final = (
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.glusterfs",
    "fuse.davfs",
    "fuse.s3fs",
    "fuse.gvfsd",
    "fuse.ceph",
    "fuse.vmhgfs",
    "fuse.curlftpfs",
    "fuse.smbnetfs",
)
_WINDOWS_REMOTE_DRIVE: Final = 4


@dataclass(frozen=True, slots=True)
class ProfilePaths:
    """Every file and folder of one installation's data, below ``root``."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLCipher database."""
        return self.root / "desk.db"

    @property
    def key_file(self) -> Path:
        """The wrapped secrets; nothing opens without it."""
        return self.root / "keys.json"

    @property
    def escrow_answer_key(self) -> Path:
        """What opens the one answer of the centre that is awaited; there only while one is."""
        return self.root / "escrow-answer.key"

    @property
    def vault(self) -> Path:
        """Encrypted evidence, by names that tell nothing of it."""
        return self.root / "vault"

    @property
    def drafts(self) -> Path:
        """Encrypted leftovers of unfinished reports that do not fit the database."""
        return self.root / "drafts"

    @property
    def packages(self) -> Path:
        """Packages of the centre that were taken in, a folder each."""
        return self.root / "packs"

    @property
    def inbox(self) -> Path:
        """Volumes that wait to be looked at."""
        return self.root / "inbox"

    @property
    def quarantine(self) -> Path:
        """Volumes that were refused, each with its reason."""
        return self.root / "inbox" / "quarantine"

    @property
    def out(self) -> Path:
        """Volumes made here, until the receiver's receipt came."""
        return self.root / "out"

    @property
    def cache(self) -> Path:
        """What libraries of fonts and graphics can make anew."""
        return self.root / "cache"

    @property
    def logs(self) -> Path:
        """The folder of the program's log."""
        return self.root / "log"

    @property
    def log(self) -> Path:
        """The program's log."""
        return self.logs / "fanzha.log"

    @property
    def settings(self) -> Path:
        """What the officer chose: language, appearance, idle lock."""
        return self.root / "settings.toml"

    @property
    def lock(self) -> Path:
        """Held while an instance runs."""
        return self.root / "instance.lock"

    @property
    def version(self) -> Path:
        """The version of the program that opened these data last."""
        return self.root / "program-version"

    @property
    def before_upgrade(self) -> Path:
        """Copies made before a new version opened the data."""
        return self.root / "before-upgrade"

    @property
    def waiting_seat(self) -> Path:
        """There while a PC waits for the approval of the centre that it is to join: its card."""
        return self.root / "seat.card"

    @property
    def unfinished(self) -> Path:
        """There while a profile is being made, so that half of one is told from one that lost its key file."""
        return self.root / "unfinished"

    def exists(self) -> bool:
        """Whether a profile was made here. Without its key file it still counts, unless it never had one."""
        return self.key_file.exists() or (self.database.exists() and not self.unfinished.exists())

    def forget_database(self) -> None:
        """Remove what a making that was cut short left of a database, its log above all: it would be played into the
        next one. Only where there is no profile; what was moved to a server keeps lying there."""
        with disk_errors():
            for suffix in ("", "-wal", "-shm", "-journal", "-health"):
                self.root.joinpath(self.database.name + suffix).unlink(missing_ok=True)
            shutil.rmtree(self.root / NEWS_FOLDER, ignore_errors=True)

    def create(self) -> None:
        """Make the folders, readable by nobody else. Refuses network shares."""
        assert_local_disk(self.root)
        with disk_errors():
            for folder in (
                self.root,
                self.vault,
                self.drafts,
                self.quarantine,
                self.out,
                self.logs,
            ):
                make_private(folder)


def default_profile_folder() -> Path:
    """``FANZHA_PROFILE``, else the per-user data folder of the operating system."""
    chosen = os.environ.get(PROFILE_VARIABLE)
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "FanzhaDesk"
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "fanzha-desk"


def rollback_counter(device: str) -> Path:
    """The one file outside of a profile: how far the journal of ``device`` has come, for this user of this PC. See
    :mod:`desktop.runtime.files.rollback_counter`."""
    local = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_DATA_HOME", "")
    usual = "~/AppData/Local" if sys.platform == "win32" else "~/.local/share"
    folder = local or os.path.expanduser(usual)  # noqa: PTH111 - Path.expanduser raises where there is no home
    name = hashlib.sha256(device.encode()).hexdigest()[:16]
    return Path(folder) / f"fanzha-desk-rollback-counter-{name}.json"


def assert_local_disk(path: Path) -> None:
    """Raise ``WorldError("disk.network")`` if ``path`` is, or would be made, on a network share.

    WAL databases need shared memory that network file systems do not give; a cut connection there
    is a lost database. A place whose kind cannot be told is taken for local.
    """
    kind = _share(path)
    if kind:
        raise WorldError("disk.network", kind=kind)


def parse_mounts(lines: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """(mount point, file system) of each line of ``/proc/mounts``; spaces are octal escapes."""
    for line in lines:
        parts = line.split(" ")
        if len(parts) >= 3:
            point = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), parts[1])
            yield Path(point), parts[2]


def file_system_of(path: Path, mounts: Iterable[tuple[Path, str]]) -> str:
    """The file system that holds the absolute ``path``; the last mount over a point counts."""
    return holder_of(path, mounts)[1]


def holder_of(path: Path, mounts: Iterable[tuple[Path, str]]) -> tuple[Path, str]:
    """Mount point and file system that hold the absolute ``path``."""
    best, found = -1, (Path(path.anchor), "")
    for point, file_system in mounts:
        depth = len(point.parts)
        if depth >= best and path.is_relative_to(point):
            best, found = depth, (point, file_system)
    return found


if sys.platform == "win32":
    import ctypes

    def _share(path: Path) -> str:
        root = path.resolve().anchor
        if root.startswith("\\\\"):
            return "UNC"
        remote = ctypes.windll.kernel32.GetDriveTypeW(root) == _WINDOWS_REMOTE_DRIVE
        return "network drive" if remote else ""
else:

    def _share(path: Path) -> str:
        try:
            table = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape")
        except OSError:
            return ""
        kind = file_system_of(path.resolve(), parse_mounts(table.splitlines()))
        return kind if kind in _NETWORK or kind.startswith(_NETWORK_FUSE) else ""
