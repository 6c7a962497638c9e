"""The list of a centre's devices by commands: made, shown, written, taken over, and refused when it is older."""

from __future__ import annotations

from tests.cli.conftest import Place
from tests.cli.terminal import Terminal, with_second
from tests.ui.pages.errors import tells


def test_a_list_is_made_at_the_centre_and_taken_over_at_a_station(place: Place) -> None:
    seat = Terminal(place.folder.parent / "seat2")
    seat.json("centre", "init", "--officer", "620009", "--name", "赵敏")
    card, old, new = (place.folder / name for name in ("seat2.card", "old.list", "new.list"))
    seat.json("trust", "card", "--to", card)
    two = with_second(place.centre, place.folder)
    own = ("--officer", "620001")
    assert place.centre.json(*own, "centre", "devices") == {"devices": []}
    place.centre.refused("centre_list.none", *own, "centre", "devices", "--to", old)
    (row,) = place.centre.json(*own, "centre", "add-device", card, *two)["devices"]
    place.centre.json(*own, "centre", "devices", "--to", old)
    taken = place.station.json("trust", "take-list", old)
    assert taken["devices"] == [row["device"]]
    place.centre.json(*own, "centre", "remove-device", row["fingerprint"], *two)
    place.centre.json(*own, "centre", "devices", "--to", new)
    assert tells(place.station.say("trust", "list").err.splitlines()[0], "trust.changed")
    place.station.json("trust", "changes", "--seen")
    assert place.station.json("trust", "take-list", new)["number"] > taken["number"]
    place.station.refused("centre_list.older", "trust", "take-list", old)
    place.station.refused("file.unreadable", "trust", "take-list", place.folder / "nowhere")
    listed = place.station.json("trust", "list")["parties"]
    assert next(one for one in listed if one["device"] == row["device"])["revoked"]
