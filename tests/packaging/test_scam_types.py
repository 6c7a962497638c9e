"""The shipped model is that of the corpus, and what measures it counts right."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.analysis.story_model import shipped_model
from tests.packaging.scripts import load_script

TRAIN: Any = load_script("train_scam_types")
MEASURE: Any = load_script("measure_scam_types")
STORIES: Any = load_script("labelled_stories")


def story(label: str, *also: str, text: str = "") -> Any:
    return STORIES.Story("1", "w", "call", text, label, also)


def test_the_model_was_trained_on_the_corpus_as_it_is() -> None:
    """Else: packaging/README.md, "The model of scam types"."""
    assert shipped_model().version == TRAIN.version()
    assert {told.label for told in STORIES.corpus()} == set(shipped_model().labels)


def test_bounds_are_those_of_wilson() -> None:
    assert MEASURE.wilson(90, 100) == pytest.approx((0.8256, 0.9448), abs=1e-4)
    assert MEASURE.wilson(0, 0) == (0.0, 1.0)


def test_answers_are_counted_by_group_and_by_what_the_writer_allows() -> None:
    answers = MEASURE.judged(
        [
            (story("T01"), {"T01": 2.0, "T02": 1.0, "unsure": 0.0}),
            (story("T02"), {"T01": 2.0, "T02": 1.0, "unsure": 0.0}),
            (story("unsure", "T01"), {"T01": 2.0, "T02": 1.0, "unsure": 0.0}),
        ],
        1.0,
    )
    assert [answer.first for answer in answers] == [True, False, False]
    assert [answer.both for answer in answers] == [True, True, False]
    assert [answer.fair for answer in answers] == [True, False, True]
    assert [answer.verdict for answer in answers] == [True, True, False]
    lines = list(MEASURE.figures(answers, ("label",)))
    assert [line.split("|")[2].split(" = ")[0].strip() for line in lines[2:6]] == [
        "1 of 3", "1 of 1", "0 of 1", "0 of 1",
    ]  # fmt: skip
    assert MEASURE.shared([story("", text="甲乙丙丁戊")], [story("", text="甲乙丙丁")]) == (
        0.5,
        0.5,
    )
