"""The layout: nothing overlaps, every band lies on its nodes, and the same facts make the same drawing."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.shared.widgets.views.layered_scene import (
    SankeyScene,
    SceneLink,
    SceneSizes,
    lay_out,
)

ROOM = SceneSizes(900.0, 420.0, 28.0, 14.0, 8.0, 32.0, 150.0, 128.0)


@st.composite
def flows(draw: st.DrawFn) -> tuple[list[list[str]], list[SceneLink]]:
    columns = [
        [f"{number}.{place}" for place in range(draw(st.integers(1, 6)))]
        for number in range(draw(st.integers(2, 5)))
    ]
    keys = [key for column in columns for key in column]
    ends = st.tuples(st.sampled_from(keys), st.sampled_from(keys)).filter(
        lambda two: two[0] != two[1]
    )
    pairs = draw(st.lists(ends, unique=True, min_size=1, max_size=24))
    return columns, [SceneLink(one, other, draw(st.integers(1, 10**9))) for one, other in pairs]


def column(scene: SankeyScene, number: int):
    return sorted((box for box in scene.boxes if box.column == number), key=lambda box: box.y)


@given(flows())
def test_nodes_of_a_column_never_overlap_and_stay_inside(made) -> None:
    columns, links = made
    scene = lay_out(columns, links, ROOM)
    assert {box.key for box in scene.boxes} == {key for names in columns for key in names}
    for number in range(len(columns)):
        boxes = column(scene, number)
        for upper, lower in pairwise(boxes):
            assert upper.y + upper.slot + ROOM.gap <= lower.y + 0.01
        assert boxes[0].y >= ROOM.top - 0.01
        assert boxes[-1].y + boxes[-1].slot <= scene.height + 0.01


@given(flows())
def test_every_band_lies_on_its_nodes(made) -> None:
    columns, links = made
    scene = lay_out(columns, links, ROOM)
    boxes = {box.key: box for box in scene.boxes}
    for band in scene.bands:
        for box, y in ((boxes[band.source], band.y1), (boxes[band.target], band.y2)):
            assert box.y - 0.01 <= y
            assert y + band.thick <= box.y + max(box.height, box.slot) + 1.01
        assert band.back == (boxes[band.target].column <= boxes[band.source].column)


@given(flows(), st.randoms())
def test_the_order_of_the_links_changes_nothing(made, random) -> None:
    columns, links = made
    before = {box.key: (box.x, box.y) for box in lay_out(columns, links, ROOM).boxes}
    random.shuffle(links)
    after = {box.key: (box.x, box.y) for box in lay_out(columns, links, ROOM).boxes}
    assert {key: (round(x, 3), round(y, 3)) for key, (x, y) in before.items()} == {
        key: (round(x, 3), round(y, 3)) for key, (x, y) in after.items()
    }


def test_crossings_are_undone() -> None:
    links = [SceneLink("a", "y", 10), SceneLink("b", "x", 10)]
    scene = lay_out([["a", "b"], ["x", "y"]], links, ROOM)
    assert [box.key for box in column(scene, 1)] == ["y", "x"]


def test_many_nodes_make_it_higher_than_the_window() -> None:
    names = [f"n{number}" for number in range(40)]
    scene = lay_out([["a"], names], [SceneLink("a", name, 5) for name in names], ROOM)
    assert scene.height >= 40 * (ROOM.slot + ROOM.gap)
    assert lay_out([], [], ROOM).boxes == ()
