"""A copy of what a program left, with its clock, to go on from."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from desktop.app.installation import Machine
from desktop.runtime.id_source import UuidSource
from tests.golden.make_golden import KEPT, PAPERS, TOLD, golden_names
from tests.golden.posts import Post
from tests.support.clocks import HandClock
from tests.support.installations import CHEAP, PASSWORD
from tests.support.sweep import in_turns

PLACES: Final = [
    (name, place.parent.name)
    for name in golden_names()
    for place in sorted((KEPT / name).glob("*/desk.json"))
]
"""(what was kept, profile in it)."""
WHOLE: Final = [name for name in golden_names() if (KEPT / name / PAPERS).exists()]
"""What is more than profiles: bundles, cards, slips and papers too."""


@pytest.fixture(scope="module")
def clock() -> Iterator[HandClock]:
    """The clock of every command."""
    hand = HandClock()
    machine = Machine(hand, UuidSource(hand), CHEAP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.app.installation.this_machine", lambda: machine)
        patch.setattr(tomllib, "loads", cache(tomllib.loads))  # half of what a command costs
        patch.setenv("FANZHA_PASSWORD", PASSWORD)
        patch.setenv("FANZHA_SECOND_PASSWORD", PASSWORD)
        for name in ("FANZHA_PROFILE", "FANZHA_OFFICER", "FANZHA_LANG", "FANZHA_NEW_PASSWORD"):
            patch.delenv(name, raising=False)
        yield hand


@dataclass(frozen=True, slots=True)
class Left:
    """What one program left, copied to ``root``; ``told`` is what its own commands said of it."""

    name: str
    root: Path
    told: dict[str, Any]

    def post(self, name: str) -> Post:
        """One of its places."""
        return Post(self.root / name, self.told["signs_in"][name])

    def documents(self, name: str) -> dict[str, Any]:
        """What the commands said at that place."""
        found: dict[str, Any] = self.told[name]
        return found

    def papers(self) -> dict[str, Any]:
        """What its papers said."""
        found: dict[str, Any] = json.loads((self.root / PAPERS).read_text("utf-8"))
        return found


def copy_of(name: str, into: Path, clock: HandClock) -> Left:
    """A copy below ``into``, at the instant it was kept."""
    root = into / name
    shutil.copytree(KEPT / name, root)
    told = json.loads((root / TOLD).read_text("utf-8"))
    clock.instant = datetime.fromisoformat(told["instant"])
    return Left(name, root, told)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests that name no ``left`` take what was kept whole in turns; each of it in a sweep."""
    marks = metafunc.definition.iter_markers("parametrize")
    if "left" in metafunc.fixturenames and all("left" not in mark.args[0] for mark in marks):
        left = in_turns(metafunc.function.__name__, WHOLE)
        metafunc.parametrize("left", left, indirect=True, scope="function")


@pytest.fixture
def left(request: pytest.FixtureRequest, quick_folder: Path, clock: HandClock) -> Left:
    """What was kept whole, in a copy of the test's own."""
    return copy_of(request.param, quick_folder, clock)


@dataclass(frozen=True, slots=True)
class Place:
    """One profile of what was kept."""

    left: Left
    name: str

    @property
    def post(self) -> Post:
        """Its commands."""
        return self.left.post(self.name)

    @property
    def documents(self) -> dict[str, Any]:
        """What the commands said."""
        return self.left.documents(self.name)

    def noted(self, what: str) -> str:
        """What is noted of this profile; of some only, see :func:`noted`."""
        found: str = self.left.told[what][self.name]
        return found


def noted(what: str) -> list[tuple[str, str]]:
    """Those of ``PLACES`` of which ``what`` is noted."""
    told = {name: json.loads((KEPT / name / TOLD).read_text("utf-8")) for name in golden_names()}
    return [(name, place) for name, place in PLACES if place in told[name][what]]


@pytest.fixture(params=PLACES, ids="-".join)
def place(request: pytest.FixtureRequest, quick_folder: Path, clock: HandClock) -> Place:
    """Each profile that was kept, in a copy of the test's own."""
    name, profile = request.param
    return Place(copy_of(name, quick_folder, clock), profile)
