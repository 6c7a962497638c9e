"""Two desks of one station are told apart on the terminal, as in the windows, and numbers come with words."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Place
from tests.cli.terminal import CODE, NAME, Terminal
from tests.support.installations import OFFICER
from tests.support.strict import all_of
from tests.support.texts import zh


@pytest.fixture(scope="module")
def second(place: Place) -> Terminal:
    """Another desk of the same station, enrolled."""
    session = Terminal(place.folder.parent / "second")
    session.json(
        "init", "--unit-code", CODE, "--unit-name", NAME, "--device", "B",
        "--officer", OFFICER, "--name", "王建国",
    )  # fmt: skip
    card = place.folder / "second.card"
    said = session.say("trust", "card", "--to", card)
    assert str(card) in said.out
    place.centre.json("centre", "enrol", card, "--to", place.folder / "second.approval")
    return session


def test_two_desks_of_a_station_are_distinguished(place: Place, second: Terminal) -> None:
    assert second
    stick = place.stick("up")
    place.station.json("report", "add", place.report)
    place.station.json("bundle", "export", "--to", stick)
    place.centre.json("centre", "ingest", stick)
    trusted = place.centre.say("trust", "list", lang="zh_CN").out.splitlines()
    assert sorted(line.split("  ")[0] for line in trusted) == [f"{NAME} A 机", f"{NAME} B 机"]
    assert all_of(
        zh("cli.standing.trusted") in line and zh("trust.fingerprint") in line for line in trusted
    )
    inbox = place.centre.say("centre", "inbox", lang="zh_CN").out.splitlines()
    assert [line.split("  ")[0] for line in inbox] == [f"{NAME} B 机", f"{NAME} A 机"]
    assert zh("centre.inbox.never") in inbox[0]
    assert all_of("案件 1 起" in line for line in inbox), "a case is the station's, not the desk's"
    rows = place.centre.json("centre", "inbox")["stations"]
    assert [row["letter"] for row in rows] == ["B", "A"]
    assert {row["letter"] for row in place.centre.json("trust", "list")["parties"]} == {"A", "B"}


def test_nobody_known_is_said(place: Place) -> None:
    alone = Terminal(place.folder.parent / "alone")
    alone.json("centre", "init", "--officer", "620001", "--name", "李静")
    assert "No device" in alone.say("trust", "list", lang="en").out
    assert "No station" in alone.say("centre", "inbox", lang="en").out
