"""Taking turns at a file among processes: whoever reads it to write it again does so alone.

Where no such lock exists (Windows) only one process has a profile open anyway.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.runtime.atomic_file import disk_errors


@contextmanager
def turn_at(path: Path) -> Iterator[None]:
    """Wait for the turn, and have it to the end of the block. Not to be nested: a second turn of one's own never comes.

    The lock lies beside the file, as the file itself is replaced. The operating system gives a turn back however its
    holder ends.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - not on Windows

    with disk_errors():
        descriptor = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with disk_errors():
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
