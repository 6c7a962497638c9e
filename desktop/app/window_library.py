"""Whether the system has what Qt's windows need. Where a library is missing, Qt itself ends the program in English and
with a core dump."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo

_X11: Final = "xcb"
_PLUGIN: Final = Path("platforms") / "libqxcb.so"


def qt_plugins() -> Path:
    """Where Qt looks for its plugins, here and in a frozen build."""
    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))


def missing_library(
    environment: Mapping[str, str], plugins: Path, load: Callable[[str], object] = ctypes.CDLL
) -> str:
    """The file that an X11 window lacks; empty when all is there, or when other windows are asked for.

    ``plugins``: Qt's folder of plugins. What is loaded here Qt would load a moment later.
    """
    asked = environment.get("QT_QPA_PLATFORM") or _X11
    plugin = plugins / _PLUGIN
    on_x11 = bool(environment.get("DISPLAY")) and not environment.get("WAYLAND_DISPLAY")
    if not (on_x11 and asked.startswith(_X11) and plugin.is_file()):
        return ""
    try:
        load(str(plugin))
    except OSError as error:  # "libxcb-cursor.so.0: cannot open shared object file: …"
        return Path(str(error).partition(":")[0]).name
    return ""
