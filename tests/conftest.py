"""Which tests run when nothing is said about it, and a quick place for them to work in."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import engine

from desktop.runtime.processes.without_collector import without_collector
from tests.support.described_once import describe_once
from tests.support.frozen_modules import freeze_loaded
from tests.support.parsed_once import parse_once
from tests.support.quick_places import quick_place
from tests.support.sweep import EVERY

parse_once()
describe_once()

OFF_BY_DEFAULT = ("slow",)
LONG = (
    "sync", "nothing_leaves", "demo", "manual", "faults", "golden",
    "app", "documents", "storage", "cli", "masking", "vault",
    "ocr", "extraction", "performance", "centre",
)  # fmt: skip
"""Folders with files that take long: they come first, so that no process has one left when the others are done."""
SHORT = ("domain", "journal")
"""Folders whose files take two seconds at most: they come last, so that the processes end together."""

DRAWN = frozenset({"test_clauses.py", "test_golden_texts.py", "test_pages.py"})
"""Files of ``tests/documents`` that look at every paper of every kind of case (``drawn_papers.py``): one process has
them all, and draws each paper once. As one has all that read the whole program (``architecture/sources.py``)."""

# How long an example takes says what else the machine is doing, not whether the example is right. A sweep tries all the
# examples that Hypothesis tries by itself, a usual run a quarter of them: other ones each time. What failed is made
# smaller for a minute at most, not for five, and nobody looks for the lines that all failures have in common.
settings.register_profile(
    "any machine",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=100 if EVERY else 25,
    phases=tuple(phase for phase in Phase if phase is not Phase.explain),
)
engine.MAX_SHRINKING_SECONDS = 60
settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="also run the soak and fuzz tests")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave soak and fuzz runs out, unless ``--slow`` is given or ``-m`` speaks of them."""
    items.sort(key=_turn)
    if config.getoption("slow") or any(word in config.option.markexpr for word in OFF_BY_DEFAULT):
        return
    left_out = [item for item in items if any(map(item.get_closest_marker, OFF_BY_DEFAULT))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _turn(item: pytest.Item) -> int:
    folders = set(item.path.parts)
    return 2 if folders.intersection(SHORT) else not folders.intersection(LONG)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Files stay together, and those that share what they draw."""
    from xdist.scheduler import (  # type: ignore[import-untyped]  # noqa: PLC0415 - where processes share the tests
        LoadFileScheduling,
    )

    def place(nodeid: str) -> str:
        folder, _, name = nodeid.split("::", 1)[0].rpartition("/")
        drawn = folder == "tests/documents" and name in DRAWN
        return folder if drawn or folder == "tests/architecture" else f"{folder}/{name}"

    if config.option.dist != "loadfile":
        return None
    made = LoadFileScheduling(config, log)
    made._split_scope = place
    return made


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Everything that is found stays: to look for garbage among it is a quarter of the time."""
    with without_collector():
        return (yield)


def pytest_collection_finish() -> None:
    """What is loaded stays."""
    freeze_loaded()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Collect what a window leaves behind on the thread of windows only, as the program does.

    Python's own collector runs in whatever thread allocates. A widget that it destroys in another one brings down the
    process at some event long after, in a test that has nothing to do with it.
    """
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        _destroy_windows()
        last_of_file = nextitem is None or nextitem.path != item.path
        gc.collect(2 if last_of_file else 1)
        if last_of_file:
            freeze_loaded()  # what is left was loaded meanwhile, and stays
        gc.enable()


def _is_ours(window: object) -> bool:
    """Menus and the like go with the window that shows them."""
    return type(window).__module__.startswith("desktop.")


def _destroy_windows() -> None:
    """A dialog that one test leaves open takes the keyboard of every later one, and each window that stays costs all
    of them time: themes and texts are changed in whatever is alive."""
    from PySide6.QtCore import QCoreApplication, QEvent  # noqa: PLC0415 - only where windows are tested
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415
    from shiboken6 import isValid  # noqa: PLC0415

    while (dialog := QApplication.activeModalWidget()) is not None:
        dialog.hide()
    for window in QApplication.topLevelWidgets():
        if isValid(window) and window.parent() is None and _is_ours(window):
            window.hide()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="module")
def quick_disk() -> Iterator[Path]:
    """A folder on a file system in memory, where there is one."""
    with quick_place() as folder:
        yield Path(folder)


@pytest.fixture
def quick_folder(quick_disk: Path) -> Iterator[Path]:
    """A folder there of the test's own."""
    with tempfile.TemporaryDirectory(dir=quick_disk) as folder:
        yield Path(folder)
