"""Timing one thing against another, interleaved in the same run so that the machine's mood hits both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report: seconds (or another unit), its baseline, and their ratio, as texts."""

    name: str
    value: str
    unit: str
    baseline: str
    ratio: str


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(
    name: str, work: Callable[[], object], baseline: Callable[[], object], rounds: int = 3
) -> Row:
    """Median of ``work`` beside the median of ``baseline``, taken in turns."""
    mine, theirs = [], []
    for _ in range(rounds):
        theirs.append(seconds(baseline))
        mine.append(seconds(work))
    value, base = statistics.median(mine), statistics.median(theirs)
    return Row(name, f"{value:.3f}", "s", f"{base:.3f}", f"{value / base:.2f}")


def alone(name: str, work: Callable[[], object], rounds: int = 5) -> Row:
    """Median milliseconds of something that has an absolute aim."""
    value = statistics.median(seconds(work) for _ in range(rounds)) * 1000
    return Row(name, f"{value:.1f}", "ms", "", "")
