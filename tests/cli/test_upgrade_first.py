"""The first command after an upgrade tells of the copy it makes, and what to do where there is no room for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.app.backup import upgrade_copy
from desktop.cli.context import TerminalProgress
from desktop.domain.errors import WorldError
from tests.cli.conftest import make_station
from tests.cli.terminal import Terminal
from tests.support.clocks import HandClock

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def older(clock: HandClock, tmp_path: Path) -> Terminal:
    """A station as a version before this rule left it."""
    assert clock
    station, _ = make_station(tmp_path / "station")
    (station.profile / "program-version").unlink()
    return station


def copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.fzbackup"))


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A disk without room, and a stick with it."""
    stick = tmp_path / "U盘"
    stick.mkdir()

    def require(folder: Path, _need: int) -> None:
        if folder != stick:
            raise WorldError("disk.not_enough", need="9 MB", free="1 MB")

    monkeypatch.setattr(upgrade_copy, "require_space", require)
    return stick


def test_the_first_command_names_the_copy_beside_its_output(older: Terminal) -> None:
    said = older.say("--json", "report", "list")
    assert said.document["total"] == 0
    (copy,) = copies(older.profile / "before-upgrade")
    assert str(copy) in said.err
    assert older.json("report", "list")["total"] == 0
    assert copies(older.profile / "before-upgrade") == [copy]


def test_without_room_nothing_is_opened_and_the_option_is_named(
    older: Terminal, full: Path
) -> None:
    said = older.say("--json", "report", "list")
    assert said.status == 1
    assert said.document["error"] == "upgrade.no_room"
    for word in ("9 MB", "1 MB"):
        assert word in said.document["what"]
    assert "--upgrade-copy-to" in said.document["do"]
    assert copies(full) == []
    assert not (older.profile / "program-version").exists()


@pytest.mark.parametrize("before", [True, False])
def test_the_copy_goes_to_the_folder_named(older: Terminal, full: Path, *, before: bool) -> None:
    option, command = ("--upgrade-copy-to", str(full)), ("report", "list")
    said = older.say(*option, *command) if before else older.say(*command, *option)
    assert said.status == 0
    assert len(copies(full)) == 1
    assert copies(older.profile / "before-upgrade") == []


def test_the_folder_may_be_named_by_the_environment(
    older: Terminal, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FANZHA_UPGRADE_COPY_TO", str(full))
    assert older.say("report", "list").status == 0
    assert len(copies(full)) == 1


def test_a_stick_that_is_not_plugged_in_is_reported(older: Terminal, tmp_path: Path) -> None:
    away = tmp_path / "away"
    older.refused("upgrade.no_folder", "report", "list", "--upgrade-copy-to", away)
    assert not away.exists()


def test_one_who_cannot_sign_in_gives_no_occasion(
    older: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FANZHA_PASSWORD")
    older.refused("password.not_given", "report", "list")
    assert copies(older.profile / "before-upgrade") == []


def test_a_person_at_the_terminal_sees_how_far_it_is(
    older: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.cli.context.CommandContext.progress", TerminalProgress())
    assert "100 %" in older.say("report", "list").err
