"""Disks that fail, or kill the process, at a chosen call."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from desktop.vault.disk import Barrier, LocalDisk, Output


class SteppingDisk(LocalDisk):
    """Numbers every call and asks ``before`` first. The number of the last step is ``steps``."""

    def __init__(self, before: Callable[[int, str], None]) -> None:
        self._before = before
        self.steps = 0

    def barrier(self, folder: Path) -> Barrier | None:
        self.step("barrier")
        inner = super().barrier(folder)
        return _SteppingBarrier(self, inner) if inner is not None else None

    def create(self, path: Path | str) -> Output:
        self.step("create")
        return _SteppingOutput(self, super().create(path))

    def publish(self, temporary: Path, final: Path) -> None:
        self.step("publish")
        super().publish(temporary, final)

    def sync_folder(self, folder: Path) -> None:
        self.step("sync_folder")
        super().sync_folder(folder)

    def remove(self, path: Path) -> None:
        self.step("remove")
        super().remove(path)

    def step(self, name: str) -> None:
        self.steps += 1
        self._before(self.steps, name)


class _SteppingOutput:
    def __init__(self, disk: SteppingDisk, inner: Output) -> None:
        self._disk = disk
        self._inner = inner

    def write(self, data: memoryview, /) -> None:
        self._disk.step("write")
        self._inner.write(data)

    def sync(self) -> None:
        self._disk.step("sync")
        self._inner.sync()

    def close(self) -> None:
        self._inner.close()


class _SteppingBarrier:
    def __init__(self, disk: SteppingDisk, inner: Barrier) -> None:
        self._disk = disk
        self._inner = inner

    def wait(self) -> None:
        self._disk.step("wait")
        self._inner.wait()

    def close(self) -> None:
        self._inner.close()


def failing_disk(step: int, code: int = errno.ENOSPC) -> SteppingDisk:
    """A disk whose call number ``step`` fails; calls that only tidy up work."""

    def before(number: int, name: str) -> None:
        if number == step and name != "remove":
            raise OSError(code, os.strerror(code))

    return SteppingDisk(before)


def deadly_disk(step: int) -> SteppingDisk:
    """A disk at whose call number ``step`` the process vanishes, as at a power cut."""

    def before(number: int, _name: str) -> None:
        if number == step:
            os._exit(9)

    return SteppingDisk(before)
