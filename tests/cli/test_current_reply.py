"""A reply to an order that has another: by command as in the window, nothing is replaced unseen."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Place


@pytest.fixture
def order(place: Place) -> str:
    """A stop the centre knows and has one reply to."""
    made = place.station.json("report", "add", place.report)["case"]
    key: str = place.station.json("order", "issue", made, "--kind", "stop")["order"]
    stick = place.stick(f"out-{made}")
    place.station.json("bundle", "export", "--to", stick)
    place.centre.json("centre", "ingest", stick)
    letter = place.folder / "first.json"
    letter.write_text(json.dumps({"order": key, "result": "partial", "amount_fen": 500}))
    assert place.centre.json("centre", "replies", letter)["replies"] == 1
    return key


def test_a_letter_replaces_only_what_it_names(place: Place, order: str) -> None:
    centre, letter = place.centre, place.folder / "other.json"
    said = {"order": order, "result": "partial", "amount_fen": 700}
    letter.write_text(json.dumps(said))
    refused = centre.say("--json", "centre", "replies", letter)
    assert (refused.status, refused.document["error"]) == (1, "answer.other_stands")
    stands = refused.document["standing"]
    assert (stands["by"], stands["reply"]["amount_fen"]) == ("620001", 500)
    assert refused.document["said"]["amount_fen"] == 700
    shown = centre.say("centre", "replies", letter)
    assert any("500 | 700" in line for line in shown.out.splitlines())
    assert "620001" in shown.err
    named = said | {"replaces": stands["entry"]}
    letter.write_text(json.dumps(named))
    assert centre.json("centre", "replies", letter)["replies"] == 1
    letter.write_text(json.dumps(named | {"amount_fen": 900}))
    again = centre.say("--json", "centre", "replies", letter)
    assert again.document["error"] == "answer.other_stands", "the one it names stands no more"
    assert again.document["standing"]["reply"]["amount_fen"] == 700


def test_a_station_replaces_only_what_it_names(place: Place, order: str) -> None:
    station, letter = place.station, place.folder / "station.json"
    for amount in (300, 300):
        letter.write_text(json.dumps({"order": order, "result": "partial", "amount_fen": amount}))
        said = station.say("--json", "order", "reply", letter)
    assert said.document["error"] == "reply.exists", "the same words are told as such"
    letter.write_text(json.dumps({"order": order, "result": "partial", "amount_fen": 400}))
    refused = station.say("--json", "order", "reply", letter)
    assert refused.document["standing"]["reply"]["amount_fen"] == 300


def test_a_reply_that_waits_replaces_nothing_unseen(place: Place, order: str) -> None:
    """What stands is shown beside it, and the queue keeps it until the one that stands is named."""
    centre, table = place.centre, place.folder / "answers.csv"
    rows = ["指令标识,办理结果,未成功原因,网点负责人", f"{order},失败,余额为零,马行长"]
    table.write_text("\n".join(rows), "utf-8")
    taken = centre.say("--json", "centre", "replies", table).document
    assert (taken["queued"], taken["files"][0]["unread"]) == (1, ["网点负责人"])
    assert centre.json("centre", "replies", table)["files"][0]["waiting"] == 1
    (waiting,) = centre.json("centre", "replies", "--queue")["queue"]
    words = ("centre", "replies", "--assign", waiting["key"], order)
    refused = centre.say("--json", *words)
    assert (refused.status, refused.document["error"]) == (1, "answer.other_stands")
    assert refused.document["said"]["result"] == "failed"
    assert len(centre.json("centre", "replies", "--queue")["queue"]) == 1
    entry = refused.document["standing"]["entry"]
    assert centre.json(*words, "--replaces", entry)["queue"] == []
    row = next(row for row in centre.json("order", "list")["orders"] if row["order"] == order)
    assert row["state"] == "failed"


def test_a_table_that_can_not_be_read_is_named_with_the_reason(place: Place) -> None:
    table = place.folder / "农行.xlsx"
    table.write_bytes(b"no table")
    said = place.centre.say("centre", "replies", table)
    assert said.status == 1
    (_, why) = said.out.splitlines()
    assert why.startswith("农行.xlsx：")
    assert len(why) > len("农行.xlsx：")
