"""Whether the system has what Qt's windows need. Where a library or the display is missing, Qt itself ends the program
in English and with a core dump."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QLibraryInfo

from desktop.runtime.processes.shared_library import library_in

_X11: Final = "xcb"
_XCB: Final = "libxcb.so.1"
_PLUGIN: Final = Path("platforms") / "libqxcb.so"


def qt_plugins() -> Path:
    """Where Qt looks for its plugins, here and in a frozen build."""
    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))


def unloadable_library(
    environment: Mapping[str, str], plugins: Path, load: Callable[[str], object] = ctypes.CDLL
) -> str:
    """The file that an X11 window lacks; empty when all is there, or when other windows are asked for.

    ``plugins``: Qt's folder of plugins. What is loaded here Qt would load a moment later.
    """
    plugin = plugins / _PLUGIN
    if not (_on_x11(environment) and plugin.is_file()):
        return ""
    try:
        load(str(plugin))
    except OSError as error:
        return library_in(error) or plugin.name
    return ""


def display_answers(
    environment: Mapping[str, str], load: Callable[[str], Any] = ctypes.CDLL
) -> bool:
    """Whether the X server that ``DISPLAY`` names takes a connection; Qt would end the program where it does not.

    Other windows, and a system where this cannot be asked, are taken to answer.

    The connection stays open as long as the program: a server without another client starts again when its last one
    goes, and Qt's connection of a moment later would break.
    """
    if not _on_x11(environment):
        return True
    try:
        xcb = load(_XCB)
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    return not xcb.xcb_connection_has_error(connection)


def _on_x11(environment: Mapping[str, str]) -> bool:
    asked = environment.get("QT_QPA_PLATFORM") or _X11
    shown = bool(environment.get("DISPLAY")) and not environment.get("WAYLAND_DISPLAY")
    return shown and asked.startswith(_X11)
