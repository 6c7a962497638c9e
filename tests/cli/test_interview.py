"""The interview by command: started, ended, told, shown with masks, and carried by the report document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.time.clock import Clock
from tests.cli.conftest import make_station
from tests.cli.terminal import Terminal

TOLD = {
    "_": "a word",
    "began": "2026-11-20T09:00:00+08:00",
    "ended": "2026-11-20T09:40:00+08:00",
    "place": "张掖路派出所询问室",
    "asker": "620134",
    "recorder": "620135",
    "asked": "1",
    "present": "丈夫张建国 13893100027",
    "absent": "",
}


@pytest.fixture
def station(clock: Clock, quick_disk: Path, tmp_path: Path) -> Terminal:
    return make_station(tmp_path / "station")[0]


def report(station: Terminal, *interviews: Any) -> dict[str, Any]:
    document: dict[str, Any] = station.json("report", "template")
    return document | {"interviews": list(interviews)}


def add(station: Terminal, document: Any) -> str:
    case: str = station.json("report", "add", "-", typed=json.dumps(document))["case"]
    return case


def test_it_is_started_ended_and_told_as_in_the_window(station: Terminal) -> None:
    case = add(station, report(station))
    assert station.json("report", "interview", case)["began"] == ""
    station.refused("interview.not_begun", "report", "interview", case, "--end")
    begun = station.json("report", "interview", case, "--start")
    assert (begun["began"] != "", begun["ended"], begun["asker"]) == (True, "", "620134")
    station.refused("interview.begun", "report", "interview", case, "--start")
    assert station.json("report", "interview", case, "--end")["ended"] != ""
    asked = station.json("report", "interview", case)["questions"]
    assert asked
    assert {"question", "answer"} == set(asked[0])
    for change, code in (
        ({"recorder": "620134"}, "interview.same_officer"),
        ({"ended": "2026-11-20T08:00:00+08:00"}, "interview.order"),
        ({"began": "2999-01-01T08:00:00+08:00", "ended": ""}, "interview.future"),
        ({"place": "长" * 5_000}, "interview.long"),
        ({"began": "yesterday"}, "report.time"),
        ({"asked": "7"}, "report.choice"),
        ({"where": "x"}, "report.unknown_key"),
        ({"place": 7}, "report.malformed"),
        ({"supplement": 1}, "report.choice"),
    ):
        typed = json.dumps(TOLD | change)
        station.refused(code, "report", "interview", case, "--set", "-", typed=typed)
    station.refused("supplement.unknown", "report", "interview", case, "--supplement", "1")
    told = station.json("report", "interview", case, "--set", "-", typed=json.dumps(TOLD))
    assert "13893100027" not in json.dumps(told)
    whole = station.json("report", "interview", case, "--reveal")
    assert {name: whole[name] for name in TOLD if name != "_"} == {
        name: said for name, said in TOLD.items() if name != "_"
    }


def test_the_report_document_carries_it_and_can_be_given_again(station: Terminal) -> None:
    case = add(station, report(station, TOLD))
    shown = station.json("report", "show", case, "--reveal")
    (interview,) = shown["interviews"]
    assert interview["supplement"] == 0
    again = add(station, shown)
    (repeated,) = station.json("report", "show", again, "--reveal")["interviews"]
    assert repeated == interview
    assert "13893100027" not in json.dumps(station.json("report", "show", case)["interviews"])
    assert "interviews" not in station.json("report", "show", add(station, report(station)))


@pytest.mark.parametrize(
    ("interviews", "code"),
    [
        ([TOLD | {"recorder": "620134"}], "interview.same_officer"),
        ([TOLD, TOLD], "report.malformed"),
        ([TOLD | {"supplement": "1"}], "report.malformed"),
        ([7], "report.malformed"),
        ("x", "report.malformed"),
    ],
)
def test_a_report_with_an_interview_that_can_not_be_is_refused_whole(
    station: Terminal, interviews: object, code: str
) -> None:
    document = report(station) | {"interviews": interviews}
    total = station.json("report", "list")["total"]
    station.refused(code, "report", "add", "-", typed=json.dumps([report(station), document]))
    assert station.json("report", "list")["total"] == total


def test_one_about_a_supplement_is_its_own(station: Terminal) -> None:
    case = add(station, report(station, TOLD))
    station.json("report", "supplement", case, "--text", "想起对方电话 13912345678")
    begun = station.json("report", "interview", case, "--supplement", "1", "--start")
    assert begun["supplement"] == 1
    shown = station.json("report", "show", case, "--reveal")["interviews"]
    assert [item["supplement"] for item in shown] == [0, 1]
    assert shown[1]["place"] != TOLD["place"]
