"""A station and a centre made by commands alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.app.installation import Machine
from desktop.runtime.files.resources import resource_path
from tests.cli.terminal import CODE, NAME, Terminal
from tests.support.clocks import CountingIds, HandClock
from tests.support.installations import CHEAP, OFFICER, PASSWORD
from tests.support.waiting_helpers import waiting_helpers

__all__ = ["waiting_helpers"]


@pytest.fixture(scope="module")
def clock() -> Iterator[HandClock]:
    """The clock of every command; what a command finds of its surroundings is the test's."""
    hand = HandClock()
    machine = Machine(hand, CountingIds("c1"), CHEAP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.app.installation.this_machine", lambda: machine)
        patch.setenv("FANZHA_PASSWORD", PASSWORD)
        patch.setenv("FANZHA_STRICT_TEXTS", "1")
        for name in ("FANZHA_PROFILE", "FANZHA_OFFICER", "FANZHA_LANG", "FANZHA_NEW_PASSWORD"):
            patch.delenv(name, raising=False)
        yield hand


@dataclass(frozen=True, slots=True)
class Place:
    """A station and a centre that know each other, and a folder for whatever is written."""

    station: Terminal
    centre: Terminal
    folder: Path
    recovery_code: str

    @property
    def report(self) -> Path:
        """The template as a file."""
        return self.folder / "report.json"

    def stick(self, name: str) -> Path:
        """An empty folder."""
        made = self.folder / name
        made.mkdir()
        return made


def make_station(root: Path) -> tuple[Terminal, dict[str, str]]:
    """``fanzha init`` with the usual answers."""
    terminal = Terminal(root)
    made = terminal.json(
        "init", "--unit-code", CODE, "--unit-name", NAME, "--device", "A",
        "--officer", OFFICER, "--name", "王建国",
    )  # fmt: skip
    return terminal, made


@pytest.fixture(scope="module")
def place(clock: HandClock, quick_disk: Path) -> Place:
    folder = quick_disk / "files"
    folder.mkdir()
    station, made = make_station(quick_disk / "station")
    centre = Terminal(quick_disk / "centre")
    centre.json("centre", "init", "--officer", "620001", "--name", "李静")
    station.json("trust", "card", "--to", folder / "station.card")
    centre.json("centre", "enrol", folder / "station.card", "--to", folder / "approval.card")
    station.json("trust", "add", folder / "approval.card")
    template = json.loads(resource_path("samples/report.json").read_text("utf-8"))
    (folder / "report.json").write_text(json.dumps(template, ensure_ascii=False), "utf-8")
    return Place(station, centre, folder, made["recovery_code"])
