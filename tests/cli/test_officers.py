"""Officers of a computer from the command line: added, given a password again, barred, and a new recovery code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import make_station
from tests.cli.terminal import Terminal, with_second
from tests.support.clocks import HandClock
from tests.support.installations import OFFICER

GIVEN, OWN, AGAIN = "Given-2026-one!", "Only-mine-7-qqq", "Given-2026-two!"
ADA = "FJ620177"


@pytest.fixture
def station(clock: HandClock, tmp_path: Path) -> Terminal:
    return make_station(tmp_path / "desk")[0]


def test_an_officer_comes_forgets_and_goes(
    station: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FANZHA_OFFICER", OFFICER)
    files = {}
    for name, password in (("given", GIVEN), ("own", OWN), ("again", AGAIN)):
        files[name] = tmp_path / name
        files[name].write_text(password, "utf-8")

    def new(name: str) -> tuple[str, Path]:
        return "--new-password-file", files[name]

    def as_ada(name: str) -> tuple[str, ...]:
        return "--officer", ADA, "--password-file", str(files[name])

    two = with_second(station, tmp_path)
    words = ("officer", "add", ADA, "--name", "马晓燕", "--roles", "front_desk")
    station.refused("password.new_not_given", *words)
    station.refused("second.needed", *words, *new("given"))
    station.refused("password.wrong", *words, *new("given"), *two[:3], files["own"])
    station.refused("second.self", *words, *new("given"), "--second", OFFICER, *two[2:])
    assert station.json(*words, *new("given"), *two)["founding"] is False
    station.refused("password.initial", *as_ada("given"), "report", "list")
    station.json(*as_ada("given"), "officer", "password", *new("own"))
    station.json(*as_ada("own"), "report", "list")
    station.refused("rights.missing", *as_ada("own"), "officer", "dismiss", OFFICER)

    station.json("officer", "renew", ADA, *new("again"), *two)
    station.refused("password.wrong", *as_ada("own"), "report", "list")
    station.refused("password.initial", *as_ada("again"), "report", "list")

    station.refused("second.needed", "officer", "dismiss", ADA)
    station.json("officer", "dismiss", ADA, *two)
    station.refused("officer.unknown", *as_ada("again"), "report", "list")
    listed = station.json("officer", "list")["officers"]
    assert [one["roles"] for one in listed if one["number"] == ADA] == [[]]


def test_a_new_code_opens_and_the_former_does_not(
    station: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FANZHA_OFFICER", OFFICER)
    former = station.json("officer", "new-code")["recovery_code"]
    code = station.json("officer", "new-code")["recovery_code"]
    monkeypatch.setenv("FANZHA_NEW_PASSWORD", OWN)
    station.refused("recovery.wrong", "recover", "--code", former)
    station.json("recover", "--code", code)
