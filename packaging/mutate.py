"""Puts small faults into a copy of the program, one at a time, and names those that no test notices.

    packaging/dev mutate [--seed N] [--sample N] [--package NAME ...] [--tests PATH ...]

For each package as many faults, drawn by the seed: the same ones whenever files and seed are the same. A fault is
tried by the tests that reach its line, those of its own folder first, at last by those that read the code. Which
these are is measured by running the tests once for the files of the sample, and kept in the temporary folder for as
long as no file changes. Nothing is changed in the tree itself. Why it is a script of our own:
``docs/decisions/0061-faults-are-put-in-by-our-own-script.md``.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import coverage
from mutants import Mutant, of_package, sample
from reached_by import FILES, FOLDER

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("journal", "domain", "services", "sealing", "bundles", "documents", "ui")
MARKS = "not packaging and not slow and not performance"
MOST_TESTS = 400
"""A line that more tests of other folders than these reach is tried by the quickest of them."""
READING = (
    "tests/architecture",
    "tests/services/test_open_services.py",
    "tests/services/test_role_matrix.py",
)
"""Tests that read the code itself, and so reach no line of it: every fault that is left is tried by them too."""
READING_SECONDS = 600
LEAST_SECONDS = 60
_SOME_FAILED = 1
KILLED, SURVIVED, LATE, UNREACHED = "killed", "survived", "timed out", "reached by no test"


@dataclass(frozen=True)
class Map:
    """Which tests reach a line, and what they take."""

    data: coverage.CoverageData
    seconds: dict[str, float]
    failed: frozenset[str] = frozenset()

    def tests_of(self, file: Path, line: int) -> list[list[str]]:
        """Those of the module's own folder, which tell most often, then all others, the quickest first. A line that
        runs when the module is loaded is reached by all that reach the module; a module of such lines alone by the
        tests of its folder."""
        by_line = self.data.contexts_by_lineno(str(file))
        nothing = {"", *self.failed}
        found = set(by_line.get(line, ())) - nothing
        found = found or {name for names in by_line.values() for name in names} - nothing
        found = found or self._beside(file) - nothing
        own = found & self._beside(file)
        return [part for part in (self._quickest(own), self._quickest(found - own)) if part]

    def _quickest(self, tests: Iterable[str]) -> list[str]:
        return sorted(tests, key=lambda name: (self.seconds.get(name, 0.0), name))[:MOST_TESTS]

    def _beside(self, file: Path) -> set[str]:
        """The tests of the folder that mirrors the module's, or of the next one above that has some."""
        folder = file.as_posix().rpartition("/desktop/")[2].rpartition("/")[0]
        while folder:
            within = f"tests/{folder}/"
            if found := {name for name in self.seconds if name.startswith(within)}:
                return found
            folder = folder.rpartition("/")[0]
        return set()

    def limit(self, tests: Iterable[str]) -> float:
        """Seconds after which a fault has made the tests hang."""
        return LEAST_SECONDS + 5 * sum(self.seconds.get(name, 0.0) for name in tests)


def copied(place: Path) -> Path:
    """The tree as it is, without what git ignores."""
    tree = place / "tree"
    if tree.is_dir():
        shutil.rmtree(tree)
    for name in _files():
        target = tree / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    (tree / ".venv").symlink_to(ROOT / ".venv")
    return tree


def fingerprint(tests: Sequence[str], measured_files: Sequence[str]) -> str:
    """Changes with any file, with the choice of tests and with the files that are measured."""
    digest = hashlib.sha256("\0".join((*tests, "", *measured_files)).encode())
    for name in _files():
        digest.update(name.encode() + hashlib.sha256((ROOT / name).read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [name for name in sorted(listed.stdout.split("\0")) if name and (ROOT / name).is_file()]


def pytest_in(tree: Path, arguments: Sequence[str], more: dict[str, str], limit: float) -> int:
    """The exit code of pytest in a tree; ``TimeoutError`` after ``limit`` seconds, with all it started gone."""
    environment = os.environ | {
        "PYTHONPATH": f"{tree}{os.pathsep}{ROOT / 'packaging'}",
        "QT_QPA_PLATFORM": "offscreen",
        "FANZHA_STRICT_TEXTS": "1",
        **more,
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [*command, *arguments], cwd=tree, env=environment, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def measured(place: Path, tree: Path, tests: Sequence[str], files: Sequence[str]) -> Map:
    """The map of these files, made anew unless it is there."""
    folder = place / "map"
    if not (folder / "done").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        processes = os.environ.get("FANZHA_TEST_PROCESSES", "2")
        shared = ["-n", processes, "--dist", "loadfile", "--no-loadscope-reorder"]
        spread = shared if int(processes) > 1 else []
        print(f"Measuring which test reaches which line, into {folder}", flush=True)
        arguments = ["-p", "reached_by", *spread, "-m", MARKS, *tests]
        measuring = {FOLDER: str(folder), FILES: os.pathsep.join(files)}
        code = pytest_in(tree, arguments, measuring, 4 * 3600)
        if code not in (0, _SOME_FAILED):
            raise SystemExit(f"The tests could not be run (pytest {code}).")
        (folder / "done").touch()
    data = coverage.CoverageData(str(folder / "all"))
    for part in sorted(folder.glob("lines.*")):
        one = coverage.CoverageData(str(part))
        one.read()
        data.update(one)
    seconds: dict[str, float] = {}
    failed: set[str] = set()
    for part in sorted(folder.glob("tests-*.json")):
        measurement = json.loads(part.read_text("utf-8"))
        failed.update(measurement["failed"])
        for name, value in measurement["seconds"].items():
            seconds[name] = max(value, seconds.get(name, 0.0))
    for name in sorted(failed):
        print(f"Left out, as it fails without any fault: {name}")
    return Map(data, seconds, frozenset(failed))


def outcome(tree: Path, mutant: Mutant, reached: Map, instant: int) -> str:
    """What the tests that reach it say of one fault."""
    file = tree / mutant.path
    tests = reached.tests_of(file, mutant.line)
    if not tests:
        return UNREACHED
    whole = file.read_bytes()
    try:
        file.write_bytes(mutant.applied(whole))
        os.utime(file, (instant, instant))  # Python knows a module by the second it was changed in
        named = tree.parent / "tests.txt"
        for part in tests:
            named.write_text("\n".join(part), "utf-8")
            if pytest_in(tree, ["-x", "-m", MARKS, f"@{named}"], {}, reached.limit(part)):
                return KILLED
        if pytest_in(tree, ["-x", "-m", MARKS, *READING], {}, READING_SECONDS):
            return KILLED
    except TimeoutError:
        return LATE
    finally:
        file.write_bytes(whole)
        os.utime(file, (instant + 1, instant + 1))
    return SURVIVED


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of each package and the survivors; 0 whatever survived."""
    parser = argparse.ArgumentParser(prog="packaging/dev mutate", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=int, default=288, help="how many faults in all")
    parser.add_argument("--package", nargs="+", default=list(PACKAGES), metavar="NAME")
    parser.add_argument("--tests", nargs="+", default=["tests"], metavar="PATH")
    chosen = parser.parse_args(arguments)
    share = -(-chosen.sample // len(chosen.package))
    drawn = {name: sample(of_package(ROOT, name), share, chosen.seed) for name in chosen.package}
    files = sorted({mutant.path for part in drawn.values() for mutant in part})
    place = Path(tempfile.gettempdir()) / f"fanzha-mutants-{fingerprint(chosen.tests, files)}"
    place.mkdir(exist_ok=True)
    tree = copied(place)
    reached = measured(place, tree, chosen.tests, files)
    if pytest_in(tree, ["-x", "-m", MARKS, *READING], {}, READING_SECONDS):
        raise SystemExit("The tests that read the code fail without any fault.")
    figures: dict[str, Counter[str]] = {}
    alive: list[tuple[Mutant, str]] = []
    instant = int(time.time())  # noqa: TID251 - the time of files
    for package, part in drawn.items():
        figures[package] = Counter()
        for mutant in part:
            instant += 2
            verdict = outcome(tree, mutant, reached, instant)
            figures[package][verdict] += 1
            print(f"{verdict:<20}{mutant}", flush=True)
            if verdict in {SURVIVED, UNREACHED}:
                alive.append((mutant, verdict))
    print()
    for package, counted in figures.items():
        dead = counted[KILLED] + counted[LATE]
        print(f"{package:<20}{dead} of {counted.total()} killed, {counted.total() - dead} survived")
    print("\nSurvivors:" if alive else "\nNone survived.")
    for mutant, verdict in alive:
        print(f"  {mutant}{f'  ({verdict})' if verdict == UNREACHED else ''}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
