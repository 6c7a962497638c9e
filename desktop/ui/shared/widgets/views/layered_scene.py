"""Where every node and band of the drawing stands: columns are tiers, so only the order within a column is sought.

The order follows the weighted middle of a node's neighbours (barycentre heuristic of Sugiyama, Tagawa and Toda, 1981),
swept to and fro a fixed number of times from an order that the facts give; so the same facts always make the same
drawing, and a fact more moves little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

_SWEEPS: Final = 6
_HALVINGS: Final = 24


@dataclass(frozen=True, slots=True)
class SceneLink:
    """Money from one node to another, in fen."""

    source: str
    target: str
    fen: int


@dataclass(frozen=True, slots=True)
class SceneSizes:
    """Sizes in logical pixels. ``slot``: the least height a node takes, for its two lines of text; ``column``: the
    least distance between columns; ``label``: the room right of the last one."""

    width: float
    height: float
    top: float
    node: float
    gap: float
    slot: float
    column: float
    label: float


@dataclass(frozen=True, slots=True)
class SceneNode:
    """A node: ``height`` is its money at the drawing's scale, ``slot`` the height it takes."""

    key: str
    column: int
    x: float
    y: float
    height: float
    slot: float
    fen: int


@dataclass(frozen=True, slots=True)
class SceneBand:
    """A link: from (``x1``, ``y1``) to (``x2``, ``y2``), both the upper edge. ``back``: it leads to an earlier tier."""

    source: str
    target: str
    x1: float
    y1: float
    x2: float
    y2: float
    thick: float
    fen: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class SankeyScene:
    """Everything at its place."""

    boxes: tuple[SceneNode, ...] = ()
    bands: tuple[SceneBand, ...] = ()
    columns: tuple[float, ...] = ()
    """The left edge of each column."""
    width: float = 0.0
    height: float = 0.0


@dataclass(slots=True)
class _Graph:
    columns: list[list[str]]
    place: dict[str, int]
    sources: dict[str, list[SceneLink]] = field(default_factory=dict)
    targets: dict[str, list[SceneLink]] = field(default_factory=dict)

    def fen(self, key: str) -> int:
        came = sum(link.fen for link in self.sources.get(key, ()))
        return max(came, sum(link.fen for link in self.targets.get(key, ())))


def lay_out(
    columns: Sequence[Sequence[str]], links: Iterable[SceneLink], room: SceneSizes
) -> SankeyScene:
    """The drawing of nodes in ``columns``, each in the order it should start with. It is as high as it must be."""
    graph = _graph(columns, links)
    if not graph.place:
        return SankeyScene(width=room.width, height=room.height)
    _sweep(graph)
    values = {key: graph.fen(key) for key in graph.place}
    scale, height = _scale(graph, values, room)
    lefts, width = _lefts(len(graph.columns), room)
    boxes: dict[str, SceneNode] = {}
    for number, column in enumerate(graph.columns):
        for box in _stack(
            number, column, graph, values, boxes, (scale, lefts[number], height, room)
        ):
            boxes[box.key] = box
    bands = tuple(_bands(graph, boxes, scale, room))
    return SankeyScene(tuple(boxes.values()), bands, tuple(lefts), width, height)


def _graph(columns: Sequence[Sequence[str]], links: Iterable[SceneLink]) -> _Graph:
    graph = _Graph(
        [list(column) for column in columns],
        {key: number for number, column in enumerate(columns) for key in column},
    )
    for link in links:
        if link.fen > 0 and link.source in graph.place and link.target in graph.place:
            graph.sources.setdefault(link.target, []).append(link)
            graph.targets.setdefault(link.source, []).append(link)
    return graph


def _sweep(graph: _Graph) -> None:
    """Forward by what comes in, backward by what goes out."""
    for turn in range(_SWEEPS):
        forward = turn % 2 == 0
        order = range(len(graph.columns)) if forward else range(len(graph.columns) - 1, -1, -1)
        ends = graph.sources if forward else graph.targets
        where = {
            key: index / max(len(column) - 1, 1)
            for column in graph.columns
            for index, key in enumerate(column)
        }
        for number in order:
            column = graph.columns[number]
            middles = {key: _middle(key, ends, where, forward=forward) for key in column}
            column.sort(key=middles.__getitem__)  # stable: what says nothing stays
            for index, key in enumerate(column):
                where[key] = index / max(len(column) - 1, 1)


def _middle(
    key: str, ends: dict[str, list[SceneLink]], where: dict[str, float], *, forward: bool
) -> float:
    links = ends.get(key, ())
    whole = sum(link.fen for link in links)
    if not whole:
        return where[key]
    return sum(where[link.source if forward else link.target] * link.fen for link in links) / whole


def _scale(graph: _Graph, values: dict[str, int], room: SceneSizes) -> tuple[float, float]:
    """Pixels a fen, the greatest at which every column fits; and the height, more where the slots alone need more."""
    least = max(_needs(column, values, 0.0, room) for column in graph.columns)
    free = max(room.height - room.top, least + room.slot)
    low, high = 0.0, free / max(1, *(sum(values[key] for key in c) for c in graph.columns))
    for _ in range(_HALVINGS):
        half = (low + high) / 2
        if all(_needs(column, values, half, room) <= free for column in graph.columns):
            low = half
        else:
            high = half
    return low, free + room.top


def _needs(column: Sequence[str], values: dict[str, int], scale: float, room: SceneSizes) -> float:
    slots = sum(max(values[key] * scale, room.slot) for key in column)
    return slots + room.gap * max(len(column) - 1, 0)


def _lefts(count: int, room: SceneSizes) -> tuple[list[float], float]:
    last = room.width - room.label - room.node
    step = max(last / max(count - 1, 1), room.column) if count > 1 else 0.0
    return [number * step for number in range(count)], max(
        room.width, (count - 1) * step + room.node + room.label
    )


def _stack(
    number: int,
    column: Sequence[str],
    graph: _Graph,
    values: dict[str, int],
    placed: dict[str, SceneNode],
    measures: tuple[float, float, float, SceneSizes],
) -> list[SceneNode]:
    """Each node beside those its money comes from, as near as its neighbours let it."""
    scale, left, height, room = measures
    slots = [max(values[key] * scale, room.slot) for key in column]
    tops: list[float] = []
    free = room.top
    for key, slot in zip(column, slots, strict=True):
        wished = _beside(key, graph, placed, slot, free)
        tops.append(max(free, wished))
        free = tops[-1] + slot + room.gap
    limit = height
    for index in range(len(column) - 1, -1, -1):
        tops[index] = min(tops[index], limit - slots[index])
        limit = tops[index] - room.gap
    return [
        SceneNode(key, number, left, top, max(values[key] * scale, 2.0), slot, values[key])
        for key, top, slot in zip(column, tops, slots, strict=True)
    ]


def _beside(
    key: str, graph: _Graph, placed: dict[str, SceneNode], slot: float, otherwise: float
) -> float:
    near = [
        (placed[link.source], link.fen)
        for link in graph.sources.get(key, ())
        if link.source in placed
    ]
    whole = sum(fen for _, fen in near)
    if not whole:
        return otherwise
    return sum((box.y + box.height / 2) * fen for box, fen in near) / whole - slot / 2


def _bands(
    graph: _Graph, boxes: dict[str, SceneNode], scale: float, room: SceneSizes
) -> Iterable[SceneBand]:
    starts = _offsets(graph.targets, boxes, scale, lambda link: link.target)
    ends = _offsets(graph.sources, boxes, scale, lambda link: link.source)
    for key in boxes:
        for link in graph.targets.get(key, ()):
            source, target = boxes[link.source], boxes[link.target]
            yield SceneBand(
                link.source, link.target, source.x + room.node, starts[link], target.x, ends[link],
                max(link.fen * scale, 1.0), link.fen, target.column <= source.column,
            )  # fmt: skip


def _offsets(
    grouped: dict[str, list[SceneLink]],
    boxes: dict[str, SceneNode],
    scale: float,
    other: Callable[[SceneLink], str],
) -> dict[SceneLink, float]:
    """Bands of a node lie in the order of their other ends, so that they cross as little as can be."""
    found: dict[SceneLink, float] = {}
    for key, links in grouped.items():
        at = boxes[key].y
        for link in sorted(links, key=lambda item: (boxes[other(item)].y, other(item))):
            found[link] = at
            at += link.fen * scale
    return found
