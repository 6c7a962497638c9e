"""A slip that was read waits in the inbox for its bundle, and leaves by itself when that is merged."""

from __future__ import annotations

from desktop.domain.clock import from_wire
from tests.cli.conftest import Place
from tests.support.clocks import HandClock


def test_a_slip_waits_for_its_bundle(place: Place, clock: HandClock) -> None:
    station, centre = place.station, place.centre
    case = station.json("report", "add", place.report)
    order = station.json("order", "issue", case["case"], "--kind", "stop")
    picture = place.folder / "slip.png"
    station.json("order", "slip", order["order"], "--to", picture)
    assert centre.json("centre", "inbox")["slips_alone"] == []
    centre.json("centre", "scan", picture)
    clock.advance(minutes=7)
    (slip,) = centre.json("centre", "inbox")["slips_alone"]
    assert slip["order"] == order["order"]
    assert (slip["number"], slip["case_number"]) == (order["number"], case["number"])
    assert (slip["unit_name"], slip["scanned_by"]) == ("张掖路派出所", "620001")
    assert (slip["kind"], slip["amount_fen"], slip["waited_s"]) == ("stop", 9_800_000, 420)
    assert from_wire(slip["due_at"]) > from_wire(slip["scanned_at"]).replace(year=2000)
    shown = centre.say("centre", "inbox").out
    assert "张掖路派出所" in shown
    assert "催包" in shown
    centre.json("centre", "scan", picture)
    assert len(centre.json("centre", "inbox")["slips_alone"]) == 1, "read twice, listed once"
    stick = place.stick("bundle")
    station.json("bundle", "export", "--to", stick)
    centre.json("centre", "ingest", stick)
    assert centre.json("centre", "inbox")["slips_alone"] == []


def test_nothing_personal_of_the_victim_is_kept_of_a_slip(place: Place) -> None:
    """The victim's numbers come with the bundle; the list needs none of them."""
    made = place.station.json("report", "add", place.report)["case"]
    order = place.station.json("order", "issue", made, "--kind", "stop")["order"]
    picture = place.folder / "other.png"
    place.station.json("order", "slip", order, "--to", picture)
    place.centre.json("centre", "scan", picture)
    rows = place.centre.json("centre", "inbox")["slips_alone"]
    assert order in {row["order"] for row in rows}
    assert not any("victim" in name for row in rows for name in row)
