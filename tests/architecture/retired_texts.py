"""Texts that misled or were riddles, and what is said instead: ``python -m tests.architecture.retired_texts`` prints
before and after as a table, the words of today read from where they stand."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.runtime.texts.catalogue import LANGUAGES
from tests.architecture.test_texts import texts


@dataclass(frozen=True, slots=True)
class RetiredText:
    """``place``: the key of today's text in the catalogue, "" for one in scripts or forms, which ``instead`` then
    quotes; both empty where nothing is said there any more."""

    language: str
    was: str
    place: str = ""
    instead: str = ""


def retired_texts() -> tuple[RetiredText, ...]:
    """As they were listed."""
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        listed = tomllib.load(file)
    return tuple(RetiredText(language, **row) for language in LANGUAGES for row in listed[language])


def table() -> Iterator[str]:
    """A row for each: where, before, after."""
    today = {language: texts(language) for language in LANGUAGES}
    yield "place\tbefore\tafter"
    for row in retired_texts():
        after = today[row.language][row.place] if row.place else row.instead
        yield f"{row.language} {row.place}\t{row.was}\t{after}"


if __name__ == "__main__":
    sys.stdout.write("\n".join(table()) + "\n")
