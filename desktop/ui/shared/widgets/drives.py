"""Where a bundle can be written: drives that can be carried away, with their free space."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStorageInfo

from desktop.runtime.eject import can_eject, eject

_CARRIED_BELOW = ("/media/", "/run/media/", "/mnt/")
_FOREIGN = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p"})
"""Network file systems: the desk writes to nothing that is not in the room."""


@dataclass(frozen=True, slots=True)
class Drive:
    """A mounted medium. ``free`` in bytes; ``device``: what the system calls it, "" where it can not be let go."""

    root: Path
    label: str
    free: int
    device: str = ""


class Drives(Protocol):
    """Lists drives; may be slow where a medium does not answer."""

    def carried(self) -> tuple[Drive, ...]:
        """Writable drives that can be carried away, in the order the system names them."""
        ...

    def eject(self, drive: Drive) -> bool:
        """Let a drive go, so that it may be unplugged; False when the system would not."""
        ...


class SystemDrives:
    """The drives Qt knows. Not all systems say what is removable; places where sticks are mounted do."""

    def carried(self) -> tuple[Drive, ...]:
        """Writable drives beside the one the system runs from."""
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
                    )
                )
        return tuple(found)

    def eject(self, drive: Drive) -> bool:
        """Let a drive go."""
        return eject(drive.root, drive.device)


def _usable(volume: QStorageInfo) -> bool:
    if not volume.isValid() or not volume.isReady() or volume.isReadOnly() or volume.isRoot():
        return False
    if bytes(volume.fileSystemType().data()).decode("ascii", "replace").lower() in _FOREIGN:
        return False
    root = volume.rootPath()
    if sys.platform == "win32":
        system = os.environ.get("SYSTEMDRIVE", "C:").upper()
        return not root.startswith("//") and not root.upper().startswith(system)
    return root.startswith(_CARRIED_BELOW)
