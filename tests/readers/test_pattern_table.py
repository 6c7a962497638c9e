"""Every named pattern matches its examples and none of its counter-examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import WorldError
from desktop.readers.pasted import pattern_table
from desktop.readers.pasted.folded_text import fold
from desktop.readers.pasted.pattern_table import TextPattern
from desktop.runtime.files.resources import resource_path
from tests.support.every_row import every_row

TABLE = pattern_table.pattern_table()
FILE = "readers/pasted_text.toml"


def marked(text: str) -> tuple[str, tuple[int, int] | None]:
    """As the reader gets it, and the place between « and »."""
    folded = fold(text).text
    if "«" not in folded:
        return folded, None
    start, end = folded.index("«"), folded.index("»") - 1
    return folded.replace("«", "").replace("»", ""), (start, end)


def places(found: TextPattern, text: str) -> Iterator[tuple[int, int]]:
    for match in found.shape.finditer(text):
        groups = [name for name in ("id", "starred") if name in match.re.groupindex]
        group = next((name for name in groups if match[name] is not None), 0)
        value = match[group]
        start = match.start(group) + len(value) - len(value.lstrip())
        yield start, start + len(value.strip())


def cases(which: str) -> list[tuple[str, str]]:
    return [(name, text) for name, one in TABLE.items() for text in getattr(one, which)]


@every_row(("name", "text"), cases("examples"))
def test_an_example_is_matched_where_it_is_marked(name: str, text: str) -> None:
    plain, place = marked(text)
    assert place is not None, "an example without « and »"
    assert place in list(places(TABLE[name], plain))


@every_row(("name", "text"), cases("counterexamples"))
def test_a_counterexample_is_not_matched(name: str, text: str) -> None:
    plain, place = marked(text)
    found = list(places(TABLE[name], plain))
    assert place not in found
    assert place is not None or found == []


def test_every_pattern_has_both_and_says_what_it_is_for() -> None:
    assert len(TABLE) > 70
    assert [
        name
        for name, one in TABLE.items()
        if not (one.meaning and one.examples and one.counterexamples)
    ] == []


def test_every_pattern_is_used_by_a_finder() -> None:
    source = "".join(
        path.read_text("utf-8") for path in Path(pattern_table.__file__).parent.glob("*.py")
    )
    lists = re.findall(r'patterns\("([a-z_]+)"\)', source)
    iterated = {one.name for name in lists for one in pattern_table.patterns(name)}
    assert set(TABLE) - iterated - set(re.findall(r'"([a-z0-9_]+)"', source)) == set()


DAMAGED = {
    "a piece that is none": ("{han}", "{hann}"),
    "no expression": ("pattern = '{masked_name}'", "pattern = '('"),
    "a name twice": ('name = "firm"', 'name = "masked_name"'),
    "no meaning": ("meaning = ", "means = "),
    "how sure": ('confidence = "doubtful"', 'confidence = "quite"'),
    "no TOML": ("[pieces]", "[pieces"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_table_is_named(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = resource_path(FILE).read_text("utf-8")
    before, after = DAMAGED[damage]
    assert before in text
    broken = tmp_path / "pasted_text.toml"
    broken.write_text(text.replace(before, after), "utf-8")
    monkeypatch.setattr(pattern_table, "resource_path", lambda _: broken)
    caches = (pattern_table.pattern_table, pattern_table._document)
    for cached in caches:
        cached.cache_clear()
    try:
        with pytest.raises(WorldError) as refused:
            pattern_table.pattern_table()
    finally:
        for cached in caches:
            cached.cache_clear()
    assert (refused.value.code, refused.value.params["file"]) == ("install.incomplete", FILE)
