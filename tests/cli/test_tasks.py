"""A task by commands alone: given, returned, given again, accepted, finished, listed at the centre."""

from __future__ import annotations

import json

from tests.cli.conftest import Place
from tests.cli.terminal import CODE
from tests.cli.test_calls import exchange
from tests.documents.pdf_text import all_text

TASK = {
    "unit": CODE, "kind": "warning", "text": "见面劝阻，号码 13919364417", "urgent": True,
    "name": "白秀英", "phone": "13919364417",
}  # fmt: skip


def test_a_task_goes_down_and_its_result_comes_up(place: Place) -> None:
    station, centre = place.station, place.centre
    for name, odd in (("kind", "rumour"), ("urgent", "yes"), ("due", "soon"), ("text", 1)):
        wrong = json.dumps(TASK | {name: odd})
        centre.refused("task.document", "task", "add", "-", typed=wrong)
    made = centre.json("task", "add", "-", typed=json.dumps(TASK))
    task = made["task"]
    assert (made["unit"], made["state"]) == (CODE, "given")
    exchange(place, "1")
    (row,) = station.json("task", "list")["tasks"]
    assert (row["task"], row["kind"], row["urgent"]) == (task, "warning", True)
    assert row["responsible"] == "officer"
    assert "13919364417" not in json.dumps(row)
    assert station.json("task", "return", task, "--reason", "不在本辖区")["state"] == "returned"
    exchange(place, "2")
    (back,) = centre.json("task", "list", "--view", "returned")["tasks"]
    assert back["words"] == "不在本辖区"
    again = centre.json("task", "add", "-", typed=json.dumps(TASK | {"due": "2036-12-01 18:00"}))
    _attached_and_requested(place, again["task"])
    slip = place.folder / "slip.pdf"
    assert station.json("task", "slip", again["task"], "--to", slip)["pages"] == 1
    assert all_text(slip.read_bytes()).count("13919364417") == 2, "whoever goes out needs it whole"
    accepted = station.say("task", "accept", again["task"])
    assert accepted.status == 0
    assert "139****4417" in accepted.out, "nobody asked for the whole number"
    done = "task", "done", again["task"], "--result", "电话不通", "--outcome", "not_reached"
    assert station.json(*done)["state"] == "finished"
    station.refused("task.over", *done)
    station.refused("task.over", "task", "slip", again["task"], "--to", str(slip))
    exchange(place, "4")
    there = centre.json("task", "list", "--view", "finished", "--unit", CODE)
    (row,) = there["tasks"]
    assert (there["counts"]["open"], there["counts"]["all"]) == (0, 2)
    assert (row["result"], row["words"]) == ("not_reached", "电话不通")
    assert centre.json("verify")["ok"]
    assert station.json("verify")["ok"]


def _attached_and_requested(place: Place, task: str) -> None:
    """A file goes along; the station asks another for two things, and takes one back."""
    station, centre = place.station, place.centre
    notice = place.folder / "notice.txt"
    notice.write_text("要当面说的话")
    centre.refused("task.files", "task", "attach", task)
    assert centre.json("task", "attach", task, str(notice))["files"] == 1
    wanted = json.dumps(TASK | {"place": "620103"})
    request = station.json("task", "request", "-", typed=wanted)["task"]
    moot = station.json("task", "request", "-", typed=wanted)["task"]
    assert station.json("task", "withdraw", moot)["state"] == "withdrawn"
    exchange(place, "3")
    assert [row["files"] for row in station.json("task", "list")["tasks"]] == [0, 1]
    asked = centre.json("task", "list", "--view", "requests")["tasks"]
    assert {row["task"]: (row["state"], row["place"]) for row in asked} == {
        request: ("requested", "620103"), moot: ("withdrawn", "620103"),
    }  # fmt: skip
    centre.refused("request.same_unit", "task", "pass-on", request, "--to", CODE)
    assert centre.json("task", "refuse", request, "--reason", "已处置")["state"] == "refused"
