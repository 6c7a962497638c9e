"""What is to be kept next can be made: the story is told by this program too, and leaves an entry of every kind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden.make_golden import TOLD, keep
from tests.golden.telling import KINDS
from tests.support.clocks import HandClock

NEVER_WRITTEN = {"party.keys_lost", "profile.set_back", "profile.counter_lost"}
"""A kind that has a name and no writer, and what is noticed by the counter of a PC, which tests do without."""


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_story_leaves_an_entry_of_every_kind(quick_folder: Path, clock: HandClock) -> None:
    keep(quick_folder / "today", clock)
    told = json.loads((quick_folder / "today" / TOLD).read_text("utf-8"))
    assert KINDS - set(told["kinds"]) == NEVER_WRITTEN
    for place in told["signs_in"]:
        verified = told[place]["verified"]
        assert verified["ok"], place
        assert verified["overreach"] == [], "nobody does what is not theirs"
