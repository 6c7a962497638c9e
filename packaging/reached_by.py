"""A plugin for pytest: which test reaches which line and branch of the program, and how long it takes.

``python -m pytest -p reached_by`` with this folder on the path; what it finds goes to the folder that
``FANZHA_REACHED`` names. Where ``FANZHA_REACHED_FILES`` names files of the program, these alone are measured: the tests
then take hardly longer than by themselves.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from pathlib import Path

import coverage
import pytest

FOLDER = "FANZHA_REACHED"
FILES = "FANZHA_REACHED_FILES"


class Reached:
    """Measures while each test runs, under the name of the test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seconds: dict[str, float] = {}
        self._failed: set[str] = set()
        files = [
            str(Path(name).resolve())
            for name in filter(None, os.environ.get(FILES, "").split(os.pathsep))
        ]
        self._coverage = coverage.Coverage(
            data_file=str(folder / "lines"), data_suffix=True, source=None if files else ["desktop"],
            include=files or None, branch=True, config_file=False,
        )  # fmt: skip
        # With several processes the first of them runs no test.
        self._coverage.set_option("run:disable_warnings", ["no-data-collected"])
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Set-up and end of a test are its own as well."""
        self._coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self._coverage.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up what its parts took; what fails without any fault put in can tell nothing."""
        seconds = self._seconds.get(report.nodeid, 0.0)
        self._seconds[report.nodeid] = seconds + report.duration
        if report.failed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Keep what was found, each process in files of its own."""
        self._coverage.stop()
        self._coverage.save()
        measurement = {"seconds": self._seconds, "failed": sorted(self._failed)}
        file = self._folder / f"tests-{os.getpid()}.json"
        file.write_text(json.dumps(measurement), "utf-8")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Measure before anything of the program is loaded, so that what modules do then is seen too."""
    early_config.pluginmanager.register(Reached(Path(os.environ[FOLDER])))
