"""How long the series of a city take: the whole reckoning beside a bare union-find over the same edges."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Final

from desktop.analysis.case_links import UnionFind, edges, groups
from desktop.bench.measure import Row, compare

_CASES: Final = 200_000
"""At a share of 100; a share of 500 makes the 1,000,000 cases and 3,000,000 values of a province."""


def pairs(cases: int) -> list[tuple[str, str]]:
    """Three values a case in the order of values, as the index gives them; two of three are shared by a few."""
    rows = []
    for number in range(cases):
        case = f"{number * 2_654_435_761 % 2**32:08x}{number:08d}"
        rows += [
            (f"62{number * 7 % (cases * 2):017d}", case),
            (f"wx{number * 13 % (cases // 2 + 1):015d}", case),
            (f"u{number:016d}", case),
        ]
    return sorted(rows)


def linking(share: int) -> Iterator[Row]:
    """``share``: percent of the usual size."""
    rows = pairs(max(_CASES * share // 100, 1_000))

    def bare() -> UnionFind:
        sets = UnionFind()
        last, first = "", ""
        for value, case in rows:
            if value == last:
                sets.union(first, case)
            else:
                last, first = value, case
        return sets

    def whole() -> object:
        links, _ = edges(rows, 50, lambda _value: False)
        return groups(links, (), ())

    gc.collect()
    gc.disable()  # as in the program, whose own collector waits for a quiet moment
    try:
        yield compare("series_beside_union_find", whole, bare)
    finally:
        gc.enable()
