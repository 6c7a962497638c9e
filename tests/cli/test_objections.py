"""Objections of account holders by commands alone: received, listed, decided by another officer, taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import make_station
from tests.cli.terminal import Terminal, with_second
from tests.support.clocks import HandClock
from tests.support.installations import OFFICER

OBJECTION = {
    "name": "陈某某",
    "id_number": "620102199001011230",
    "phone": "13893112233",
    "grounds": "卖二手车的车款，有合同",
    "received_at": "2026-11-24 10:00",
}


@pytest.fixture
def station(clock: HandClock, quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("FANZHA_OFFICER", OFFICER)
    return make_station(quick_folder / "a")[0]


@pytest.fixture
def stopped(station: Terminal) -> tuple[str, dict[str, Any], str]:
    """Number of a case, its stop, and the account that was stopped."""
    template = station.json("report", "template")
    case = station.json("report", "add", "-", typed=json.dumps(template))["number"]
    order = station.json("order", "issue", case, "--kind", "stop")
    return case, order, template["transfers"][0]["payee"]["account"]


def told(**more: Any) -> str:
    return json.dumps(OBJECTION | more, ensure_ascii=False)


def test_received_by_account_listed_masked_and_decided_by_another(
    station: Terminal, stopped: tuple[str, dict[str, Any], str], quick_folder: Path
) -> None:
    case, order, account = stopped
    made = station.json("case", "object", case, "-", typed=told(accounts=[account]))
    assert set(made) >= {"objection", "due"}
    assert made["due"] == "2026-11-27T16:00:00.000Z", "the end of the third day in China"
    (row,) = station.json("case", "object", "list")["objections"]
    assert (row["objection"], row["state"], row["case_number"]) == (
        made["objection"],
        "review",
        case,
    )
    assert row["orders"] == [order["number"]]
    assert OBJECTION["phone"] not in json.dumps(row)
    assert OBJECTION["id_number"] not in station.say("case", "object", "list", case).out
    whole = station.json("case", "object", "list", case, "--reveal")["objections"]
    assert whole[0]["phone"] == OBJECTION["phone"]
    refusal = ("--outcome", "refused", "--reason", "合同与账户无关")
    station.refused("objection.own_decision", "case", "decide", case, 1, *refusal)
    second = with_second(station, quick_folder, roles="approver")
    done = station.json("case", "decide", case, 1, "--outcome", "upheld", *second)
    assert (done["outcome"], done["decided_by"]) == ("upheld", second[1])
    for secret in (OBJECTION["phone"], OBJECTION["id_number"]):
        assert secret not in json.dumps(done), "masked like the list"
    assert done["release"][0]["order"] == order["number"]
    assert order["number"] in station.say("case", "object", "list").out


def test_taken_back(station: Terminal, stopped: tuple[str, dict[str, Any], str]) -> None:
    case, order, _ = stopped
    station.json("case", "object", case, "-", typed=told(orders=[order["number"]]))
    done = station.json("case", "withdraw", case, 1, "--reason", "本人撤回")
    assert (done["state"], done["withdrawn"]) == ("withdrawn", "本人撤回")
    assert OBJECTION["phone"] not in json.dumps(done)
    assert station.json("case", "object", "list")["objections"] == []
    assert len(station.json("case", "object", "list", case)["objections"]) == 1
    station.refused("objection.unknown", "case", "withdraw", case, 2, "--reason", "错")


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (["x"], "objection.document"),
        ({**OBJECTION, "relation": "neighbour"}, "objection.document"),
        ({**OBJECTION, "id_kind": "club card"}, "objection.document"),
        ({**OBJECTION, "received_at": "someday"}, "objection.document"),
        ({**OBJECTION, "orders": "Z1"}, "objection.document"),
        ({**OBJECTION, "phone": 138}, "objection.document"),
        ({**OBJECTION, "accounts": ["6217000000000000000"]}, "objection.no_account"),
        ({**OBJECTION, "orders": ["Z9"]}, "objection.no_measure"),
        (OBJECTION, "objection.no_order"),
    ],
)
def test_a_document_that_tells_no_objection_is_refused(
    station: Terminal, stopped: tuple[str, dict[str, Any], str], document: object, code: str
) -> None:
    typed = json.dumps(document, ensure_ascii=False)
    station.refused(code, "case", "object", stopped[0], "-", typed=typed)


def test_the_file_is_needed(station: Terminal, stopped: tuple[str, dict[str, Any], str]) -> None:
    station.refused("objection.no_file", "case", "object", stopped[0], status=2)
