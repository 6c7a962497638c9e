"""``fanzha verify --origin`` in both languages, where all is well and where something was changed."""

from __future__ import annotations

from desktop.app.installation import Installation
from desktop.storage.store import SqlStore
from tests.cli.conftest import Place
from tests.cli.terminal import Terminal
from tests.support.installations import PASSWORD


def spoil(centre: Terminal) -> None:
    installation = Installation(centre.profile)
    installation.sign_in("620001", PASSWORD)
    store = installation.session.store
    assert isinstance(store, SqlStore)
    with store._engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE origin SET payload = x'00'")
    installation.close()


def test_a_centre_hears_what_is_proven_and_what_is_not(place: Place) -> None:
    assert place.centre.json("verify", "--origin") == {
        "ok": True, "since": "", "devices": [], "problems": [],
    }  # fmt: skip
    stick = place.stick("origin")
    place.station.json("report", "add", place.report)
    place.station.json("bundle", "export", "--to", stick)
    place.centre.json("centre", "ingest", stick)
    (device,) = place.centre.json("verify", "--origin")["devices"]
    assert device["signed"] == device["entries"] > 0
    for lang in ("zh_CN", "en"):
        said = place.centre.say("verify", "--origin", lang=lang)
        assert said.status == 0
        assert str(device["signed"]) in said.out.splitlines()[1]
    spoil(place.centre)
    said = place.centre.say("--json", "verify", "--origin")
    assert said.status == 1
    (problem,) = said.document["problems"]
    assert (problem["code"], problem["device"]) == ("origin.signature", device["device"])
    assert problem["place"] in place.centre.say("verify", "--origin", lang="en").out
