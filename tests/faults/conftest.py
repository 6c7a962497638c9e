"""Where the fault tests work."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_MEMORY = Path("/dev/shm")  # noqa: S108 - a place to look for, not to rely on


@pytest.fixture(scope="module")
def quick_disk() -> Iterator[Path]:
    """A folder on a file system in memory, where there is one: syncing costs nothing there, and what a power cut
    would lose is lost by the tests themselves."""
    place = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="fanzha-", dir=place) as folder:
        yield Path(folder)


@pytest.fixture
def quick_folder(quick_disk: Path) -> Iterator[Path]:
    """A folder there of the test's own."""
    with tempfile.TemporaryDirectory(dir=quick_disk) as folder:
        yield Path(folder)
