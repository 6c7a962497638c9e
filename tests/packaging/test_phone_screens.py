"""The sealed screens are those that were laid down, in other layouts than the open ones; a wrong digit is noticed."""

from __future__ import annotations

import hashlib
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
