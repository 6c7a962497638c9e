"""Ways of payment by commands: registered, shown, called back, and never stopped where no bank can."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Place
from tests.support.strict import all_of

ADDRESS = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
HASH = "ab" * 32
PAID: Mapping[str, Any] = {"time": "2026-11-24T10:12:35+08:00", "amount_fen": 9_800_000}
COIN = {"way": "coin", "address": ADDRESS, "exchange": "OKX", "chain": "tron", "hash": HASH}
COURIER = {
    "way": "cash", "platform": "滴滴", "order": "DD20261124", "what": "gold", "state": "on_the_way",
    "plate": "甘A12345", "driver": "王师傅", "place": "兰州市安宁区培黎街 12 号",
}  # fmt: skip
ABROAD = {
    "way": "cross_border", "payer": {"bank": "中国银行", "account": "6217004230001234569"},
    "payee": {"account": "GB82WEST12345698765432", "bank": "HSBC"}, "swift": "MIDLGB22", "currency": "GBP",
    "foreign_amount": "10,000",
}  # fmt: skip


def report(place: Place, payment: Mapping[str, Any]) -> str:
    """The sample report with this payment alone."""
    document = json.loads(place.report.read_text("utf-8"))
    document["transfers"] = [{**PAID, **payment}]
    file = place.folder / "way.json"
    file.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    made: str = place.station.json("report", "add", file)["case"]
    return made


@pytest.mark.parametrize(
    ("payment", "receiver"), [(COIN, "OKX"), (COURIER, "滴滴"), (ABROAD, "中国银行")]
)
def test_a_way_is_shown_and_called_back(
    place: Place, payment: Mapping[str, Any], receiver: str
) -> None:
    case = report(place, payment)
    shown = place.station.json("report", "show", case, "--reveal")["transfers"][0]
    own = {
        name
        for name in payment
        if name not in {"address", "exchange", "platform", "order", "payer", "payee"}
    }
    assert {name: shown[name] for name in own} == {name: payment[name] for name in own}
    issue = ("order", "issue", case, "--kind")
    place.station.refused("order.blocked", *issue, "stop")
    made = place.station.json(*issue, "revoke")
    assert made["state"] == "issued"
    assert "recall" in {clock["name"] for clock in made["deadlines"]}
    rows = place.station.json("order", "list")["orders"]
    (row,) = (item for item in rows if item["order"] == made["order"])
    assert receiver in row.values()


def test_an_address_as_account_is_never_stopped(place: Place) -> None:
    case = report(place, {"payee": {"account": ADDRESS, "bank": "中国银行"}})
    place.station.refused("order.blocked", "order", "issue", case, "--kind", "stop")
    shown = place.station.json("report", "show", case)["transfers"][0]
    assert shown["payee"]["account"] == ADDRESS
    assert "way" not in shown


@pytest.mark.parametrize(
    ("kind", "value", "valid"),
    [("swift", "MIDLGB22", True), ("swift", "MIDLGB2", False), ("iban", "GB82WEST12345698765432", True),
     ("iban", "GB81WEST12345698765432", False)],
)  # fmt: skip
def test_banks_and_accounts_abroad_are_checked(
    place: Place, kind: str, value: str, valid: bool
) -> None:
    assert place.station.json("check", kind, value)["valid"] is valid


def test_the_register_and_the_case_carry_ways_parties_and_sums(
    place: Place, tmp_path: Path
) -> None:
    case = report(place, COURIER)
    shown = place.station.json("report", "show", case)
    sums = shown["dispositions"]
    assert sums["left_fen"] == PAID["amount_fen"]
    (row,) = (
        item for item in place.station.json("report", "list")["cases"] if item["case"] == case
    )
    assert {name: row[name] for name in sums} == sums
    made = place.station.json("report", "export", "--to", tmp_path / "out")
    assert made["cases"] >= 1
    text = "".join(Path(name).read_text("utf-8-sig") for name in made["files"])
    assert all_of(word in text for word in (shown["number"], COURIER["driver"], "98000.00"))
    assert COURIER["place"] not in text
    again = tmp_path / "again.json"
    again.write_text(json.dumps(shown, ensure_ascii=False), "utf-8")
    assert place.station.json("report", "add", again)["case"] != case, "what is shown can be given"
