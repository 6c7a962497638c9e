"""Bundles of earlier programs that were damaged on the way are refused one by one, and stand in nobody's way."""

from __future__ import annotations

from random import Random  # noqa: TID251 - reproducible by its seed, and no id of ours

import pytest

from tests.fuzz.mutation import damaged
from tests.golden.conftest import Left

MANY = 40


@pytest.mark.parametrize(
    ("receiver", "sender"),
    [("centre", "from-desk"), ("centre", "from-other"), ("desk", "from-centre")],
)
def test_damaged_volumes_are_refused_and_the_sound_one_is_taken(
    left: Left, receiver: str, sender: str
) -> None:
    at, stick = left.post(receiver), left.root / "bundles" / sender
    take = ("centre", "ingest") if receiver == "centre" else ("bundle", "apply")
    chance = Random(f"{left.name} {sender}")  # noqa: S311 - damage, no secret
    spoilt = left.root / "spoilt"
    spoilt.mkdir()
    sound = at.json(*take, stick, "--dry-run")
    for volume in sorted(stick.glob("*.fzb")):
        for number in range(MANY):
            octets = damaged([volume.read_bytes()], chance)
            if octets != volume.read_bytes():
                (spoilt / f"{number:03}-{volume.name}").write_bytes(octets)
    files = sorted(spoilt.iterdir())
    checked = at.say("--json", "bundle", "verify", *files).document
    assert not checked["ok"]
    assert {row["file"] for row in checked["problems"]} == {str(file) for file in files}
    before = _facts(left, receiver)
    refused = at.say("--json", *take, *files)
    assert refused.status == 1
    assert (refused.document["applied"], refused.document["held"]) == (0, 0)
    assert _facts(left, receiver) == before
    taken = at.json(*take, stick)
    assert (taken["problems"], taken["applied"]) == ([], sound["applied"])
    assert at.json("verify")["ok"]


def _facts(left: Left, name: str) -> list[object]:
    at = left.post(name)
    return [at.json("report", "list"), at.json("order", "list"), at.json("trust", "list")]
