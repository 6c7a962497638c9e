"""What an export by command would need and for whom, and what is said of a folder that is not there."""

from __future__ import annotations

import json

from tests.cli.conftest import Place
from tests.cli.terminal import CODE, NAME, Terminal, with_second
from tests.support.installations import OFFICER


def test_a_dry_run_counts_for_whom_the_bundle_is_meant(place: Place) -> None:
    station, centre = place.station, place.centre
    up, down = place.stick("once up"), place.stick("once down")
    station.json("report", "add", place.report)
    station.json("bundle", "export", "--to", up)
    centre.json("centre", "ingest", up)
    centre.json("centre", "reply", "--to", down)
    station.json("bundle", "apply", down)
    second = Terminal(place.folder.parent / "second")
    second.json(
        "init", "--unit-code", CODE, "--unit-name", NAME, "--device", "B",
        "--officer", OFFICER, "--name", "王建国",
    )  # fmt: skip
    second.json("trust", "card", "--to", place.folder / "second.card")
    second_officer = with_second(station, place.folder)
    signed = ("--officer", OFFICER)
    station.json(*signed, "trust", "add", place.folder / "second.card", *second_officer)
    (colleague,) = (
        p for p in station.json(*signed, "trust", "list")["parties"] if p["role"] == "desk"
    )
    told = (*signed, "bundle", "export", "--to", up, "--dry-run")
    lacking = [
        json.loads(station.say("--json", *told, *more).out)["entries"]
        for more in ((), ("--for", colleague["fingerprint"]))
    ]
    assert 0 < lacking[0] < lacking[1], "the colleague was told nothing yet"


def test_a_folder_that_is_not_there_is_no_stick(place: Place) -> None:
    nowhere = str(place.folder / "mistyped")
    place.station.refused("folder.missing", "bundle", "export", "--to", nowhere)
    place.centre.refused("folder.missing", "centre", "reply", "--to", nowhere)
