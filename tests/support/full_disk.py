"""Disks that fill up: at the n-th write, or really."""

from __future__ import annotations

import errno
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def failing_write(number: int, code: int = errno.ENOSPC) -> Iterator[list[int]]:
    """The ``number``-th write to a file fails with ``code``, and so does every one after it, as a full disk stays
    full. Yields a list with how many writes there were."""
    real, count, lock = os.write, [0], threading.Lock()

    def write(descriptor: int, data: bytes | memoryview) -> int:
        with lock:
            count[0] += 1
            full = count[0] >= number
        if full:
            raise OSError(code, os.strerror(code))
        return real(descriptor, data)

    os.write = write  # type: ignore[assignment]  # put back below
    try:
        yield count
    finally:
        os.write = real


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path | None]:
    """A file system of ``size`` octets mounted at ``folder``; None where this process may not mount."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Use up every octet of a small disk; returns the file that did."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
    return ballast


@contextmanager
def loop_disk(folder: Path, size: int, kind: str) -> Iterator[Path | None]:
    """A stick: an image of ``size`` octets with a file system of ``kind``, mounted at ``folder``; None where this
    machine can not make or mount one."""
    image = folder.with_suffix(".img")
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(size)
    force = ["-F", "-q"] if kind.startswith("ext") else []
    mounted = _ran(f"mkfs.{kind}", *force, str(image)) and _ran(
        "mount", "-t", kind, "-o", "loop", str(image), str(folder)
    )
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        image.unlink()


def _ran(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
