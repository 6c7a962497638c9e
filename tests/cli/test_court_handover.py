"""Handed over by one command, checked by another that needs no profile."""

from __future__ import annotations

from tests.cli.conftest import Place
from tests.cli.terminal import Terminal


def test_a_folder_is_written_and_checked_and_altered(place: Place) -> None:
    station = place.station
    case = station.json("report", "add", place.report)["case"]
    phone, court = place.stick("court-phone"), place.folder / "court"
    for name in ("聊天.png", "流水.csv", "录音.m4a"):
        (phone / name).write_bytes(name.encode())
    station.json("evidence", "add", case, phone)
    done = station.json(
        "evidence", "export", case, "--to", court, "--item", 1, "--item", 3, "--receiver", "检察院", "--md5"
    )  # fmt: skip
    assert len(done["files"]) == 2
    anybody = Terminal(place.folder / "no profile")
    found = anybody.json("evidence", "check", court, "--fingerprint", done["fingerprint"])
    assert (found["ok"], found["items"], found["receiver"]) == (True, 2, "检察院")
    assert anybody.say("evidence", "check", court, "--fingerprint", "0" * 16).status == 1
    (court / "data" / "0001.csv").write_bytes("流水.csw".encode())
    said = anybody.say("evidence", "check", court)
    assert said.status == 1
    assert "0001.csv" in said.out
    assert anybody.say("evidence", "check", place.folder / "nowhere").status == 1
    station.refused(
        "evidence.unknown", "evidence", "export", case, "--to", place.folder / "x", "--item", 9
    )
