"""What the contributor's guide and the decisions name exists."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import ROOT, expect_none

GUIDE = ROOT / "docs" / "contributing.md"
LICENCES = ROOT / "resources" / "LICENSES.md"
PAGES = sorted((ROOT / "docs").glob("*.md"))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
TICKS = re.compile(r"`([^`\s]+)`")
PATH = re.compile(r"(desktop|tests|resources|packaging|docs|\.ci)/[\w./-]*|[\w-]+\.(toml|md)")
NAMES_IN = re.compile(
    r"((?:`\w+`(?:, | and ))*`\w+`)(?:,| in| of)\s`((?:desktop|tests|packaging)/[\w/]+\.py)`"
)
"""``A``, ``B`` in ``desktop/….py``."""
NAMES_BESIDE = re.compile(
    r"`((?:desktop|tests|packaging)/[\w/]+\.py)` (?:\| |\()((?:`\w+`, )*`\w+`)(?: \||\))"
)
"""``desktop/….py`` (``A``, ``B``), or the two in neighbouring cells of a table."""
HEADINGS = ["Summary", "Context", "Decision", "Consequences", "Alternatives"]


def named_paths(text: str) -> list[str]:
    return [word for word in TICKS.findall(text) if PATH.fullmatch(word)]


def test_every_path_in_the_guide_exists() -> None:
    paths = named_paths(GUIDE.read_text("utf-8"))
    assert len(paths) > 20
    expect_none([path for path in paths if not (ROOT / path).exists()])


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_place_in_a_page_exists(page: Path) -> None:
    paths = [path for path in named_paths(page.read_text("utf-8")) if "/" in path]
    expect_none([path for path in paths if not (ROOT / path).exists()])


def _named_in(text: str) -> Iterator[tuple[str, str]]:
    yield from NAMES_IN.findall(text)
    yield from ((names, place) for place, names in NAMES_BESIDE.findall(text))


def test_every_name_beside_a_file_stands_in_it() -> None:
    named = [
        (name, place)
        for page in PAGES
        for names, place in _named_in(page.read_text("utf-8"))
        for name in TICKS.findall(names)
    ]
    assert len(named) > 40
    expect_none(
        f"{name} in {place}"
        for name, place in named
        if not re.search(rf"\b{name}\b", (ROOT / place).read_text("utf-8"))
    )


def test_every_path_in_the_architecture_page_and_its_pictures_exists() -> None:
    page = ROOT / "docs" / "architecture.md"
    drawn = re.findall(
        r">([\w/]+/[\w/]+(?:\.py)?)</text>",
        (ROOT / "docs/pictures/journey-of-a-fact.svg").read_text("utf-8"),
    )
    paths = [*named_paths(page.read_text("utf-8")), *(f"desktop/{path}" for path in drawn)]
    assert len(drawn) > 10
    expect_none([path for path in paths if not (ROOT / path).exists()])


def test_the_guide_can_be_read_over_one_coffee() -> None:
    assert len(GUIDE.read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_fits_a_page_and_has_its_five_headings(decision: Path) -> None:
    text = decision.read_text("utf-8")
    assert re.findall(r"^## (\w+)", text, flags=re.MULTILINE) == HEADINGS
    assert len(text.split()) <= 600
    expect_none([path for path in named_paths(text) if not (ROOT / path).exists()])


def shipped_packages() -> set[str]:
    """What the program needs at work, and what that needs in turn, on this system."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found: set[str] = set()
    waiting = [(line, "") for line in project["dependencies"]]
    while waiting:
        line, extra = waiting.pop()
        wanted = Requirement(line)
        name = canonicalize_name(wanted.name)
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": extra})):
            continue
        found.add(name)
        waiting += [(each, one) for each in requires(name) or () for one in wanted.extras or ("",)]
    return found


def test_every_package_that_ships_is_named_with_its_licence() -> None:
    named = set(TICKS.findall(LICENCES.read_text("utf-8")))
    shipped = shipped_packages()
    assert {"sqlalchemy", "psycopg-binary", "numpy"} <= shipped
    expect_none(sorted(shipped - named))


def test_everything_in_resources_is_named_with_its_origin() -> None:
    text = LICENCES.read_text("utf-8")
    folders = [path.name for path in (ROOT / "resources").iterdir() if path.is_dir()]
    tables = [path.name for path in (ROOT / "resources" / "directories").glob("*.*")]
    expect_none([name for name in folders if f"`{name}/" not in text])
    expect_none([name for name in tables if name[0] != "." and f"`directories/{name}`" not in text])
