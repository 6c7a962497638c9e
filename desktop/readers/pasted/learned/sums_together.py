"""Sums of a text judged once more, by what was made of the others: of a demand and its payment one was paid."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from desktop.readers.pasted.learned.layout import Layout
from desktop.readers.pasted.learned.spans import SUM

_MOST: Final = 4
"""Scores beyond it, on either side of 0, say the same."""
_EXACT: Final = 0.005
"""Yuan by which a sum may differ from that of the others and still be their total."""


class Mention(NamedTuple):
    """One sum of a text: its value in yuan, who names it, and its line."""

    value: str
    speaker: str
    line: int


def mentions(layout: Layout) -> list[Mention]:
    """The sums of a text, in order."""
    return [
        Mention(one.value, layout.speakers[one.first], layout.symbols.lines[one.first])
        for one in layout.candidates[SUM]
    ]


def together_features(found: Sequence[Mention], scores: Sequence[float]) -> list[list[str]]:
    """Of each of all sums of a text, by how much spoke for each of them when it was judged alone."""
    return [list(_features(found, scores, place)) for place in range(len(found))]


def _features(found: Sequence[Mention], scores: Sequence[float], place: int) -> Iterator[str]:
    one, score = found[place], scores[place]
    own = _step(score)
    yield f"z0{own}"
    yield f"zz{math.floor(max(-6.0, min(6.0, 2 * score)))}"
    same = [at for at, other in enumerate(found) if at != place and other.value == one.value]
    for mark, ones in (
        ("b", [at for at in same if at < place]),
        ("a", [at for at in same if at > place]),
    ):
        yield from _beside_same(found, scores, place, mark, ones)
    better = min(sum(scores[at] > score for at in same), 3)
    yield f"zr{better}{min(len(same), 3)}"
    yield f"zr{better}|{own}"
    for step in (-2, -1, 1, 2):
        if 0 <= place + step < len(found):
            yield f"zn{step}{_step(scores[place + step])}"
            yield f"zn{step}{_step(scores[place + step])}|{own}"
        else:
            yield f"zn{step}-"
    yield from _among_all(found, scores, place)
    near = [scores[at] for at, other in enumerate(found) if at != place and other.line == one.line]
    if near:
        yield f"zl{_step(max(near))}{own}"


def _beside_same(
    found: Sequence[Mention],
    scores: Sequence[float],
    place: int,
    mark: str,
    ones: Sequence[int],
) -> Iterator[str]:
    """Against the likeliest mention of the same sum before it, or behind it."""
    if not ones:
        yield f"z{mark}-"
        return
    score = scores[place]
    best = max(ones, key=lambda at: scores[at])
    above, step = score > scores[best], _step(scores[best])
    yield from (
        f"z{mark}{step}",
        f"z{mark}{above}",
        f"z{mark}{above}{_step(score)}{step}",
        f"z{mark}{step}{found[best].speaker}{found[place].speaker}",
        f"z{mark}{min(len(ones), 3)}{above}",
    )


def _among_all(found: Sequence[Mention], scores: Sequence[float], place: int) -> Iterator[str]:
    paid = [at for at, score in enumerate(scores) if score > 0]
    yield f"zc{min(len(paid), 4)}{min(len(found), 6)}"
    yield f"zmax{_step(max(scores))}{_step(scores[place])}"
    others = sum(float(found[at].value) for at in paid if at != place)
    total = others > 0 and abs(others - float(found[place].value)) < _EXACT
    yield f"ztot{total}{len(paid) > 1}"


def _step(score: float) -> int:
    return max(-_MOST, min(_MOST, round(score)))
