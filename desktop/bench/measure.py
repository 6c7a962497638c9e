"""Timing one thing against another, interleaved in the same run so that the machine's mood hits both."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of the report; without a baseline there is no ratio, only an aim stated elsewhere."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None


def beside(name: str, value: float, baseline: float) -> FigureRow:
    """Seconds beside the seconds of the baseline."""
    return FigureRow(name, round(value, 4), "s", round(baseline, 4), round(value / baseline, 3))


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(
    name: str, work: Callable[[], object], baseline: Callable[[], object], rounds: int = 3
) -> FigureRow:
    """Median of ``work`` beside the median of ``baseline``, taken in turns."""
    mine, theirs = [], []
    for _ in range(rounds):
        theirs.append(seconds(baseline))
        mine.append(seconds(work))
    value, base = statistics.median(mine), statistics.median(theirs)
    return beside(name, value, base)


def alone(name: str, work: Callable[[], object], rounds: int = 5) -> FigureRow:
    """Median milliseconds of something that has an absolute aim."""
    value = statistics.median(seconds(work) for _ in range(rounds)) * 1000
    return FigureRow(name, round(value, 1), "ms")


def resident_mb() -> float:
    """Megabytes of memory that this process has now; nought where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def shell(command: str) -> None:
    """Run a baseline of public tools; its parts are paths of our own making."""
    subprocess.run(["sh", "-c", command], check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607
