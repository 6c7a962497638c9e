"""``series``: found, decided, taken back, by commands alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Place, make_station
from tests.cli.terminal import Terminal
from tests.support.clocks import HandClock

CARD = "6230520010037788996"


@pytest.fixture
def station(clock: HandClock, quick_folder: Path) -> Terminal:
    return make_station(quick_folder / "station")[0]


def add(station: Terminal, name: str, account: str, *leads: tuple[str, str]) -> dict[str, str]:
    report = {
        "victim": {"name": name},
        "narrative": "转账被骗",
        "transfers": [
            {"time": "2026-11-24 10:12:35", "amount_fen": 1_000_000, "payee": {"account": account}}
        ],
        "identifiers": [{"kind": kind, "value": value} for kind, value in leads],
    }
    return station.json("report", "add", "-", typed=json.dumps(report))


def test_series_from_reports_to_a_decision_and_back(station: Terminal) -> None:
    assert station.json("series") == {"series": [], "hubs": []}
    first = add(station, "甲", CARD)
    second = add(station, "乙", "6230 5200 1003 7788 996", ("service_number", "95588"))
    add(station, "丙", "6222021001116245702", ("service_number", "95588"))
    found = station.json("series")
    (series,) = found["series"]
    assert series["cases"] == sorted([first["case"], second["case"]])
    assert (series["by"], series["loss_fen"]) == ([CARD], 2_000_000)
    assert [hub["value"] for hub in found["hubs"]] == ["95588"]
    assert CARD in station.say("series").out
    pair = (first["number"], second["case"])
    station.refused("series.no_reason", "series", "decide", *pair, "different")
    station.json("series", "decide", *pair, "different", "--reason", "账户被冒用")
    assert station.json("series")["series"] == []
    station.json("series", "decide", *pair, "none")
    station.json("series", "hub", CARD)
    assert station.json("series")["series"] == []
    station.json("series", "hub", CARD, "--undo")
    assert len(station.json("series")["series"]) == 1
    station.refused("rights.missing", "series", "propose", first["case"])


def test_a_watch_list_is_signed_and_taken_in(place: Place) -> None:
    package = place.folder / "watch.fzp"
    made = place.centre.json("series", "watch", "--version", "2026-12-01", "--to", package)
    assert made["values"] == 0
    taken = place.station.json("pack", "take", package)
    assert (taken["kind"], taken["waiting"]) == ("watch", "2026-12-01")
    place.station.refused(
        "rights.missing", "series", "watch", "--version", "2026-12-02", "--to", package
    )


def test_persons_from_the_report_to_paper(station: Terminal, tmp_path: Path) -> None:
    case = add(station, "甲", CARD, ("mobile", "13812345678"))["number"]
    targets = {item["state"]: item for item in station.json("series", "people", case)["targets"]}
    assert set(targets) == {"unknown"}
    assert targets["unknown"]["missing"][0]["order"]
    station.refused("person.nobody", "series", "person", case, "--account", CARD)
    made = station.json(
        "series", "person", case, "--name", "吴小明", "--id", "620102198505050011", "--role", "holder",
        "--account", CARD, "--certainty", "receipt", "--note", "开户资料",
    )  # fmt: skip
    other = station.json("series", "person", case, "--name", "吴小明", "--role", "runner")
    station.refused(
        "person.no_reason", "series", "same", made["person"], other["person"], "different"
    )
    station.json("series", "same", made["person"], other["person"], "same")
    page = tmp_path / "targets.pdf"
    found = station.json("series", "people", case, "--to", page)
    (person,) = (item for item in found["targets"] if item["state"] == "confirmed")
    assert (person["roles"], person["name"]) == (["holder", "runner"], "吴小明")
    assert [tie["certainty"] for tie in person["ties"]] == ["receipt", "told"]
    assert found["pages"] == 1
    assert page.read_bytes().startswith(b"%PDF")
    station.json("series", "untie", case, other["person"], "--reason", "重复")
    (person,) = (
        item
        for item in station.json("series", "people", case)["targets"]
        if item["state"] == "confirmed"
    )
    assert person["roles"] == ["holder"]
