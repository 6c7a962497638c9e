"""What each figure is to be at the most or at the least, and the verdict on one that was measured.

Absolute goals hold on the machine they were set on. Elsewhere they stretch by as much as a fixed piece of work, the
yardstick, takes longer than it took there; a figure beside a public tool needs no stretching.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from types import MappingProxyType
from typing import Final, Literal

Verdict = Literal["met", "missed", "noisy", ""]
YARDSTICK_MS: Final = 36.0
"""The yardstick on the machine the goals were set on, while nobody else used it."""
_HUGE: Final = 1_000_000
_AT_HUGE: Final = 3.0
"""How many times longer anything may take from a million cases on."""
_LINES: Final = 4_000


@dataclass(frozen=True, slots=True)
class Goal:
    """``value``: of the figure itself, or of its ratio to its baseline (``of_ratio``). ``least``: the figure is to be
    that high, not that low. ``stretches``: with the yardstick, and at a million cases, as times do."""

    value: float
    unit: str
    of_ratio: bool = False
    least: bool = False
    stretches: bool = True

    def holds(self, value: float, aim: float) -> bool:
        """Whether ``value`` is as good as ``aim``, or better."""
        return value >= aim if self.least else value <= aim


def _ms(value: float) -> Goal:
    return Goal(value, "ms")


def _ratio(value: float) -> Goal:
    return Goal(value, "s", of_ratio=True, stretches=False)


def _mb(value: float) -> Goal:
    return Goal(value, "MB", stretches=False)


_WHOLE: Final = Goal(100, "%", least=True, stretches=False)
"""Nothing that was said to be on the disk is gone, and everything holds."""
_STEPS: Final = Goal(400, "thousand steps", stretches=False)


GOALS: Final[Mapping[str, Goal]] = MappingProxyType(
    {
        "sign_in_beyond_key": _ms(300),
        "draft_after_sign_in": _ms(300),
        "draft_later": _ms(300),
        "case_after_sign_in": _ms(150),
        "case_after_orders": _ms(150),
        "board_first": _ms(60),
        "board_first_block": _ms(16),
        "board_after_report": _ms(60),
        "board_after_report_block": _ms(16),
        "orders_page": _ms(150),
        "orders_page_block": _ms(16),
        "clocks_first": _ms(50),
        "clocks_after_report": _ms(5),
        "since_you_left": _ms(100),
        "statistics_page": _ms(300),
        "sync_page": _ms(100),
        "series_page": _ms(1000),
        "audit_page": _ms(150),
        "inbox_page": _ms(150),
        "dispatch_page": _ms(150),
        "batches_page": _ms(150),
        "pages_largest_block": _ms(50),
        "steps_board": _STEPS,
        "steps_orders": _STEPS,
        "steps_clocks": _STEPS,
        "steps_case": _STEPS,
        "steps_search": _STEPS,
        "steps_audit": _STEPS,
        "search_p95": _ms(5),
        "suggestion": _ms(5),
        "rebuild": Goal(30_000, "entries/s", least=True),
        "ingest": Goal(30_000, "entries/s", least=True),
        "server_ingest": _ratio(5.0),
        "server_ingest_two": _ratio(3.0),
        "export_written": _ratio(1.2),
        "export_read_back": _ratio(1.6),
        "memory_after_board": _mb(250),
        "memory_after_pages": _mb(400),
        "payments_200": _ms(150),
        "payments_200_memory": _mb(15),
        "soak_longest_gap": _ms(50),
        "soak_latest_draft": _ms(300),
        "soak_whole_after_kill": _WHOLE,
        "soak_whole_after_full_disk": _WHOLE,
        "verify_news": Goal(5.0, "s"),
        "backup_news": Goal(5.0, "s"),
    }
)
"""Figure → its goal. A centre's pages on a server have the same with ``server_`` before their names."""


def _goal_of(name: str) -> Goal | None:
    """None for a figure that has none."""
    return GOALS.get(name) or GOALS.get(name.removeprefix("server_"))


def yardstick() -> float:
    """Milliseconds that a fixed piece of work takes: lines written as JSON, digested, put into a table and read back in
    another order. What the program does all day, without the program."""
    start = perf_counter()
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE line (digest TEXT PRIMARY KEY, text TEXT)")
        for number in range(_LINES):
            text = json.dumps({"number": number, "text": "转账" * 20}, ensure_ascii=False)
            digest = hashlib.sha256(text.encode()).hexdigest()
            database.execute("INSERT INTO line VALUES (?, ?)", (digest, text))
        rows = database.execute("SELECT text FROM line ORDER BY digest").fetchall()
    for (text,) in rows:
        json.loads(text)
    return (perf_counter() - start) * 1000


@dataclass(frozen=True, slots=True)
class Measured:
    """``values``: one for each round. ``bases``: what the baseline took in the same rounds; empty: the yardstick is
    the baseline."""

    name: str
    values: tuple[float, ...]
    unit: str = "ms"
    bases: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class SizedFigure:
    """A figure of a desk of ``size`` cases, zero where it does not follow from them. ``goal`` is what it was judged by
    on this machine, None where it has none; ``of_ratio``: it is one for the ratio; ``at_least``: it is to be that
    high."""

    name: str
    size: int
    value: float
    unit: str
    baseline: float | None
    ratio: float | None
    goal: float | None
    of_ratio: bool
    at_least: bool
    verdict: Verdict

    @property
    def ok(self) -> bool:
        """Nothing says that the goal was missed."""
        return self.verdict != "missed"

    @property
    def compared(self) -> float:
        """What the goal is one for: the ratio, or the figure itself."""
        return self.ratio if self.of_ratio and self.ratio is not None else self.value


def judged(measured: Measured, size: int, before: float, after: float) -> SizedFigure:
    """``before`` and ``after``: milliseconds of the yardstick around it.

    Met: the median holds the goal by the faster yardstick. Missed: even the best round breaks it by the slower one.
    Between the two the machine decides more than the program, and the verdict is that it was noisy.
    """
    goal, yardsticks = _goal_of(measured.name), (before, after)
    bases = measured.bases or (yardsticks if goal is not None and goal.stretches else ())
    value, base = median(measured.values), median(bases) if bases else None
    ratio = value / base if base else None
    aim: float | None = None
    verdict: Verdict = ""
    if goal is not None:
        aim, verdict = _verdict(goal, measured, size, yardsticks)
    return SizedFigure(
        measured.name, size, _rounded(value), measured.unit, base and _rounded(base), ratio and round(ratio, 3), aim,
        goal is not None and goal.of_ratio, goal is not None and goal.least, verdict,
    )  # fmt: skip


def _verdict(
    goal: Goal, measured: Measured, size: int, yardsticks: tuple[float, float]
) -> tuple[float, Verdict]:
    """The stricter aim, and what comes of both."""
    base = median(measured.bases) if goal.of_ratio else 1.0
    rounds = [value / base for value in measured.values]
    strict, lenient = _aims(goal, size, yardsticks)
    best = max(rounds) if goal.least else min(rounds)
    if goal.holds(median(rounds), strict):
        return _rounded(strict), "met"
    return _rounded(strict), "noisy" if goal.holds(best, lenient) else "missed"


def _aims(goal: Goal, size: int, yardsticks: tuple[float, float]) -> tuple[float, float]:
    """The goal by the faster and by the slower yardstick. A faster machine than that of the goals has to meet them as
    they are."""
    if not goal.stretches:
        return goal.value, goal.value
    huge = _AT_HUGE if size >= _HUGE else 1.0
    factors = sorted(max(took / YARDSTICK_MS, 1.0) * huge for took in yardsticks)
    strict, lenient = (goal.value / each if goal.least else goal.value * each for each in factors)
    return strict, lenient


def _rounded(value: float) -> float:
    """Three places for what is small."""
    return round(value, 3 if abs(value) < 10 else 1)
