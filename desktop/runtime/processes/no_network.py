"""Taking the network from a thread, or from a whole process, for good: what decodes strangers' files, or typesets, has
nothing to say to anybody.

Two ways, each harmless where the system has not got it. A filter for system calls (seccomp, mode 2: ``linux/filter.h``,
``linux/seccomp.h``, ``linux/audit.h``) lets ``socket`` fail, whichever thread's; it is inherited by every thread and
process made later and can not be taken off. A network namespace of one's own has no line to anywhere, but needs a
process of one thread and a kernel that lets anybody make one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_NEW_USERS, _NEW_NETWORK = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES, _SET_FILTER, _FILTERED = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
"""Where they lie in what a filter sees (``struct seccomp_data``), on systems that write the low octets first."""
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_FOREIGN_NUMBERS: Final = 0x40000000
"""From here on calls of x32, another way into the same kernel."""
_IO_URING: Final = 425
"""``io_uring_setup``: a ring opens sockets without any call; the number is the same everywhere."""
_LOCAL: Final = 1
"""``AF_UNIX``."""


@dataclass(frozen=True, slots=True)
class _Calls:
    architecture: int
    socket: int
    socketpair: int


_GENERIC: Final = (198, 199)
_CALLS: Final = {
    "x86_64": _Calls(0xC000003E, 41, 53),
    "aarch64": _Calls(0xC00000B7, *_GENERIC),
    "loongarch64": _Calls(0xC0000102, *_GENERIC),
    "riscv64": _Calls(0xC00000F3, *_GENERIC),
}


def without_sockets(*, local: bool = False) -> bool:
    """No socket is made by this thread, and by what it starts, from now on; whether the system could do that.

    ``local``: sockets to other programs of this computer stay, as sound needs them.
    """
    if sys.platform != "linux":
        return False
    import ctypes  # noqa: PLC0415 - costs every command of the program

    calls = _CALLS.get(os.uname().machine)
    if calls is None or struct.calcsize("P") != 8:
        return False
    program = _program(calls, local=local)
    code = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: a count, then a pointer at its own place
    filtered = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    )
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    longs = [ctypes.c_ulong] * 4
    prctl.argtypes = [ctypes.c_int, *longs]
    if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return not prctl(_SET_FILTER, _FILTERED, ctypes.addressof(filtered), 0, 0)


def in_own_network() -> bool:
    """This process, which must have one thread, gets a network of its own without a line to anywhere; whether the
    kernel lets it. Files are reached as before."""
    if sys.platform != "linux":
        return False
    import ctypes  # noqa: PLC0415 - as above

    user, group = os.geteuid(), os.getegid()
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except AttributeError:  # a C library without it
        return False
    if unshare(_NEW_USERS | _NEW_NETWORK):
        return False
    # Names for ourselves inside: without them files are ours, but whoever asks hears "nobody".
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", "ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", "ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", "ascii")
    return True


def _program(calls: _Calls, *, local: bool) -> bytes:
    """The filter, one instruction in 8 octets. Jumps are counted from the next instruction."""
    refuse = _FAIL | errno.EACCES
    asked = _LOCAL if local else -1
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, 8, calls.architecture),  # else: refuse
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 6, 0, _FOREIGN_NUMBERS),  # refuse
        (_EQUAL, 6, 0, _IO_URING),  # as if the kernel had none
        (_EQUAL, 2, 0, calls.socket),
        (_EQUAL, 1, 0, calls.socketpair),
        (_RETURN, 0, 0, _ALLOW),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 2, 0, asked & 0xFFFFFFFF),  # allow
        (_RETURN, 0, 0, refuse),
        (_RETURN, 0, 0, _FAIL | errno.ENOSYS),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
