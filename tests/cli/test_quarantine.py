"""What was refused is told on the terminal with its reason, and taken in by a command once trust is back."""

from __future__ import annotations

from tests.cli.conftest import Place


def test_a_bundle_of_a_revoked_desk_waits_in_the_inbox_and_is_released(place: Place) -> None:
    station, centre = place.station, place.centre
    stick = place.stick("revoked")
    (peer,) = centre.json("trust", "list")["parties"]
    centre.json("trust", "revoke", peer["fingerprint"], "--reason", "电脑被盗")
    station.json("report", "add", place.report)
    station.json("bundle", "export", "--to", stick)
    assert centre.say("--json", "centre", "ingest", stick).status == 1
    shown = centre.say("centre", "inbox", lang="zh_CN").out
    assert "已被撤销的机器" in shown, "the reason"
    assert "重新登记" in shown, "and what to do"
    assert centre.json("centre", "inbox")["quarantine"][0]["unit_code"] == peer["unit_code"]
    again = centre.say("centre", "release")
    assert again.status == 1, "nothing has changed yet"
    centre.json("centre", "enrol", place.folder / "station.card", "--to", place.folder / "anew")
    assert centre.json("centre", "release")["applied"] > 0
    assert centre.json("centre", "inbox")["quarantine"] == []
    station.refused("centre.not_a_centre", "centre", "release")


def test_an_empty_quarantine_is_no_folder_without_bundles(place: Place) -> None:
    assert "没有包" not in place.centre.say("centre", "release").out


def test_what_a_single_round_refuses_is_reported_with_its_reason(place: Place) -> None:
    shared = place.stick("shared")
    (shared / "fanzha-620102540000-A-000001-1of1.fzb").write_bytes(b"no bundle")
    said = place.centre.say("centre", "watch", shared, "--once")
    assert said.status == 1
    assert "这个文件不是本程序的导出包" in said.out
