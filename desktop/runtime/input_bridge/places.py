"""Where the session bus and the input methods of a session are, by what the session says."""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_PIDS: Final = struct.Struct("@ii")
"""Behind the address in the file of fcitx 4: its bus, and itself."""
_MACHINE_IDS: Final = (Path("/var/lib/dbus/machine-id"), Path("/etc/machine-id"))


def session_bus(environment: Mapping[str, str]) -> str:
    """The address of the session bus, ``""`` where there is none."""
    named = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    if named:
        return named
    socket = Path(environment.get("XDG_RUNTIME_DIR", "")) / "bus"
    return f"unix:path={socket}" if socket.is_absolute() and socket.is_socket() else ""


def fcitx_bus(environment: Mapping[str, str]) -> str:
    """The address of the bus that fcitx 4 has for itself, ``""`` where it has none or is gone.

    fcitx 5 writes the same file with no processes in it: it is to be found on the session bus.
    """
    named = environment.get("FCITX_DBUS_ADDRESS", "")
    if named:
        return named
    name = f"{_machine_id()}-{_display_number(environment)}"
    try:
        content = (_configuration(environment) / "fcitx" / "dbus" / name).read_bytes()
    except OSError:
        return ""
    address, _, rest = content.partition(b"\0")
    if len(rest) != _PIDS.size or not all(map(_lives, _PIDS.unpack(rest))):
        return ""
    return address.decode("utf-8", "replace")


def fcitx_name(environment: Mapping[str, str]) -> str:
    """The name of fcitx 4 on a bus."""
    return f"org.fcitx.Fcitx-{_display_number(environment)}"


def ibus_runs(environment: Mapping[str, str]) -> bool:
    """Whether the file in which IBus tells its address names a living process."""
    named = environment.get("IBUS_ADDRESS_FILE", "")
    path = Path(named) if named else _ibus_file(environment)
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    values = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    pid = values.get("IBUS_DAEMON_PID", "")
    return bool(values.get("IBUS_ADDRESS")) and pid.isascii() and pid.isdigit() and _lives(int(pid))


def _ibus_file(environment: Mapping[str, str]) -> Path:
    host, _, rest = environment.get("DISPLAY", "").partition(":")
    number = environment.get("WAYLAND_DISPLAY", "") or rest.partition(".")[0] or "0"
    name = f"{_machine_id()}-{host or 'unix'}-{number}"
    return _configuration(environment) / "ibus" / "bus" / name


def _configuration(environment: Mapping[str, str]) -> Path:
    named = environment.get("XDG_CONFIG_HOME", "")
    return Path(named) if named else Path(environment.get("HOME", "/")) / ".config"


def _display_number(environment: Mapping[str, str]) -> int:
    number = environment.get("DISPLAY", "").partition(":")[2].partition(".")[0]
    return int(number) if number.isascii() and number.isdigit() else 0


def _machine_id() -> str:
    for path in _MACHINE_IDS:
        try:
            return path.read_text("ascii", "replace").strip()
        except OSError:
            continue
    return ""


def _lives(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's, and there
    return True
