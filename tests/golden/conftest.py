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
from tests.golden.make_golden import KEPT, PAPERS, TOLD, kept
from tests.golden.posts import CENTRE_OFFICER, Post
from tests.support.clocks import HandClock
from tests.support.installations import CHEAP, OFFICER, PASSWORD

NAMES: Final = ("desk", "colleague", "other", "centre")


@pytest.fixture(scope="module")
def clock() -> Iterator[HandClock]:
    """The clock of every command."""
    hand = HandClock()
    machine = Machine(hand, UuidSource(hand), CHEAP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.app.installation.this_machine", lambda: machine)
        patch.setattr(tomllib, "loads", cache(tomllib.loads))  # half of what a command costs
        patch.setenv("FANZHA_PASSWORD", PASSWORD)
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
        return Post(self.root / name, CENTRE_OFFICER if name == "centre" else OFFICER)

    def said(self, name: str) -> dict[str, Any]:
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


@pytest.fixture(params=kept())
def left(request: pytest.FixtureRequest, quick_folder: Path, clock: HandClock) -> Left:
    """Each of what was kept, in a copy of the test's own."""
    return copy_of(request.param, quick_folder, clock)
