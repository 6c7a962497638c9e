"""A centre signs new rules; the station's next command counts by them."""

from __future__ import annotations

import re

from desktop.runtime.files.resources import resource_path
from tests.cli.conftest import Place
from tests.support.own_rules import own_version
from tests.support.strict import all_of

VERSION = "2027-03-01"


def test_rules_of_the_centre_are_in_force_at_the_next_command(place: Place) -> None:
    folder = place.stick("rules")
    for path in resource_path("rules").glob("*.toml"):
        text = path.read_text("utf-8").replace(own_version(), VERSION, 1)
        (folder / path.name).write_text(text, "utf-8")
    package = place.folder / "rules.fzp"
    words = ("pack", "sign", folder, "--kind", "rules", "--version", VERSION, "--to", package)
    place.station.refused("pack.not_a_centre", *words)
    assert place.centre.json(*words)["version"] == VERSION
    assert place.station.json("pack", "list")["packs"][0]["version"] == own_version()
    assert place.station.json("pack", "take", package)["waiting"] == VERSION
    row = place.station.json("pack", "list")["packs"][0]
    assert (row["version"], row["unit"], row["waiting"]) == (VERSION, "市反诈中心", "")
    place.station.refused("pack.older", "pack", "take", package)
    package.write_bytes((folder / "national.toml").read_bytes())
    place.station.refused("pack.unsigned", "pack", "take", package)
    package.unlink()
    place.station.refused("file.missing", "pack", "take", package)


def test_a_new_type_of_fraud_comes_without_a_release(place: Place) -> None:
    folder = place.stick("scripts")
    text = resource_path("scripts/types.toml").read_text("utf-8")
    text = re.sub(r'(?m)^version = ".*"$', f'version = "{VERSION}"', text, count=1)
    at = text.index("[[type]]")
    added = text[at : text.index("[[type]]", at + 1)].replace('"T01"', '"T19"', 1)
    (folder / "types.toml").write_text(text + "\n" + added, "utf-8")
    package = place.folder / "scripts.fzp"
    words = ("pack", "sign", folder, "--kind", "scripts", "--version", VERSION, "--to", package)
    assert place.centre.json(*words)["version"] == VERSION
    assert place.station.json("pack", "take", package)["waiting"] == VERSION
    rows = {row["kind"]: row for row in place.station.json("pack", "list")["packs"]}
    assert rows["scripts"]["version"] == VERSION
    (folder / "types.toml").write_text(text.replace('code = "T05"', 'code = "T55"'), "utf-8")
    place.centre.refused("pack.unfit", *words)


def test_the_clock_is_compared_and_clocks_are_listed(place: Place) -> None:
    place.station.refused("clock.unreadable", "clock", "compare", "soon")
    assert place.station.say("--json", "clock", "show").document["offset_s"] is None
    assert place.station.json("clock", "compare", "2026-11-24 10:31:20")["offset_s"] == 13
    assert place.station.json("clock", "show")["offset_s"] == 13
    place.station.json("report", "add", place.report)
    clocks = place.station.json("clock", "list")["clocks"]
    assert {"filing", "entry"} <= {row["name"] for row in clocks}
    assert all_of(row["article"] for row in clocks)
