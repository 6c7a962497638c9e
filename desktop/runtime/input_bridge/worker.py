"""The bridge as a process: until the program that started it goes, or the session does."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from typing import Final

from desktop.runtime.input_bridge.bridge import Bridge
from desktop.runtime.input_bridge.dbus_line import DbusConnection
from desktop.runtime.input_bridge.places import session_bus
from desktop.runtime.processes.confinement import confine
from desktop.runtime.processes.helper_process import desk_pipes, send

_ADDRESSES: Final = 1 << 30
READY: Final = b"ready"
"""Said once, when Qt may ask."""


def main() -> int:
    """Serve; the exit status says whether there was a session bus."""
    confine(_ADDRESSES)
    _, out = desk_pipes()
    return asyncio.run(_run(os.environ, lambda: send(out, READY)))


async def _run(environment: Mapping[str, str], ready: Callable[[], None]) -> int:
    session = await DbusConnection.open(session_bus(environment))
    if session is None:
        return 1
    serving = asyncio.create_task(Bridge(environment, session).serve(ready))
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), _read, serving)
    await asyncio.wait((serving,))
    session.close()
    return 0


def _read(serving: asyncio.Task[None]) -> None:
    """The program says nothing: when there is something to read it went."""
    if not os.read(sys.stdin.fileno(), 1024):
        serving.cancel()
