"""Cases that belong together: a union-find over the values they share, hubs left out, decisions of people kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import Final

from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT, WHOLE, PartialProgress, Progress, counted
from desktop.domain.series.series import Edge, Hub, LinkedCases

Pair = frozenset[str]
_LINKED: Final = 600
"""Thousandths of the time of grouping that joining takes."""


def edges(
    shared: Iterable[tuple[str, tuple[str, ...]]], most: int, is_hub: Callable[[str], bool]
) -> tuple[list[Edge], list[Hub]]:
    """Of (value, two or more cases that hold it) those that link the cases, and those that link nothing because too
    many hold them, or because everybody does."""
    found: list[Edge] = []
    hubs: list[Hub] = []
    for normal, cases in shared:
        if len(cases) > most or is_hub(normal):
            hubs.append(Hub(normal, len(cases)))
        else:
            found.append(Edge(normal, cases))
    return found, hubs


_Set = tuple[list[str], list[str]]
"""Cases that belong together, and the values that say so."""


def groups(
    links: Iterable[Edge],
    together: Collection[Pair],
    apart: Collection[Pair],
    progress: Progress = SILENT,
) -> list[LinkedCases]:
    """Groups of two or more cases, in no order. What was called different never stands in one group; what was called
    the same always does, unless both were said of one pair through others: then different counts."""
    listed = list(links)
    joined = [Edge("", tuple(sorted(pair))) for pair in together]
    home = _joined(chain(counted(listed, PartialProgress(progress, 0, _LINKED)), joined))
    split: set[str] = set()
    for pair in apart:
        for name in pair:
            split.update(home.get(name, ((), ()))[0])
    made = [
        LinkedCases(tuple(map(CaseId, sorted(cases))), tuple(sorted(filter(None, by))))
        for case, (cases, by) in counted(home.items(), PartialProgress(progress, _LINKED, WHOLE))
        if case == cases[0] and case not in split
    ]
    while home:  # freed at once, a city of cases would hold up every other thread
        home.popitem()
    if split:
        parted = [names for names in _parted(split, listed, together, apart) if len(names) > 1]
        made += _named(parted, listed)
    return made


def _joined(links: Iterable[Edge]) -> dict[str, _Set]:
    """Case → its set. The smaller of two sets moves into the larger one, so that a case moves a few times at most."""
    home: dict[str, _Set] = {}
    for normal, cases in links:
        mine: _Set | None = None
        for case in cases:
            here = home.get(case)
            if mine is None:
                mine = here if here is not None else ([], [])
            if here is None:
                mine[0].append(case)
                home[case] = mine
            elif here is not mine:
                mine = _moved(home, here, mine)
        if mine is not None:
            mine[1].append(normal)
    return home


def _moved(home: dict[str, _Set], one: _Set, other: _Set) -> _Set:
    large, small = (one, other) if len(one[0]) >= len(other[0]) else (other, one)
    for case in small[0]:
        home[case] = large
    large[0].extend(small[0])
    large[1].extend(small[1])
    return large


def _parted(
    names: set[str], links: Sequence[Edge], together: Collection[Pair], apart: Collection[Pair]
) -> Iterator[list[str]]:
    """The same again for cases among which some are different, the surest link first: what people said, then the
    value that fewest hold."""
    sets = _ConstrainedUnion(names, apart)
    for pair in sorted(together, key=sorted):
        if pair <= names:
            sets.join(*sorted(pair))
    own = [edge for edge in links if edge.cases[0] in names]
    for edge in sorted(own, key=lambda item: (len(item.cases), item.normal)):
        for one, other in combinations(edge.cases, 2):
            sets.join(one, other)
    for _, listed in sets.sets():
        yield listed


class UnionFind:
    """Sets of names that grow together; the root is whichever it is."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, name: str) -> str:
        """The root of a name, the way to it halved."""
        parent = self._parent
        above = parent.setdefault(name, name)
        while above != name:
            parent[name] = parent[above]
            name = parent[name]
            above = parent[name]
        return name

    def union(self, one: str, other: str) -> str:
        """Join two; the root of both."""
        root, under = self.find(one), self.find(other)
        if root != under:
            self._parent[under] = root
        return root

    def sets(self) -> Iterator[tuple[str, list[str]]]:
        """Every root with its names."""
        grouped: dict[str, list[str]] = {}
        for name in self._parent:
            grouped.setdefault(self.find(name), []).append(name)
        yield from grouped.items()


class _ConstrainedUnion(UnionFind):
    """Joins two sets unless one holds a case that is different from one of the other."""

    def __init__(self, names: set[str], apart: Collection[Pair]) -> None:
        super().__init__()
        self._inside: dict[str, set[str]] = {name: {name} for name in names}
        self._foes: dict[str, set[str]] = {name: set() for name in names}
        for pair in apart:
            if pair <= names:
                one, other = sorted(pair)
                self._foes[one].add(other)
                self._foes[other].add(one)
        for name in sorted(names):
            self.find(name)

    def join(self, one: str, other: str) -> None:
        first, second = self.find(one), self.find(other)
        if first == second or not self._foes[first].isdisjoint(self._inside[second]):
            return
        root = self.union(first, second)
        self._inside[root] = self._inside[first] | self._inside[second]
        self._foes[root] = self._foes[first] | self._foes[second]


def _named(sets: Iterable[Sequence[str]], links: Iterable[Edge]) -> list[LinkedCases]:
    """Each set with the values that at least two of its cases share."""
    listed = [tuple(sorted(names)) for names in sets]
    group_of = {name: place for place, names in enumerate(listed) for name in names}
    by: list[set[str]] = [set() for _ in listed]
    for edge in links:
        seen: set[int] = set()
        for case in edge.cases:
            place = group_of.get(case)
            if place is None:
                continue
            if place in seen:
                by[place].add(edge.normal)
            seen.add(place)
    made = [
        LinkedCases(tuple(CaseId(name) for name in names), tuple(sorted(by[place])))
        for place, names in enumerate(listed)
    ]
    return sorted(made, key=lambda group: group.id)
