"""A slip that was read waits in the inbox for its bundle, and leaves by itself when that is merged."""

from __future__ import annotations

from typing import Any

from desktop.domain.time.clock import from_wire
from tests.cli.conftest import Place
from tests.support.clocks import HandClock


def waiting(place: Place, order: str) -> list[dict[str, Any]]:
    """What the inbox says of an order known by its slip alone."""
    rows = place.centre.json("centre", "inbox")["slips_alone"]
    return [row for row in rows if row["order"] == order]


def test_a_slip_waits_for_its_bundle(place: Place, clock: HandClock) -> None:
    station, centre = place.station, place.centre
    case = station.json("report", "add", place.report)
    order = station.json("order", "issue", case["case"], "--kind", "stop")
    picture = place.folder / "slip.png"
    station.json("order", "slip", order["order"], "--to", picture)
    assert waiting(place, order["order"]) == []
    centre.json("centre", "scan", picture)
    clock.advance(minutes=7)
    (slip,) = waiting(place, order["order"])
    assert (slip["number"], slip["case_number"]) == (order["number"], case["number"])
    assert (slip["unit_name"], slip["scanned_by"]) == ("张掖路派出所", "620001")
    assert (slip["kind"], slip["amount_fen"], slip["waited_s"]) == ("stop", 9_800_000, 420)
    assert from_wire(slip["due_at"])
    shown = centre.say("centre", "inbox").out
    assert "张掖路派出所" in shown
    assert "催包" in shown
    centre.json("centre", "scan", picture)
    assert len(waiting(place, order["order"])) == 1, "read twice, listed once"
    centre.refused("slip.no_receiver", "centre", "hand-over", order["number"], "--to", " ")
    centre.refused("slip.not_waiting", "centre", "hand-over", "1124-A-0009-Z1", "--to", "农行 王五")
    centre.json("centre", "hand-over", order["number"], "--to", "农行 王五")
    (slip,) = waiting(place, order["order"])
    assert (slip["handed_to"], from_wire(slip["handed_at"])) == ("农行 王五", clock.now())
    stick = place.stick("bundle")
    station.json("bundle", "export", "--to", stick)
    centre.json("centre", "ingest", stick)
    assert waiting(place, order["order"]) == []
    centre.json("centre", "hand-over", order["number"], "--to", "周 3301")
    centre.refused("pack.nothing", "centre", "hand-over", order["number"], "--to", "周 3301")
    centre.refused("pack.nothing", "centre", "pack", "--to", place.stick("none"))


def test_a_slip_goes_out_in_a_batch_before_its_bundle_and_once(
    place: Place, clock: HandClock
) -> None:
    station, centre = place.station, place.centre
    case = station.json("report", "add", place.report)
    order = station.json("order", "issue", case["case"], "--kind", "stop")
    picture = place.folder / "slip.png"
    station.json("order", "slip", order["order"], "--to", picture)
    first, again, later = (place.stick(name) for name in ("first", "again", "later"))
    centre.refused("pack.nothing", "centre", "pack", "--slips", "--to", first)
    centre.json("centre", "scan", picture)
    (pack,) = centre.json("centre", "pack", "--slips", "--to", first)["packs"]
    assert pack["orders"] == 1
    (slip,) = waiting(place, order["order"])
    assert slip["handed_to"] == pack["receiver"]
    centre.refused("pack.nothing", "centre", "pack", "--slips", "--to", first)
    written = {path.name: path.read_bytes() for path in first.iterdir()}
    centre.json("centre", "pack", "--again", pack["number"], "--to", again)
    assert {path.name for path in again.iterdir()} == set(written)
    clock.advance(minutes=7)
    stick = place.stick("brought")
    station.json("bundle", "export", "--to", stick)
    centre.json("centre", "ingest", stick)
    assert waiting(place, order["order"]) == []
    (whole,) = centre.json("centre", "pack", "--again", pack["number"], "--to", later)["packs"]
    assert (whole["orders"], whole["receiver"]) == (1, pack["receiver"])
    answered = place.stick("answered")
    centre.json("centre", "reply", "--to", answered)
    station.json("bundle", "apply", answered)
    assert centre.json("verify")["ok"]
