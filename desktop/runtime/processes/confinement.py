"""What processes beside the desk may not do: reach the network, learn a password, leave a core dump, write files, take
the PC's memory. Each bound is harmless where the system has not got it."""

from __future__ import annotations

import os
import sys
from typing import Final

from desktop.runtime.processes.no_network import in_own_network, without_sockets

_SECRET: Final = ("PASSWORD", "SECRET", "RECOVERY")
"""Parts of the names of variables that no helper is given."""
_MOST: Final = 1 << 30
_SHARE: Final = 4
LEAST: Final = 512 << 20
"""Octets; below it Python and its libraries do not even begin."""


def helper_environment() -> dict[str, str]:
    """Ours, without what opens anything: whoever takes a helper over finds no password in it."""
    return {
        name: value
        for name, value in os.environ.items()
        if not any(part in name.upper() for part in _SECRET)
    }


def begin_helper(*, network: bool, sound: bool, session: bool) -> None:
    """To be called first of all in a helper, while it has one thread. ``network``: it keeps its network; ``sound``: it
    keeps sockets to programs of this computer; ``session``: also to those that have no file, which a network of its
    own would not reach, such as the session bus of older systems."""
    no_core_dump()
    if not network:
        if not session:
            in_own_network()
        without_sockets(local=sound or session)


def no_core_dump() -> None:
    """This process leaves nothing of its memory on a disk when it crashes. That its own user may look at it stays: the
    file dialogs of sandboxed sessions need that."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def confine(addresses: int, least: int = LEAST) -> None:
    """Forbid this process to write files, to reserve more than ``addresses`` octets of address space, and to fill more
    memory than :func:`memory_bound`, where the system can."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - no other system has it

        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (addresses, addresses))
        bound = memory_bound(least)
        resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))


def memory_bound(least: int = LEAST, installed: int | None = None) -> int:
    """Octets a helper may fill: a quarter of what is installed, at most 1 GiB, never below ``least``."""
    if installed is None:
        installed = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(least, min(installed // _SHARE, _MOST))
