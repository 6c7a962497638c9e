"""Which names in folders would survive a power cut: a folder keeps those that it had when it was last synced."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class KeptNames:
    """What was synced while :func:`kept_names` looked on."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], set[str]] = {}

    def note(self, descriptor: int) -> None:
        """Take down the names of a folder that is synced now."""
        of = os.fstat(descriptor)
        if stat.S_ISDIR(of.st_mode):
            self._kept[of.st_dev, of.st_ino] = set(os.listdir(descriptor))

    def lost_below(self, folder: Path) -> list[Path]:
        """What lies in ``folder`` and below, and would be gone: a renamed folder keeps what was synced in it."""
        return [
            Path(path, name)
            for path, folders, files in os.walk(folder)
            for name in (*folders, *files)
            if name not in self._names(Path(path))
        ]

    def _names(self, folder: Path) -> set[str]:
        of = folder.stat()
        return self._kept.get((of.st_dev, of.st_ino), set())


@contextmanager
def kept_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[KeptNames]:
    """Look on while the block runs."""
    kept, fsync = KeptNames(), os.fsync

    def noted(descriptor: int) -> None:
        fsync(descriptor)
        kept.note(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", noted)
        yield kept
