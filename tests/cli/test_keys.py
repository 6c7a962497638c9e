"""Keys and cards by commands alone: pictures and pages in place of files, new keys as planned and after a loss."""

from __future__ import annotations

from tests.cli.conftest import Place


def carry(place: Place, name: str) -> None:
    """A bundle up, the receipt down."""
    up, down = place.stick(f"{name}-up"), place.stick(f"{name}-down")
    place.station.json("report", "add", place.report)
    place.station.json("bundle", "export", "--to", up)
    assert place.centre.json("centre", "ingest", up)["problems"] == []
    place.centre.json("centre", "reply", "--to", down)
    assert place.station.json("bundle", "apply", down)["problems"] == []


def test_cards_travel_as_pictures_and_pages(place: Place) -> None:
    page, picture = place.folder / "card.pdf", place.folder / "approval.png"
    place.station.json("trust", "card", "--to", page)
    assert page.read_bytes().startswith(b"%PDF")
    enrolled = place.centre.json("centre", "enrol", page, "--to", picture)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert place.station.json("trust", "add", picture)["standing"] == "trusted"
    own, *_ = place.station.json("trust", "keys")["keys"]
    assert own["fingerprint"] == enrolled["fingerprint"]
    place.station.refused("card.unreadable", "trust", "add", place.folder / "nowhere.png")


def test_new_keys_as_planned_and_after_a_loss(place: Place) -> None:
    carry(place, "first")
    fresh = place.station.json("trust", "rotate")
    assert place.station.json("trust", "keys")["unknown_to"]
    carry(place, "planned")
    (known,) = place.centre.json("trust", "list")["parties"]
    assert known["fingerprint"] == fresh["fingerprint"]
    assert [key["standing"] for key in known["keys"]] == ["current", "overlap"]
    assert place.station.json("trust", "keys")["unknown_to"] == []
    newest = place.centre.json("centre", "rotate")["fingerprint"]
    told = place.centre.say("trust", "keys", lang="zh_CN").out
    assert "张掖路派出所 A 机 还没有收到新密钥" in told
    carry(place, "centre")
    (centre,) = place.station.json("trust", "list")["parties"]
    assert centre["fingerprint"] == newest
    card, approval = place.folder / "lost.png", place.folder / "lost.approval"
    place.station.refused("trust.reason_missing", "trust", "rotate", "--lost", " ")
    place.station.json("trust", "rotate", "--lost", "硬盘被复制", "--card", card)
    place.centre.json("centre", "enrol", card, "--to", approval)
    place.station.json("trust", "add", approval)
    carry(place, "lost")
    states = [key["lost"] for key in place.station.json("trust", "keys")["keys"]]
    assert states == [False, True, False]
    place.station.json("trust", "destroy-key", fresh["fingerprint"])
    place.station.refused("keys.unknown", "trust", "destroy-key", fresh["fingerprint"])
    first = place.station.json("trust", "keys")["keys"][-1]["fingerprint"]
    case = place.station.json("report", "list")["cases"][0]["number"]
    file = place.folder / "chat.txt"
    file.write_text("evidence", encoding="utf-8")
    place.station.json("evidence", "add", case, file)
    assert place.station.json("trust", "reseal") == {"resealed": 0}, "sealed to the newest already"
    assert place.station.json("trust", "destroy-key", first)["held"] is False
    assert place.station.json("evidence", "verify")["ok"]
    carry(place, "without the first")
