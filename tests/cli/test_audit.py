"""The audit from the command line, and personal numbers that are masked until somebody asks for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import make_station
from tests.cli.terminal import Terminal
from tests.support.clocks import HandClock
from tests.support.installations import OFFICER, PASSWORD
from tests.support.strict import all_of

AUDITOR, GIVEN, OWN = "620777", "Given-2026-one!", "Only-mine-7-qqq"


@pytest.fixture
def station(clock: HandClock, quick_folder: Path) -> Terminal:
    return make_station(quick_folder / "desk")[0]


@pytest.fixture
def number(station: Terminal) -> str:
    template = station.json("report", "template")
    added: str = station.json("report", "add", "-", typed=json.dumps(template))["number"]
    return added


def personal(document: object) -> list[str]:
    victim = document["victim"]  # type: ignore[index]
    return [victim[name] for name in ("id_number", "phone", "address")]


def test_numbers_are_masked_until_asked_for_which_is_a_line(station: Terminal, number: str) -> None:
    shown = station.json("report", "show", number)
    whole = station.json("report", "show", number, "--reveal")
    secrets = personal(whole)
    assert all_of(secrets)
    assert not set(secrets) & set(personal(shown))
    said = station.say("report", "show", number).out
    assert not any(secret in said for secret in secrets)
    assert shown["victim"]["name"] == whole["victim"]["name"]
    assert shown["amounts"] == whole["amounts"]
    for masked, full in zip(shown["transfers"], whole["transfers"], strict=True):
        assert masked["payee"] == full["payee"]
        assert masked["amount_fen"] == full["amount_fen"]
    revealed = station.json("audit", "list", "--kind", "reveal")
    assert revealed["total"] == 1
    assert revealed["entries"][0]["case"] == number


def test_the_auditor_asks_by_officer_case_kind_and_time(
    station: Terminal,
    number: str,
    clock: HandClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, password in (("given", GIVEN), ("own", OWN)):
        (tmp_path / name).write_text(password, "utf-8")
    station.json(
        "officer", "add", AUDITOR, "--name", "孙审计", "--roles", "auditor",
        "--new-password-file", tmp_path / "given",
    )  # fmt: skip
    monkeypatch.setenv("FANZHA_OFFICER", AUDITOR)
    monkeypatch.setenv("FANZHA_PASSWORD", GIVEN)
    station.json("officer", "password", "--new-password-file", tmp_path / "own")
    monkeypatch.setenv("FANZHA_PASSWORD", OWN)
    station.refused("rights.missing", "report", "show", number)
    station.refused("audit.kind", "audit", "list", "--kind", "everything")
    station.refused("audit.since", "audit", "list", "--since", "yesterday")
    every = station.json("audit", "list", "--limit", 1000)
    assert every["total"] == len(every["entries"])
    assert {"at", "officer", "kind", "case", "what"} <= every["entries"][0].keys()
    assert station.json("audit", "list", "--officer", OFFICER, "--limit", 1)["total"] > 1
    touched = station.json("audit", "list", "--case", number)["entries"]
    assert {row["case"] for row in touched} == {number}
    assert "report.registered" in {row["kind"] for row in touched}
    clock.advance(days=30)
    later = station.json("audit", "list", "--since", clock.now().strftime("%Y-%m-%d"))["entries"]
    assert {row["officer"] for row in later} == {AUDITOR}
    monkeypatch.setenv("FANZHA_OFFICER", OFFICER)
    monkeypatch.setenv("FANZHA_PASSWORD", PASSWORD)
    done = station.json("audit", "export", "--to", tmp_path / "audit.json", "--kind", "officers")
    document = json.loads((tmp_path / "audit.json").read_text("utf-8"))
    assert document["total"] == done["total"] == 2
    assert AUDITOR in document["entries"][-1]["what"]


def test_a_search_is_a_line_without_its_words(station: Terminal, number: str) -> None:
    assert number
    station.json("report", "list", "--find", "13912345678")
    said = station.say("--json", "audit", "list", "--kind", "search")
    assert "13912345678" not in said.out
    (row,) = said.document["entries"]
    assert row["kind"] == "cases.searched"
