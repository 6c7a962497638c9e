"""What Qt and what lies below it would keep of an officer's work outside the profile, arranged before they begin."""

from __future__ import annotations

import contextlib
import os
from collections.abc import MutableMapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings

_CACHES: Final = "XDG_CACHE_HOME"
_OF_ALL_QT_PROGRAMS: Final = "QtProject"
_VISITED: Final = ("FileDialog/history", "FileDialog/lastVisited")
"""Folders that file dialogs were in: of victims' phones, by name."""


def keep_nothing_outside(cache: Path, environment: MutableMapping[str, str]) -> None:
    """Before the application is made: caches of fonts and graphics lie in ``cache``, and Qt remembers no folder.

    Where ``cache`` can not be made, as there is no installation yet, nothing is cached.
    """
    with contextlib.suppress(OSError):
        if cache.parent.is_dir():
            cache.mkdir(mode=0o700, exist_ok=True)
    environment[_CACHES] = str(cache)
    environment["__GL_SHADER_DISK_CACHE"] = "0"  # one driver has a place of its own for it
    forget_visited_folders()
    QSettings.setPath(
        QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(Path(os.devnull) / "nowhere")
    )


def forget_visited_folders() -> None:
    """Remove what earlier programs had Qt remember; other choices in that file stay."""
    stored = QSettings(QSettings.Scope.UserScope, _OF_ALL_QT_PROGRAMS)
    for name in _VISITED:
        if stored.contains(name):
            stored.remove(name)
    stored.sync()
