"""A case handed from desk to desk by commands alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import make_station
from tests.cli.terminal import CODE, NAME, Terminal, with_second
from tests.support.clocks import HandClock
from tests.support.installations import OFFICER


@pytest.fixture
def sessions(
    clock: HandClock, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Terminal, Terminal]:
    """Desks A and B of one station, which trust each other; the folder between them is ``shared``."""
    first = make_station(quick_folder / "a")[0]
    second = Terminal(quick_folder / "b")
    second.json(
        "init", "--unit-code", CODE, "--unit-name", NAME, "--device", "B",
        "--officer", OFFICER, "--name", "马晓梅",
    )  # fmt: skip
    (quick_folder / "shared").mkdir()
    monkeypatch.setenv("FANZHA_OFFICER", OFFICER)
    for name, one, other in (("a", first, second), ("b", second, first)):
        card = quick_folder / f"{name}.card"
        one.json("trust", "card", "--to", card)
        other.refused("founding.peer", "trust", "add", card)
        other.json("trust", "add", card, *with_second(other, other.profile.parent))
    return first, second


def registered(session: Terminal) -> str:
    template = json.dumps(session.json("report", "template"))
    number = session.json("report", "add", "-", typed=template)["number"]
    return str(number)


def exchange(sessions: tuple[Terminal, Terminal], folder: Path) -> None:
    for session in (*sessions, *sessions):
        session.json("bundle", "watch", folder, "--once")


def test_offered_declined_offered_again_and_taken_on(
    sessions: tuple[Terminal, Terminal], quick_folder: Path
) -> None:
    first, second = sessions
    shared = quick_folder / "shared"
    case = registered(first)
    told = first.json("report", "offer", case, "--to", "B", "--reason", "换班")
    assert told["charge"]["offer"]["letter"] == "B"
    exchange(sessions, shared)
    (row,) = second.json("report", "list")["cases"]
    assert (row["desk"], row["offered_to"]) == ("A", "B")
    second.json("report", "decline", case, "--reason", "停电")
    exchange(sessions, shared)
    assert first.json("report", "show", case)["charge"]["declined"]["reason"] == "停电"
    first.json("report", "offer", case, "--to", "b", "--reason", "来电了")
    first.json("report", "take-back", case)
    first.json("report", "offer", case, "--to", "B", "--reason", "换班")
    exchange(sessions, shared)
    assert second.json("report", "accept", case)["charge"]["letter"] == "B"
    exchange(sessions, shared)
    assert first.json("report", "list")["cases"][0]["desk"] == "B"
    taken = first.json("report", "take-over", case, "--reason", "B 台故障")
    assert (taken["charge"]["letter"], taken["charge"]["former"]) == ("A", "B")


def test_a_desk_nobody_knows(sessions: tuple[Terminal, Terminal]) -> None:
    first, _ = sessions
    case = registered(first)
    first.refused("charge.unknown_desk", "report", "offer", case, "--to", "Z", "--reason", "x")
    first.refused("charge.no_offer", "report", "accept", case)
