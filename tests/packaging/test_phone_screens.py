"""The sealed screens are those that were laid down, in other layouts than the open ones; a wrong digit is noticed."""

from __future__ import annotations

import hashlib
import json
import tomllib
from typing import Any

import pytest

from tests.packaging.scripts import load_script

MEASURE: Any = load_script("measure_screens")


def test_the_sealed_half_is_the_one_that_was_laid_down() -> None:
    readme = (MEASURE.FOLDER / "README.md").read_text("utf-8")
    sealed = MEASURE.text_of(MEASURE.SEALED)
    assert hashlib.sha256(sealed.encode()).hexdigest() in readme
    halves = [
        {screen["source"] for screen in tomllib.loads(text)["screen"]}
        for text in (sealed, MEASURE.text_of(MEASURE.OPEN))
    ]
    assert not halves[0] & halves[1]


def test_the_words_of_another_maker_are_those_that_were_laid_down() -> None:
    readme = (MEASURE.FOLDER / "README.md").read_text("utf-8")
    for file in MEASURE.WORDS:
        assert hashlib.sha256(MEASURE.text_of(file).encode()).hexdigest() in readme


def test_a_fact_counts_by_any_of_its_names_and_spellings_and_no_other() -> None:
    screen = {
        "name": "one", "variant": "light", "degraded": False, "language": "zh_CN",
        "words": "转账金额 300.00 元\n收款人 李秀兰\n转账时间 2026-11-25 15:26:00",
        "facts": [["sum|amount", ["3", "300.00"]], ["payee_name", ["王芳"]]],
    }  # fmt: skip
    tally = MEASURE.read_words(json.dumps(screen))["clean"]["one"]
    assert (tally.facts, tally.proposed, tally.recognised) == (2, 1, 1)


@pytest.mark.parametrize(
    ("other", "mistaken"),
    [
        ("6217001234005678907", True),
        ("621700123400567897", True),
        ("6217001234005678*", False),
        ("6228480030112233441", False),
    ],
)
def test_a_misread_number_differs_from_another_number(other: str, mistaken: bool) -> None:
    assert MEASURE._mistaken("6217001234005678997", other) is mistaken
