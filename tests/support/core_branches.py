"""A plugin for pytest: which branches of the core its own tests take, measured in a run of all tests.

Measuring doubles the time of what is measured, so it rests while other tests run. What it finds goes to the folder that
``FANZHA_REACHED`` names, for ``packaging/check_coverage.py``.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Final

import coverage
import pytest

from tests.architecture.sources import ROOT
from tests.packaging.scripts import load_script

TESTS: Final = ("authority", "bundles", "domain", "journal", "sealing", "services")
"""Folders below ``tests`` that are to take the branches of the core."""


class CoreBranches:
    """Measures while modules are loaded, and while a test of the core runs."""

    def __init__(self, folder: Path) -> None:
        self._tests = tuple(ROOT / "tests" / name for name in TESTS)
        packages = load_script("check_coverage").LEAST
        self._coverage = coverage.Coverage(
            data_file=str(folder / "lines"), data_suffix=True, branch=True, config_file=False,
            source=[str(ROOT / "desktop" / package) for package in packages],
        )  # fmt: skip
        self._coverage.start()

    def pytest_collection_finish(self) -> None:
        """All modules are loaded."""
        self._coverage.stop()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Set-up and end of a test are its own as well."""
        if not any(map(item.path.is_relative_to, self._tests)):
            return (yield)
        self._coverage.start()
        try:
            return (yield)
        finally:
            self._coverage.stop()

    def pytest_sessionfinish(self) -> None:
        """Keep what was found, each process in a file of its own."""
        self._coverage.stop()
        self._coverage.save()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Measure before anything of the program is loaded, so that what modules do then is seen too. Of several processes
    the first one loads and runs nothing."""
    spread = getattr(early_config.known_args_namespace, "numprocesses", None)
    if spread and "PYTEST_XDIST_WORKER" not in os.environ:
        return
    early_config.pluginmanager.register(CoreBranches(Path(os.environ["FANZHA_REACHED"])))
