"""Where a bundle can be written: drives that can be carried away, with their free space."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStorageInfo

from desktop.domain.errors import WorldError
from desktop.runtime.media.eject import can_eject, eject
from desktop.runtime.media.medium_facts import medium_facts

_CARRIED_BELOW = ("/media/", "/run/media/", "/mnt/")
_PRESSED = frozenset({"iso9660", "udf", "cdfs", "squashfs", "tmpfs"})
"""File systems of no stick; any other that is read-only has its switch set."""
_FOREIGN = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p"})
"""Network file systems: the desk writes to nothing that is not in the room."""


@dataclass(frozen=True, slots=True)
class Drive:
    """A mounted medium. ``free`` in bytes; ``device``: what the system calls it, "" where it can not be let go;
    ``place``: its file system, see :class:`desktop.domain.exchange.volumes.MediumFacts`, 0 where it is not known."""

    root: Path
    label: str
    free: int
    device: str = ""
    place: int = 0
    locked: bool = False
    """Write-protected: shown, so that nobody wonders where the stick is that was just plugged in."""


class Drives(Protocol):
    """Lists drives; may be slow where a medium does not answer."""

    def carried(self) -> tuple[Drive, ...]:
        """Drives that can be carried away, in the order the system names them, those that can be written first."""
        ...

    def eject(self, drive: Drive) -> bool:
        """Let a drive go, so that it may be unplugged; False when the system would not."""
        ...


class SystemDrives:
    """The drives Qt knows. Not all systems say what is removable; places where sticks are mounted do."""

    def carried(self) -> tuple[Drive, ...]:
        """Drives beside the one the system runs from."""
        found = []
        for volume in QStorageInfo.mountedVolumes():
            if _usable(volume):
                root = Path(volume.rootPath())
                device = bytes(volume.device().data()).decode("utf-8", "replace")
                found.append(
                    Drive(
                        root,
                        volume.name() or root.name,
                        volume.bytesAvailable(),
                        device if can_eject() else "",
                        _place(root),
                        volume.isReadOnly(),
                    )
                )
        return tuple(sorted(found, key=lambda drive: drive.locked))

    def eject(self, drive: Drive) -> bool:
        """Let a drive go."""
        return eject(drive.root, drive.device)


def require_there(drive: Drive) -> None:
    """Raises ``WorldError("medium.gone")`` where the drive went away and left its folder behind: what is written there
    would stay on this computer. Slow where a medium does not answer."""
    if drive.place and _place(drive.root) != drive.place:
        raise WorldError("medium.gone")


def _place(root: Path) -> int:
    try:
        return medium_facts(root).place
    except OSError:
        return 0


def _usable(volume: QStorageInfo) -> bool:
    if not volume.isValid() or not volume.isReady() or volume.isRoot():
        return False
    kind = bytes(volume.fileSystemType().data()).decode("ascii", "replace").lower()
    if kind in _FOREIGN or (kind in _PRESSED and volume.isReadOnly()):
        return False
    root = volume.rootPath()
    if sys.platform == "win32":
        system = os.environ.get("SYSTEMDRIVE", "C:").upper()
        return not root.startswith("//") and not root.upper().startswith(system)
    return root.startswith(_CARRIED_BELOW)
