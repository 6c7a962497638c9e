"""Orders of every kind by commands: asked for, refused by rule, approved, answered, withdrawn."""

from __future__ import annotations

import hashlib
import json

import pytest

from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.orders.order import OrderKind
from tests.cli.conftest import Place

PHONE = "17012345678"


@pytest.fixture(scope="module")
def case(place: Place) -> str:
    """One case for all tests that look at one order of theirs."""
    return report(place)


def report(place: Place) -> str:
    """The sample report with a number, a site and an official number as leads."""
    document = json.loads(place.report.read_text("utf-8"))
    leads = (("mobile", PHONE), ("displayed_number", "+86 95588"), ("url", "https://x.example/a"))
    document["identifiers"] = [{"kind": kind, "value": value, "note": ""} for kind, value in leads]
    file = place.folder / "leads.json"
    file.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    made: str = place.station.json("report", "add", file)["case"]
    return made


@pytest.mark.parametrize("kind", OrderKind)
def test_every_kind_is_issued_or_refused_by_its_rule(place: Place, kind: OrderKind) -> None:
    """Before anything else was ordered: what follows something else has nothing to follow."""
    about = ["--identifier", PHONE] if SPECS[kind].target is OrderTarget.NUMBER else []
    words = ["order", "issue", report(place), "--kind", kind.value, *about]
    refusals = {
        OrderKind.SECOND_STOP: "order.no_first_stop",
        OrderKind.LIFT: "order.no_stop",
        OrderKind.FREEZE: "order.not_filed",
        OrderKind.EXTEND_FREEZE: "order.not_filed",
        OrderKind.UNFREEZE: "order.no_freeze",
    }
    if refusals.get(kind):
        place.station.refused(refusals[kind], *words)
        return
    made = place.station.json(*words)
    assert set(made) >= {"order", "state", "problems", "deadlines"}
    waits = SPECS[kind].level.value != "none"
    assert made["state"] == ("proposed" if waits else "issued")
    row = next(
        r
        for r in place.station.json("order", "list", made["number"], "--kind", kind.value)["orders"]
        if r["order"] == made["order"]
    )
    assert row["kind"] == kind.value
    assert not place.station.json("order", "list", "--bank", made["number"])["orders"]
    assert row["target"]


def test_what_has_arrived_is_not_revoked(place: Place, case: str) -> None:
    words = ("order", "issue", case, "--kind", "revoke", "--transfer", 2)
    place.station.refused("order.arrived", *words)


def test_official_numbers_are_never_shut_down(place: Place, case: str) -> None:
    words = ("order", "issue", case, "--identifier", "+86 95588", "--kind")
    place.station.refused("order.protected", *words, "shutdown")
    assert place.station.json(*words, "trace")["state"] == "issued"
    place.station.refused(
        "order.no_identifier", "order", "issue", case, "--kind", "trace", "--identifier", "110"
    )


@pytest.mark.parametrize("option", [("--line", "displayed"), ("--wanted", "开户资料")])
def test_what_an_order_of_that_kind_can_not_say_is_refused(
    place: Place, case: str, option: tuple[str, str]
) -> None:
    """It was left out without a word."""
    place.station.refused("order.field", "order", "issue", case, "--kind", "query_holder", *option)


def _hear_centre(place: Place) -> None:
    """The centre's receipt says what its program reads."""
    up, down = place.stick("up-first"), place.stick("down-first")
    place.station.json("bundle", "export", "--to", up)
    assert place.centre.json("centre", "ingest", up)["problems"] == []
    place.centre.json("centre", "reply", "--to", down)
    assert place.station.json("bundle", "apply", down)["problems"] == []


def test_a_stop_of_one_is_listed_until_another_confirms_it(place: Place) -> None:
    station = place.station
    _hear_centre(place)
    case = station.json("report", "add", place.report)["number"]
    made = station.json("order", "issue", case, "--kind", "stop")
    row = next(r for r in station.json("order", "list")["orders"] if r["order"] == made["order"])
    assert (row["alone"], row["unconfirmed"], row["confirmed_by"]) == (True, True, "")
    waiting = station.json("order", "confirm")["unconfirmed"]
    assert made["number"] in {item["number"] for item in waiting}
    assert made["number"] in station.say("order", "confirm").out
    station.refused("order.own_confirmation", "order", "confirm", made["number"])
    station.refused("order.unknown", "order", "confirm", "0000-A-0000-Z1")


def test_why_an_order_was_sent_despite_the_check_is_shown(place: Place) -> None:
    document = json.loads(place.report.read_text("utf-8"))
    document["victim"]["id_number"] = "620102196804152045"
    file = place.folder / "wrong-id.json"
    file.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    station = place.station
    issue = ("order", "issue", station.json("report", "add", file)["case"], "--kind", "stop")
    station.refused("order.unexplained", *issue)
    made = station.json(*issue, "--despite", "身份证复印件模糊，已电话核实")
    shown = station.json("order", "show", made["number"])
    assert shown["despite"] == {
        "codes": ["id_checksum"],
        "reason": "身份证复印件模糊，已电话核实",
    }
    assert "身份证复印件模糊" in station.say("order", "show", made["order"]).out
    station.refused("order.unknown", "order", "show", "0000-A-0000-Z1")


def test_what_becomes_of_an_order(place: Place, case: str) -> None:
    station = place.station
    made = station.json(
        "order", "issue", case, "--kind", "block", "--identifier", "https://x.example/a"
    )
    key = made["number"]
    assert station.json("order", "official", key, "JA1")["state"] == "issued"
    answer = place.folder / "blocked.json"
    answer.write_text(json.dumps({"order": key, "result": "failed", "remark": "域名在境外"}))
    assert station.json("order", "reply", answer) == {"replies": 1}
    row = next(r for r in station.json("order", "list")["orders"] if r["number"] == key)
    assert (row["state"], row["official"]) == ("failed", "JA1")
    again = station.json(
        "order", "issue", case, "--kind", "block", "--identifier", "https://x.example/a"
    )
    station.refused(
        "order.needs_no_approval", "order", "approve", again["number"], "--by", "张局长"
    )
    withdrawn = station.json("order", "withdraw", again["number"], "--reason", "网址写错")
    assert withdrawn["state"] == "withdrawn"
    station.refused("order.over", "order", "withdraw", again["number"], "--reason", "x")
    watch = station.json("order", "issue", case, "--kind", "watch", "--transfer", 2)
    assert (
        station.json("order", "refuse", watch["number"], "--by", "张局长", "--reason", "不必")[
            "state"
        ]
        == "refused"
    )
    watch = station.json("order", "issue", case, "--kind", "watch", "--transfer", 2)
    assert station.json("order", "approve", watch["number"], "--by", "张局长")["state"] == "issued"


def test_what_an_order_says_is_set_field_by_field(place: Place) -> None:
    station, made = place.station, report(place)
    picture = place.folder / "回单.png"
    picture.write_bytes(b"receipt")
    station.json("evidence", "add", made, picture)
    order = station.json(
        "order", "issue", made, "--kind", "stop", "--evidence", "回单.png",
        "--set", "application=04", "--set", "original_application=YW9", "--set", "urgency=01",
    )["order"]  # fmt: skip
    row = next(r for r in station.json("order", "list")["orders"] if r["order"] == order)
    digest = hashlib.sha256(b"receipt").hexdigest()
    assert row["terms"]["evidence"] == [digest]
    assert (row["terms"]["application"], row["terms"]["urgency"]) == ("04", "01")
    shut = ("order", "issue", made, "--identifier", PHONE, "--kind", "trace", "--set")
    odd = station.json(*shut, "anomalies=leading_zeros,differs_from_callback")["order"]
    row = next(r for r in station.json("order", "list")["orders"] if r["order"] == odd)
    assert row["terms"]["anomalies"] == ["leading_zeros", "differs_from_callback"]
    station.refused("order.field", *shut, "freeze.amount_fen=1")
    station.refused("order.field_value", *shut, "anomalies=purple")
    station.refused("order.field_value", *shut, "first_at=gestern")
    station.refused("order.no_evidence", *shut[:-1], "--evidence", "nothing.png")
    again = ("order", "issue", made, "--kind", "stop", "--transfer", 2, "--set", "application=02")
    station.refused("order.blocked", *again)


def test_a_reply_tells_the_account_and_the_next_tier(place: Place) -> None:
    station, made = place.station, report(place)
    order = station.json("order", "issue", made, "--kind", "stop")["number"]
    answer = {
        "order": order, "result": "partial", "amount_fen": 100, "failure": "200002",
        "account": {"merchant": "M1", "licence_until": "2031-05-01", "pos_terminal": "T77",
                    "earlier_fen": 500, "earlier_by": "某分局",
                    "earlier_until": "2027-05-01T00:00:00+08:00"},
        "hops": [{"account": "6222021001116245702", "amount_fen": 3_668_000,
                  "time": "2026-11-24T10:20:00+08:00"}],
    }  # fmt: skip
    file = place.folder / "partial.json"
    for wrong in (
        {"account": {"colour": "red"}},
        {"hops": [{"amount_fen": "1"}]},
        {"line": 7},
        {"amount": "98000.00"},
    ):
        file.write_text(json.dumps(answer | wrong))
        station.refused("reply.malformed", "order", "reply", file)
    file.write_text(json.dumps(answer))
    assert station.json("order", "reply", file) == {"replies": 1}
    row = next(r for r in station.json("order", "list")["orders"] if r["number"] == order)
    told = row["reply"]
    assert told["account"] == answer["account"] | {"earlier_until": "2027-04-30T16:00:00.000Z"}
    assert told["failure"] == "200002"
    assert [hop["account"] for hop in told["hops"]] == ["6222021001116245702"]
