"""Where tests keep what need not outlive them: on a file system in memory, where syncing costs nothing."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a place to look for, not to rely on


def quick_place() -> TemporaryDirectory[str]:
    """A folder of one's own there, or among the usual temporary ones where there is no such file system."""
    return TemporaryDirectory(prefix="fanzha-", dir=_MEMORY if _MEMORY.is_dir() else None)
