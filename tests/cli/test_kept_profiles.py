"""Profiles that released programs wrote open for ever, say what they said, and work on."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.app.installation import Installation
from desktop.services.cases.drafts import open_drafts
from tests.cli.keep_profiles import KEPT, NARRATIVE, TOLD, what_is_told
from tests.cli.terminal import Terminal
from tests.support.clocks import HandClock
from tests.support.installations import OFFICER, PASSWORD

RELEASES = sorted(path.name for path in KEPT.iterdir())


@dataclass(frozen=True, slots=True)
class Found:
    """A copy of what a release left, and what its own commands said of it."""

    root: Path
    told: dict[str, Any]

    @property
    def cases(self) -> list[str]:
        return [row["case"] for row in self.told["station"]["reports"]["cases"]]

    def terminal(self, name: str) -> Terminal:
        return Terminal(self.root / name)


@pytest.fixture(params=RELEASES)
def found(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Found:
    root = tmp_path / "found"
    shutil.copytree(KEPT / request.param, root)
    told = json.loads((root / TOLD).read_text("utf-8"))
    clock.instant = datetime.fromisoformat(told["instant"])
    clock.advance(days=30)
    return Found(root, told)


def still_said(before: Any, now: Any, where: str) -> None:
    """Everything that was said is said; more may be."""
    if isinstance(before, dict):
        assert isinstance(now, dict), where
        for key, value in before.items():
            assert key in now, f"{where}.{key}"
            still_said(value, now[key], f"{where}.{key}")
    elif isinstance(before, list):
        assert len(before) == len(now), where
        for number, pair in enumerate(zip(before, now, strict=True)):
            still_said(*pair, f"{where}[{number}]")
    else:
        assert before == now, where


@pytest.mark.parametrize("name", ["station", "centre"])
def test_what_a_release_said_is_said_again(found: Found, name: str) -> None:
    still_said(found.told[name], what_is_told(found.terminal(name), found.cases), name)
    assert found.terminal(name).json("rebuild")["changed"] is False


def test_a_draft_is_there_to_go_on_with(found: Found) -> None:
    place = Installation(found.root / "station")
    desk = place.sign_in(OFFICER, PASSWORD)
    assert [draft.form.narrative for draft in open_drafts(desk)] == [NARRATIVE]
    place.close()


def test_the_printed_code_still_opens(found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    station = found.terminal("station")
    monkeypatch.setenv("FANZHA_NEW_PASSWORD", f"neu-{PASSWORD}")
    station.json("recover", "--code", found.told["recovery_code"])
    assert station.say("report", "list").status == 1, "the former password"
    monkeypatch.setenv("FANZHA_PASSWORD", f"neu-{PASSWORD}")
    assert station.json("report", "list")["total"] == len(found.cases)


def test_both_work_on_together(found: Found) -> None:
    station, centre = found.terminal("station"), found.terminal("centre")
    shown = station.json("report", "show", found.cases[0])
    added = station.json("report", "add", "-", typed=json.dumps(shown))["case"]
    stick = found.root / "stick"
    stick.mkdir()
    station.json("bundle", "export", "--to", stick)
    assert centre.json("centre", "ingest", stick)["problems"] == []
    assert centre.json("report", "show", added)["victim"] == shown["victim"]
