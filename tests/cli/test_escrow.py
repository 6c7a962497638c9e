"""The station's key back from the centre, by commands alone."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Place
from tests.support.installations import OFFICER, PASSWORD

NEW = "Xin-mi-ma-2026!"


def test_a_station_gets_its_key_back_from_the_centre(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, answer = place.folder / "请求.json", place.folder / "答复.age"
    place.station.json("verify")  # a sign-in after both came to trust each other lays the copy down
    assert place.station.json("escrow", "show")["held"]
    made = place.station.json("escrow", "request", "--to", request)
    place.centre.refused(
        "escrow.code", "escrow", "answer", request, "--code", "0000-0000-0000-0000", "--to", answer
    )
    place.centre.refused(
        "escrow.unreadable", "escrow", "answer", place.folder, "--code", "x", "--to", answer
    )
    place.centre.json("escrow", "answer", request, "--code", made["code"], "--to", answer)
    monkeypatch.setenv("FANZHA_NEW_PASSWORD", NEW)
    assert place.station.json("recover", "--answer", answer) == {"ok": True, "officer": OFFICER}
    place.station.refused("escrow.damaged", "recover", "--answer", answer)
    place.station.refused("password.wrong", "verify")
    monkeypatch.setenv("FANZHA_PASSWORD", NEW)
    told = place.station.say(
        "--json", "verify"
    )  # with a word about the wrong password on standard error
    assert (told.status, told.document["ok"]) == (0, True)
    monkeypatch.setenv("FANZHA_NEW_PASSWORD", PASSWORD + "-2")
    assert place.station.say("recover", "--answer", answer, "--code", "x").status == 2
