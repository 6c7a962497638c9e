"""A call at the centre by commands alone: taken down, stopped, assigned, returned, assigned again and accepted."""

from __future__ import annotations

import json
from typing import Any

from desktop.runtime.files.resources import resource_path
from tests.cli.conftest import Place
from tests.cli.terminal import CODE, Terminal

CALL = {
    "caller": "13919364417", "callback": "09318890221", "at": "2026-11-24T10:58:00+08:00",
    "came_from": "police_110", "three_way": "农行 95599",
}  # fmt: skip


def exchange(place: Place, name: str) -> None:
    down, up = place.stick(f"down{name}"), place.stick(f"up{name}")
    place.centre.json("centre", "reply", "--to", down)
    assert place.station.json("bundle", "apply", down)["held"] == 0
    place.station.json("bundle", "export", "--to", up)
    place.centre.json("centre", "ingest", up)


def row_of(terminal: Terminal, number: str) -> dict[str, Any]:
    rows = terminal.json("report", "list")["cases"]
    (row,) = [row for row in rows if row["number"] == number]
    return dict(row)


def test_a_call_goes_down_and_is_accepted(place: Place) -> None:
    station, centre = place.station, place.centre
    document = json.loads(place.report.read_text("utf-8")) | {"call": CALL}
    odd = json.dumps(document | {"call": {"came_from": "rumour"}})
    centre.refused("report.choice", "report", "add", "-", typed=odd)
    made = centre.json("report", "add", "-", typed=json.dumps(document))
    case = made["number"]
    shown = centre.json("report", "show", case)
    assert shown["call"]["came_from"] == "police_110"
    assert "13919364417" not in json.dumps(shown)
    centre.json("order", "issue", case, "--kind", "stop", "--transfer", "1")
    assert centre.json("centre", "calls") == {"calls": []}
    assigned = centre.json("centre", "assign", case, "--to", CODE, "--reason", "住张掖路")
    assert (assigned["case"], assigned["unit"]) == (made["case"], CODE)
    assert assigned["state"] == "offered"

    slip = place.report.with_name("slip.png")
    sent = centre.json("centre", "message", case, "--to", str(slip))
    assert slip.read_bytes().startswith(b"\x89PNG")

    exchange(place, "1")
    assert row_of(station, case)["state"] == "offered"
    assert station.json("report", "show", sent["code"])["number"] == case
    assert len(station.json("report", "show", case)["orders"]) == 1
    returned = station.json("report", "return", case, "--reason", "不在本辖区")
    assert (returned["unit"], returned["state"]) == (CODE, "returned")
    exchange(place, "2")
    assert row_of(centre, case)["state"] == "returned"
    centre.json("centre", "assign", case, "--to", CODE)
    exchange(place, "3")
    accepted = station.json("report", "accept", case)
    assert (accepted["case"], accepted["state"]) == (made["case"], "accepted")
    station.json("report", "supplement", case, "--text", "又转了一笔")
    exchange(place, "4")
    texts = [item["text"] for item in centre.json("report", "show", case)["supplements"]]
    assert texts == ["又转了一笔"]
    assert centre.json("verify")["ok"]
    assert station.json("verify")["ok"]


def test_the_level_of_a_warning_stays_where_a_call_says_none(place: Place) -> None:
    centre, sample = place.centre, resource_path("samples/dissuasion.json")
    document = json.loads(sample.read_text("utf-8"))
    document["answers"] = {"dissuasion.ask.level": "@=red"}
    case = centre.json("report", "add", "-", typed=json.dumps(document))["number"]
    wrong = ("report", "dissuade", case, "--outcome", "unreached", "--level", "violet")
    centre.refused("report.choice", *wrong)
    for _ in range(2):
        called = centre.json("report", "dissuade", case, "--outcome", "unreached")
        assert called["call_again"], "as soon as the rule of its level says"
    stopped = centre.json("report", "dissuade", case, "--outcome", "stopped", "--saved", "5万")
    assert stopped["call_again"] == ""
