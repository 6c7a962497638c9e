"""The profiles of a station and its centre as this version writes them, and what its commands say of them.

Once for each release, from the top of the tree::

    python -m tests.cli.keep_profiles

They lie in ``tests/cli/kept/VERSION`` ever after and are never made again: a later program must open them as they are.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any, Final

from desktop import __version__
from desktop.app import installation
from desktop.app.installation import Installation, Machine
from desktop.domain.cases.intake import IntakeForm
from desktop.runtime.resources import resource_path
from desktop.services.cases.drafts import save_draft
from tests.cli.terminal import CODE, NAME, Terminal
from tests.support.clocks import CountingIds, HandClock
from tests.support.installations import CHEAP, OFFICER, PASSWORD

KEPT: Final = Path(__file__).with_name("kept")
TOLD: Final = "told.json"
NARRATIVE: Final = "对方称刷单返利"
"""Of the draft somebody was at."""
_CHAT: Final = "对方：先垫付再返利\n我：已经转了\n".encode()


def keep(into: Path, clock: HandClock) -> None:
    """Make both profiles below ``into``, which must not exist, with reports, evidence, orders, their replies and
    receipts, a draft, and what was refused."""
    into.mkdir(parents=True)  # what a release wrote is not written over
    with tempfile.TemporaryDirectory() as name:
        told = _fill(into, Path(name), clock)
    (into / TOLD).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _fill(into: Path, files: Path, clock: HandClock) -> dict[str, Any]:
    station, centre = Terminal(into / "station"), Terminal(into / "centre")
    made = station.json(
        "init", "--unit-code", CODE, "--unit-name", NAME, "--device", "A",
        "--officer", OFFICER, "--name", "王建国",
    )  # fmt: skip
    centre.json("centre", "init", "--officer", OFFICER, "--name", "李静")
    station.json("trust", "card", "--to", files / "station.card")
    centre.json("centre", "enrol", files / "station.card", "--to", files / "approval.card")
    station.json("trust", "add", files / "approval.card")
    reports = json.loads(resource_path("samples/report.json").read_text("utf-8"))
    cases = station.json("report", "add", "-", typed=json.dumps([reports, reports]))["cases"]
    (files / "聊天记录.txt").write_bytes(_CHAT)
    station.json("evidence", "add", cases[0]["case"], files / "聊天记录.txt")
    order = station.json("order", "issue", cases[0]["case"], "--kind", "stop")["order"]
    clock.advance(minutes=9)
    _carry(station, centre, files / "first")
    letter = [{"order": order, "result": "partial", "amount_fen": 500}]
    (files / "letter.json").write_text(json.dumps(letter))
    centre.json("centre", "replies", files / "letter.json")
    (files / "bad.fzb").write_bytes(b"no bundle")
    centre.say("--json", "centre", "ingest", files / "bad.fzb")
    (files / "back").mkdir()
    centre.json("centre", "reply", "--to", files / "back")
    station.json("bundle", "apply", files / "back")
    with_draft(into / "station")
    return {
        "instant": clock.now().isoformat(),
        "recovery_code": made["recovery_code"],
        "station": what_is_told(station, [row["case"] for row in cases]),
        "centre": what_is_told(centre, [row["case"] for row in cases]),
    }


def with_draft(profile: Path) -> None:
    """Somebody began a report and went away."""
    place = Installation(profile)
    desk = place.sign_in(OFFICER, PASSWORD)
    save_draft(desk, IntakeForm(desk.ids.new_id(), narrative=NARRATIVE))
    place.close()


def _carry(station: Terminal, centre: Terminal, stick: Path) -> None:
    stick.mkdir()
    station.json("bundle", "export", "--to", stick)
    centre.json("centre", "ingest", stick)


def what_is_told(place: Terminal, cases: list[str]) -> dict[str, Any]:
    """What the commands of a place say of everything in it."""
    told = {
        "reports": place.json("report", "list"),
        "orders": place.json("order", "list"),
        "parties": place.json("trust", "list"),
        "officers": place.json("officer", "list"),
        "verified": place.json("verify"),
        "evidence": place.json("evidence", "verify"),
    }
    for case in cases:
        told[f"report {case}"] = place.json("report", "show", case)
        told[f"evidence {case}"] = place.json("evidence", "list", case)
    return told


def _main() -> None:
    clock = HandClock()
    machine = Machine(clock, CountingIds("e1"), CHEAP)
    installation.this_machine = lambda: machine
    os.environ["FANZHA_PASSWORD"] = PASSWORD
    keep(KEPT / __version__, clock)


if __name__ == "__main__":
    _main()
