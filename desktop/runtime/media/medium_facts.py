"""What kind of medium a folder lies on: its name, its file system, and how long a file may get there."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Final

from desktop.domain.exchange.volumes import MediumFacts
from desktop.runtime.files.paths import holder_of, parse_mounts

FAT_LARGEST: Final = (1 << 32) - 1
"""FAT32 keeps the length of a file in 32 bits (Microsoft FAT specification, 2005, section 6)."""
_FAT: Final = frozenset({"vfat", "msdos", "fat", "fat12", "fat16", "fat32"})
_BY_SERIAL: Final = Path("/dev/disk/by-uuid")
_CARRIED_BELOW: Final = (Path("/run/media"), Path("/media"), Path("/mnt"))


def medium_facts(folder: Path) -> MediumFacts:
    """The medium ``folder`` lies on; raises ``OSError`` where it can not be asked."""
    free = shutil.disk_usage(folder).free
    label, file_system, serial = _kind(folder.absolute())
    return MediumFacts(label, file_system, free, largest_file(file_system), _place(folder), serial)


def _place(folder: Path) -> int:
    return folder.stat().st_dev


def largest_file(file_system: str) -> int | None:
    """The longest file in bytes, None where none of ours could reach the limit."""
    return FAT_LARGEST if file_system.lower() in _FAT else None


def label_of(mount: Path) -> str:
    """The name of a stick by where it is mounted: ``/run/media/<user>/STICK``; "" for what is not carried."""
    for base in _CARRIED_BELOW:
        if mount != base and mount.is_relative_to(base):
            return mount.name
    return ""


if sys.platform == "win32":
    import ctypes

    def _kind(folder: Path) -> tuple[str, str, str]:
        root = folder.resolve().anchor
        label, system = ctypes.create_unicode_buffer(261), ctypes.create_unicode_buffer(261)
        serial = ctypes.c_ulong()
        known = ctypes.windll.kernel32.GetVolumeInformationW(
            root, label, 261, ctypes.byref(serial), None, None, system, 261
        )
        if not known:
            return root, "", ""
        return f"{label.value} {root}".strip(), system.value, f"{serial.value:08X}"
else:

    def _kind(folder: Path) -> tuple[str, str, str]:
        try:
            table = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape")
        except OSError:
            return "", "", ""
        mounts = parse_mounts(table.splitlines())
        point, file_system = holder_of(folder.resolve(), mounts)
        return label_of(point), file_system, _serial(folder.stat().st_dev)

    def _serial(place: int) -> str:
        """As the system names its disks; "" where it names none."""
        try:
            names = list(_BY_SERIAL.iterdir())
        except OSError:
            return ""
        return next((path.name for path in names if _device(path) == place), "")

    def _device(path: Path) -> int | None:
        try:
            return path.stat().st_rdev
        except OSError:
            return None
