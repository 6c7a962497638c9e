"""Narratives that read alike: what two texts share of all their runs of characters (Jaccard), found without comparing
every text with every other: only texts that share some of their rarest-looking runs are compared (bottom-k sketch,
Broder 1997)."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from desktop.domain.ids import CaseId
from desktop.domain.series import StoryHint

_RUN: Final = 4
_KEPT: Final = 16
_SHARED: Final = 3
_MOST: Final = 40
"""Texts that share one run; more of them share a phrase of the form, not a story."""
_NOISE: Final = re.compile(r"[\W_]+")


def like_stories(
    told: Iterable[tuple[CaseId, str]], percent: int, shortest: int
) -> tuple[StoryHint, ...]:
    """Pairs that share at least so much, the most alike first; texts under ``shortest`` characters say too little."""
    runs: dict[CaseId, frozenset[int]] = {}
    for case, text in told:
        plain = _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())
        if len(plain) >= shortest:
            runs[case] = runs.get(case, frozenset()) | frozenset(_runs(plain))
    hints = []
    for first, second in sorted(_candidates(runs)):
        one, other = runs[first], runs[second]
        share = len(one & other) * 100 // len(one | other)
        if share >= percent:
            hints.append(StoryHint(first, second, share))
    return tuple(sorted(hints, key=lambda hint: (-hint.percent, hint.first, hint.second)))


def _runs(text: str) -> Iterator[int]:
    for start in range(len(text) - _RUN + 1):
        yield zlib.crc32(text[start : start + _RUN].encode())


def _candidates(runs: dict[CaseId, frozenset[int]]) -> set[tuple[CaseId, CaseId]]:
    holders: dict[int, list[CaseId]] = {}
    for case, every in runs.items():
        for run in sorted(every)[:_KEPT]:
            holders.setdefault(run, []).append(case)
    shared: dict[tuple[CaseId, CaseId], int] = {}
    for cases in holders.values():
        if 1 < len(cases) <= _MOST:
            for pair in combinations(sorted(cases), 2):
                shared[pair] = shared.get(pair, 0) + 1
    return {pair for pair, count in shared.items() if count >= _SHARED}
