"""Which tests run when nothing is said about it, and a quick place for them to work in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

OFF_BY_DEFAULT = ("slow",)
_MEMORY = Path("/dev/shm")  # noqa: S108 - a place to look for, not to rely on


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="also run the soak and fuzz tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave soak and fuzz runs out, unless ``--slow`` is given or ``-m`` speaks of them."""
    if config.getoption("slow") or any(word in config.option.markexpr for word in OFF_BY_DEFAULT):
        return
    left_out = [item for item in items if any(map(item.get_closest_marker, OFF_BY_DEFAULT))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="module")
def quick_disk() -> Iterator[Path]:
    """A folder on a file system in memory, where there is one: syncing costs nothing there."""
    place = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="fanzha-", dir=place) as folder:
        yield Path(folder)


@pytest.fixture
def quick_folder(quick_disk: Path) -> Iterator[Path]:
    """A folder there of the test's own."""
    with tempfile.TemporaryDirectory(dir=quick_disk) as folder:
        yield Path(folder)
