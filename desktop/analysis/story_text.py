"""A narrative as the model of scam types reads it: signs, and runs of one and two of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

_RUNS: Final = re.compile(r"\d+(?:[.,:]\d+)*|\s+")
NUMBER: Final = "0"
"""Stands for every number: which sums and days a story has says nothing about its kind."""


def plain(text: str) -> str:
    """Full-width letters narrow, capitals small; every sign keeps its place."""
    return "".join(map(_sign, text))


def signs(text: str) -> tuple[str, list[int]]:
    """``text`` with each number as one sign and each run of blanks as one, and where in ``text`` each sign begins; the
    last place is the length of ``text``, so that sign ``n`` reaches from ``places[n]`` to ``places[n + 1]``."""
    narrow = plain(text)
    found: list[str] = []
    places: list[int] = []
    done = 0
    for run in _RUNS.finditer(narrow):
        start, end = run.span()
        found += [narrow[done:start], " " if run.group().isspace() else NUMBER]
        places += [*range(done, start), start]
        done = end
    found.append(narrow[done:])
    places += [*range(done, len(narrow)), len(narrow)]
    return "".join(found), places


def grams(read: str) -> Iterator[str]:
    """Every sign of what :func:`signs` gave, then every two that stand together."""
    yield from read
    yield from map("".join, pairwise(read))


@lru_cache(maxsize=8192)
def _sign(sign: str) -> str:
    folded = unicodedata.normalize("NFKC", sign).lower()
    return folded if len(folded) == 1 else sign
