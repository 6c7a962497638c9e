"""What the contributor's guide and the decisions name exists."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, expect_none

GUIDE = ROOT / "docs" / "contributing.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
TICKS = re.compile(r"`([^`\s]+)`")
PATH = re.compile(r"(desktop|tests|resources|packaging|docs|\.ci)/[\w./-]*|[\w-]+\.(toml|md)")
HEADINGS = ["Summary", "Context", "Decision", "Consequences", "Alternatives"]


def named_paths(text: str) -> list[str]:
    return [word for word in TICKS.findall(text) if PATH.fullmatch(word)]


def test_every_path_in_the_guide_exists() -> None:
    paths = named_paths(GUIDE.read_text("utf-8"))
    assert len(paths) > 20
    expect_none([path for path in paths if not (ROOT / path).exists()])


def test_the_guide_can_be_read_over_one_coffee() -> None:
    assert len(GUIDE.read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_fits_a_page_and_has_its_five_headings(decision: Path) -> None:
    text = decision.read_text("utf-8")
    assert re.findall(r"^## (\w+)", text, flags=re.MULTILINE) == HEADINGS
    assert len(text.split()) <= 600
    expect_none([path for path in named_paths(text) if not (ROOT / path).exists()])
