"""The words around a sum or a field that weigh most in what was made of it, so that an officer sees why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from desktop.readers.pasted.learned.layout import FieldCandidate, Layout
from desktop.readers.pasted.learned.sum_features import OTHERS
from desktop.readers.pasted.learned.symbols import GAP, LINE_END

WORDS: Final = 3
"""Shown at most."""
_NEAR: Final = 6
_AROUND: Final = 12
"""Symbols on either side that are asked."""
_LEAST: Final = 0.04
"""What a symbol has to add to be part of a word."""
_CLEAR: Final = 0.2
"""A word that adds less, or less than a quarter of the heaviest, says nothing."""
_LONGEST: Final = 6
_ENDS: Final = frozenset(f"，。；：、,.;:!?()[]【】“”‘’「」\"'|/ {LINE_END}{GAP}")
_STRETCHES: Final = frozenset("STBMRCDNIH0")
Weigh = Callable[[str], float]
Place = tuple[int, int]


def words_for_sum(layout: Layout, one: FieldCandidate, weigh: Weigh) -> tuple[Place, ...]:
    """Of a sum that was paid; ``weigh`` says what a feature adds to that. Half-open ranges of the text, in order."""
    symbols, worth = layout.symbols, _Worth(layout, one)
    worth.add_contexts(weigh, "")
    left, right, own = worth.left, worth.right, layout.own[one.start]
    for prefix, numbers in (("c", symbols.clauses), ("s", symbols.sentences), ("l", symbols.lines)):
        before = [at for at in left if numbers[at] == numbers[one.first]]
        behind = [at for at in right if numbers[at] == numbers[one.last]]
        _add_sides(worth, weigh, f"{prefix}<", before, own if prefix == "s" else None)
        _add_sides(worth, weigh, f"{prefix}>", behind, own if prefix == "s" else None)
    following = symbols.sentences[one.last] + 1
    _add_sides(worth, weigh, "n>", [at for at in right if symbols.sentences[at] == following], own)
    return worth.words()


def _add_sides(
    worth: _Worth, weigh: Weigh, prefix: str, places: Sequence[int], own: range | None
) -> None:
    """What is said of the sum alone (within ``own``), and of others beside it."""
    worth.add_runs(weigh, prefix, [at for at in places if own is None or at in own])
    if own is not None:
        worth.add_runs(weigh, f"{prefix}{OTHERS}", [at for at in places if at not in own])


def words_for_field(
    layout: Layout, one: FieldCandidate, money: FieldCandidate, way: str, weigh: Weigh
) -> tuple[Place, ...]:
    """Of what was chosen as a field of the payment of ``money``, which went ``way``."""
    worth = _Worth(layout, one)
    worth.add_contexts(weigh, "")
    worth.add_contexts(weigh, way)
    if one.first < money.first:
        worth.add_runs(weigh, "g<", [at for at in worth.right if at < money.first])
    else:
        worth.add_runs(weigh, "g>", [at for at in worth.left if at > money.last])
    return worth.words()


class _Worth:
    """What each symbol around ``one`` adds."""

    def __init__(self, layout: Layout, one: FieldCandidate) -> None:
        self._text, self._symbols, self._one = layout.text, layout.symbols, one
        self.left = range(max(0, one.first - _AROUND), one.first)
        self.right = range(one.last + 1, min(len(layout.symbols.row), one.last + 1 + _AROUND))
        self._adds: dict[int, float] = {}

    def add_contexts(self, weigh: Weigh, prefix: str) -> None:
        """What the symbols right beside it add together, shared among them."""
        symbols, one = self._symbols, self._one
        for size in range(1, _NEAR + 1):
            self._share(
                weigh(f"{prefix}L{size}{symbols.left(one.first, size)}"),
                range(max(0, one.first - size), one.first),
            )
            self._share(
                weigh(f"{prefix}R{size}{symbols.right(one.last, size)}"),
                range(one.last + 1, min(len(symbols.row), one.last + 1 + size)),
            )

    def add_runs(self, weigh: Weigh, prefix: str, places: Sequence[int]) -> None:
        """What each symbol of a stretch adds, and each two that stand together."""
        row = self._symbols.row
        for place, at in enumerate(places):
            self._share(weigh(f"{prefix}{row[at]}"), (at,))
            if place:
                before = places[place - 1]
                self._share(weigh(f"{prefix}{row[before]}{row[at]}"), (before, at))

    def _share(self, weight: float, places: Sequence[int]) -> None:
        for at in places if weight else ():
            self._adds[at] = self._adds.get(at, 0.0) + weight / len(places)

    def words(self) -> tuple[Place, ...]:
        """The heaviest of them."""
        found = sorted(self._runs(), key=lambda item: -item[0])
        most = found[0][0] if found else 0.0
        chosen = [place for worth, place in found[:WORDS] if worth >= max(_CLEAR, most / 4)]
        return tuple(sorted(chosen))

    def _runs(self) -> Iterator[tuple[float, Place]]:
        for side in (self.left, self.right):
            run: list[int] = []
            for at in (*side, -1):
                if at >= 0 and len(run) < _LONGEST and self._speaks(at):
                    run.append(at)
                    continue
                if run:
                    yield sum(self._adds[one] for one in run), self._place(run)
                run = [at] if at >= 0 and self._speaks(at) else []

    def _speaks(self, at: int) -> bool:
        symbol = self._symbols.row[at]
        if symbol in _ENDS or symbol in _STRETCHES:
            return False
        return self._adds.get(at, 0.0) >= _LEAST

    def _place(self, run: Sequence[int]) -> Place:
        places = self._symbols.places
        last = run[-1]
        stop = places[last + 1] if last + 1 < len(places) else len(self._text)
        return places[run[0]], places[run[0]] + len(self._text[places[run[0]] : stop].rstrip())
