"""Narratives that read alike: what two texts share of all their runs of characters (Jaccard), found without comparing
every text with every other: only texts that share some of their rarest-looking runs are compared (bottom-k sketch,
Broder 1997)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT, WHOLE, PartialProgress, Progress, counted
from desktop.domain.series.series import StoryHint

_RUN: Final = 4
_KEPT: Final = 16
_SHARED: Final = 3
_MOST: Final = 40
"""Texts that share one run; more of them share a phrase of the form, not a story."""
_FEW: Final = 20
"""Narratives between two occasions to stop; each is long."""
_READ: Final = 700
"""Thousandths of the time of comparing that reading the runs takes."""
_REMEMBERED: Final = 50_000
Sketch = tuple[int, tuple[int, ...]]
"""(length, lowest runs)"""
_NOISE: Final = re.compile(r"[\W_]+")


class Sketches:
    """The lowest runs of texts met before, by a digest of the text: the same thousands are compared again with every
    series that is opened. No text is kept."""

    def __init__(self) -> None:
        self._known: dict[bytes, Sketch] = {}

    def of(self, text: str) -> Sketch:
        """How long a text is without signs and blanks, and its lowest runs."""
        name = hashlib.blake2b(text.encode(errors="replace"), digest_size=16).digest()
        found = self._known.get(name)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            plain = _plain(text)
            found = self._known[name] = (len(plain), tuple(sorted(set(_runs(plain)))[:_KEPT]))
        return found


def like_stories(
    narratives: Iterable[tuple[CaseId, str]],
    percent: int,
    shortest: int,
    sketches: Sketches | None = None,
    progress: Progress = SILENT,
) -> tuple[StoryHint, ...]:
    """Pairs that share at least so much, the most alike first; texts under ``shortest`` characters say too little."""
    known = sketches or Sketches()
    texts: dict[CaseId, list[str]] = {}
    lowest: dict[CaseId, set[int]] = {}
    for case, text in narratives:
        length, runs = known.of(text)
        if length >= shortest:
            texts.setdefault(case, []).append(text)
            lowest.setdefault(case, set()).update(runs)
    pairs = sorted(_candidates({case: sorted(runs)[:_KEPT] for case, runs in lowest.items()}))
    near = {name for pair in pairs for name in pair}
    reading, comparing = (
        PartialProgress(progress, 0, _READ),
        PartialProgress(progress, _READ, WHOLE),
    )
    whole = {case: _all_runs(texts[case]) for case in counted(near, reading, _FEW)}
    hints = []
    for first, second in counted(pairs, comparing, _FEW):
        one, other = whole[first], whole[second]
        share = len(one & other) * 100 // len(one | other)
        if share >= percent:
            hints.append(StoryHint(first, second, share))
    return tuple(sorted(hints, key=lambda hint: (-hint.percent, hint.first, hint.second)))


def _all_runs(texts: Iterable[str]) -> frozenset[int]:
    """Of a disputed narrative each text counts."""
    return frozenset(run for text in texts for run in _runs(_plain(text)))


def _plain(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def _runs(text: str) -> Iterator[int]:
    for start in range(len(text) - _RUN + 1):
        yield zlib.crc32(text[start : start + _RUN].encode())


def _candidates(lowest: Mapping[CaseId, Sequence[int]]) -> set[tuple[CaseId, CaseId]]:
    holders: dict[int, list[CaseId]] = {}
    for case, runs in lowest.items():
        for run in runs:
            holders.setdefault(run, []).append(case)
    shared: dict[tuple[CaseId, CaseId], int] = {}
    for cases in holders.values():
        if 1 < len(cases) <= _MOST:
            for pair in combinations(sorted(cases), 2):
                shared[pair] = shared.get(pair, 0) + 1
    return {pair for pair, count in shared.items() if count >= _SHARED}
