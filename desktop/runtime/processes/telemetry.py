"""The engine that reads pictures (onnxruntime, since 1.29) tells its maker of each use, unless it is told not to before
it is loaded. Before this program told it, it kept a device's id, a database of events and the state of a session."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

VARIABLE: Final = "ORT_DISABLE_TELEMETRY"
_FOLDER: Final = Path("Microsoft", "DeveloperTools", ".onnxruntime")
_SESSION: Final = ".ses"
_SHORT: Final = 256
"""Octets; the state of a session is a number and an id."""


def switch_off_telemetry() -> None:
    """For this process and those it starts. Before the engine is loaded: it looks once."""
    os.environ[VARIABLE] = "1"


def remove_telemetry() -> None:
    """Remove what was kept, as far as the system lets it go."""
    for cache in _caches():
        folder = cache / _FOLDER
        if folder.is_dir() and not folder.is_symlink():
            for path in (*folder.glob("onnxruntime.db*"), *folder.glob("deviceid*")):
                _remove(path)
            for empty in (folder, folder.parent, folder.parent.parent):
                with contextlib.suppress(OSError):
                    empty.rmdir()
    session = Path(tempfile.gettempdir()) / _SESSION
    with contextlib.suppress(OSError):
        found = session.lstat()
        own = sys.platform == "win32" or found.st_uid == os.geteuid()
        if own and stat.S_ISREG(found.st_mode) and found.st_size <= _SHORT:
            _remove(session)


def _caches() -> Iterator[Path]:
    """Where programs of this user keep what they can make anew."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        folder = os.environ.get(name)
        if folder:
            yield Path(folder)
    with contextlib.suppress(RuntimeError):  # no home
        yield Path.home() / ".cache"


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
