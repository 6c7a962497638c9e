"""``rules list``: every rule with its source, for people and for programs."""

from __future__ import annotations

from tests.cli.conftest import Place

KEYS = {
    "id", "name", "value", "unit", "source", "article", "valid_from", "checked", "doubt", "note",
}  # fmt: skip


def test_every_rule_in_force_is_listed(place: Place) -> None:
    rules = place.station.json("rules", "list")["rules"]
    by_id = {rule["id"]: rule for rule in rules}
    assert len(by_id) == len(rules) > 100
    assert {frozenset(rule) for rule in rules} == {frozenset(KEYS)}
    stop = by_id["stop.validity"]
    assert (stop["value"], stop["unit"], stop["source"]) == (48, "hours", "银发〔2016〕86号")
    assert not stop["doubt"]
    assert by_id["helping.gain"]["doubt"]
    lines = place.station.say("rules", "list", lang="zh_CN").out.splitlines()
    assert len(lines) == len(rules)
    assert [line for line in lines if "48 小时" in line and "银发〔2016〕86号" in line]
    assert place.centre.json("rules", "list")["rules"] == rules
