"""Two texts laid side by side, line by line, so that what differs stands beside what it differs from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

_MOST_SIGNS: Final = 1_000_000
"""Beyond this product of their lengths two texts are not compared sign by sign."""


@dataclass(frozen=True, slots=True)
class LinePair:
    """A line of each text; None where the other has no counterpart."""

    left: str | None
    right: str | None

    @property
    def same(self) -> bool:
        """Whether both have the line, letter for letter."""
        return self.left == self.right


def line_pairs(left: Sequence[str], right: Sequence[str]) -> tuple[LinePair, ...]:
    """All lines of both, in order. Costs up to the product of their lengths: bound them first."""
    pairs: list[LinePair] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for kind, left_at, left_end, right_at, right_end in matcher.get_opcodes():
        if kind == "equal":
            pairs.extend(LinePair(line, line) for line in left[left_at:left_end])
            continue
        for offset in range(max(left_end - left_at, right_end - right_at)):
            here = left[left_at + offset] if left_at + offset < left_end else None
            there = right[right_at + offset] if right_at + offset < right_end else None
            pairs.append(LinePair(here, there))
    return tuple(pairs)


def difference_starts(pairs: Sequence[LinePair]) -> tuple[int, ...]:
    """Where each run of different lines begins."""
    return tuple(
        place
        for place, pair in enumerate(pairs)
        if not pair.same and (place == 0 or pairs[place - 1].same)
    )


def changed_runs(before: str, after: str) -> tuple[tuple[str, bool], ...]:
    """``after`` in runs of signs, each with whether ``before`` says it otherwise; of very long texts the whole is one
    run."""
    if len(before) * len(after) > _MOST_SIGNS:
        return ((after, before != after),) if after else ()
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    runs = ((after[start:end], kind != "equal") for kind, _, _, start, end in codes)
    return tuple((run, changed) for run, changed in runs if run)


def runs_changed_by_any(others: Sequence[str], text: str) -> tuple[tuple[str, bool], ...]:
    """``text`` in runs of signs, each with whether at least one of ``others`` says it otherwise or leaves it out."""
    changed = bytearray(len(text))
    for other in others:
        start = 0
        for run, differs in changed_runs(other, text):
            if differs:
                changed[start : start + len(run)] = b"\1" * len(run)
            start += len(run)
    runs: list[tuple[str, bool]] = []
    start = 0
    for marked, group in groupby(changed):
        end = start + sum(1 for _ in group)
        runs.append((text[start:end], bool(marked)))
        start = end
    return tuple(runs)
