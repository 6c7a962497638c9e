"""What measures the reader of pasted texts counts right, and the sealed half is the one that was laid down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop.readers.pasted.corpus_score import Score, corpus_messages
from tests.packaging.scripts import load_script
from tests.readers.measuring import DIRECTORIES

MEASURE: Any = load_script("measure_texts")
WRITERS: Any = load_script("writers_texts")
PAGE: Any = load_script("accuracy_page")


def test_the_sealed_half_is_the_one_that_was_laid_down() -> None:
    readme = (MEASURE.FOLDER / "README.md").read_text("utf-8")
    assert MEASURE.digest(MEASURE.SEALED) in readme
    assert MEASURE.digest(MEASURE.WRITERS) in readme
    for name in (
        *("sealed_fourth", "sealed_fifth", "sealed_sixth", "sealed_seventh", "sealed_eighth"),
        *("more_writers", "later_writers"),
    ):
        assert MEASURE.digest(MEASURE.FOLDER / f"{name}.jsonl.xz") in readme
    halves = [
        {message["shape"] for message in corpus_messages(MEASURE.lines(file))}
        for file in (MEASURE.KNOWN, MEASURE.SEALED)
    ]
    assert not halves[0] & halves[1]


def test_the_page_shows_what_is_to_be_expected_before_what_was_mended() -> None:
    """Of what was learned from nearly all is right, which nobody is to take for a promise."""
    readme = MEASURE.FOLDER / "README.md"
    sealed = PAGE.read_part(readme, MEASURE.FIFTEENTH)
    openings = PAGE.read_part(readme, MEASURE.OPENINGS)
    shown = PAGE.read_part(MEASURE.ROOT / "docs" / "accuracy.md", "pasted texts")
    assert "0.867" in openings
    learned = shown.index("The model has learned from all of them")
    assert 0 < shown.index(sealed) < shown.index(openings) < learned


def test_a_text_of_the_writers_is_judged_by_what_they_were_asked_for() -> None:
    """A failed payment is none; a link needs no scheme."""
    text = "11月24日10:12向李强转账5000元成功。\n\n11月24日10:15转账800元失败，已退回。\n网址 www.example-a.top/x"
    message = {
        "kind": "told", "shape": "a", "text": text, "now": "2026-11-25T15:00:00+08:00",
        "transfers": [{"amount_fen": 500000, "direction": "out", "time": "2026-11-24T10:12:00+08:00"}],
        "identifiers": [{"kind": "domain", "value": "www.example-a.top/x"}],
    }  # fmt: skip
    scorer = WRITERS.WritersScorer(DIRECTORIES)
    scores = scorer.score([WRITERS.in_our_kinds(message)]).values()
    assert sum(score.right for score in scores) == 4
    assert not any(score.wrong or score.missed for score in scores)


def test_texts_of_one_shape_count_as_little_as_they_are_alike() -> None:
    alike = MEASURE.share([(10, 10), (0, 10)] * 10)
    unlike = MEASURE.share([(5, 10)] * 20)
    assert alike.startswith("100 of 200 = 0.500")
    assert unlike.startswith("100 of 200 = 0.500")
    assert unlike.endswith("(0.431–0.569)")
    assert alike.endswith("(0.295–0.705)")


def test_a_field_is_counted_over_the_shapes_that_have_it() -> None:
    found = {"time": [Score(9, 1, 0), Score(0, 0, 10)], "all": [Score(9, 1, 10)]}
    (row,) = (row for row in MEASURE.table(found) if row.startswith("| time"))
    assert "| 9 of 10 = 0.900" in row
    assert "| 9 of 19 = 0.474" in row


@pytest.mark.parametrize("first", ["", "# Page\n\n<!-- a -->\nold\n<!-- end of a -->\n\nend\n"])
def test_each_command_writes_its_own_part_of_the_page(tmp_path: Path, first: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(first, "utf-8")
    for name, text in (("a", "one"), ("b", "two"), ("a", "three\\1")):
        PAGE.write_part(page, name, text)
    written = page.read_text("utf-8")
    assert "three\\1" in written
    assert "two" in written
    assert "one" not in written
    assert "old" not in written
    assert ("end\n" in written) is bool(first)
