"""The narratives that types are learned from: whole, as their card says, and no writer's text is another's."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import pytest

from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.scripts import load_types

FOLDER: Final = Path(__file__).parents[2] / "packaging/scam_types/narratives"
WRITERS: Final = sorted(path.stem for path in FOLDER.glob("*.jsonl"))
REGISTERS: Final = {"spoken", "shorthand", "call", "family", "statement", "chat"}
TYPES: Final = {item.code for item in load_types(resource_path("scripts"))} | {"NOT", "UNSURE"}
_SPEAKERS: Final = re.compile(r"\s*(?:接警|报警人)[：:]\s*")
_SHARED: Final = 0.35
"""Of the sequences of four characters of a text, how many another writer's text may have at the most."""


def narratives(writer: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"{writer}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def fours(text: str) -> set[str]:
    """Sequences of four characters, but for the names of who speaks in a call: all writers have those."""
    text = _SPEAKERS.sub("", text)
    return {text[place : place + 4] for place in range(len(text) - 3)}


@cache
def sequences(writer: str) -> dict[str, set[str]]:
    """Id → the sequences of its text."""
    return {item["id"]: fours(item["text"]) for item in narratives(writer)}


@cache
def by_sequence(writer: str) -> dict[str, list[int]]:
    """Sequence → the places of the texts that have it."""
    holders: dict[str, list[int]] = {}
    for place, own in enumerate(sequences(writer).values()):
        for sequence in own:
            holders.setdefault(sequence, []).append(place)
    return holders


@pytest.mark.parametrize("writer", WRITERS)
def test_every_type_and_register_is_there(writer: str) -> None:
    told = narratives(writer)
    assert len({item["id"] for item in told}) == len({item["text"] for item in told}) == len(told)
    assert {item["type"] for item in told} == TYPES
    assert {code for item in told for code in item["also"]} <= TYPES
    assert {item["register"] for item in told} == REGISTERS
    alone = Counter(item["type"] for item in told if not item["also"])
    assert min(alone.values()) >= 22
    assert min(Counter(item["register"] for item in told).values()) >= 60
    assert min(len(item["text"]) for item in told) >= 12


@pytest.mark.parametrize(("one", "other"), list(combinations(WRITERS, 2)))
def test_no_text_was_taken_from_another_writer(one: str, other: str) -> None:
    lengths, holders = [len(theirs) for theirs in sequences(other).values()], by_sequence(other)
    for name, own in sequences(one).items():
        met = Counter(place for sequence in own for place in holders.get(sequence, ()))
        for place, count in met.most_common(1):
            assert count <= _SHARED * min(len(own), lengths[place]), name
