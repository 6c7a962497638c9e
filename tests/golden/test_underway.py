"""Bundles, slips, cards, packs and copies of earlier programs that were underway arrive at this one."""

from __future__ import annotations

import json
import shutil
from itertools import permutations
from pathlib import Path

import pytest

from tests.golden.conftest import WHOLE, Left, copy_of
from tests.golden.make_golden import golden_names
from tests.golden.posts import Post
from tests.golden.telling import own_cases
from tests.golden.test_places import assert_still_there
from tests.support.clocks import HandClock
from tests.support.installations import PASSWORD
from tests.support.strict import all_of
from tests.support.sweep import EVERY

STATIONS = ("desk", "other", "colleague")
SHOWN = (
    ("report", "list"), ("order", "list"), ("bundle", "conflicts"), ("officer", "list"), ("trust", "list"),
    ("series",),
)  # fmt: skip


def test_bundles_verify_and_are_taken_in(left: Left) -> None:
    centre = left.post("centre")
    for name in STATIONS:
        stick = left.root / "bundles" / f"from-{name}"
        assert centre.json("bundle", "verify", *stick.iterdir())["ok"]
        taken = centre.json("centre", "ingest", stick)
        assert (taken["problems"], taken["held"]) == ([], 0)
        assert taken["applied"] > 0
        again = centre.json("centre", "ingest", stick)
        assert (again["problems"], again["applied"]) == ([], 0)
    down = left.root / "bundles" / "from-centre"
    for name in STATIONS:
        done = left.post(name).json("bundle", "apply", down)
        assert (done["problems"], done["held"]) == ([], 0)
        assert done["applied"] > 0
        assert left.post(name).json("verify")["ok"]
    assert centre.json("verify")["ok"]


def test_bundles_come_in_any_order(left: Left) -> None:
    """Whatever came first, and twice: the centre says the same of everything."""
    found, orders = [], [*permutations(STATIONS)]
    for number, order in enumerate(orders if EVERY else (orders[0], orders[-1])):
        at = Post(left.root / f"order-{number}" / "centre", left.post("centre").officer)
        shutil.copytree(left.post("centre").profile, at.profile)
        for name in (*order, order[0]):
            assert (
                at.json("centre", "ingest", left.root / "bundles" / f"from-{name}")["problems"]
                == []
            )
        found.append([at.json(*words) for words in SHOWN])
    assert all_of(one == found[0] for one in found)


def test_a_centre_knows_of_every_order_what_its_station_says(left: Left) -> None:
    centre = left.post("centre")
    for name in STATIONS:
        centre.json("centre", "ingest", left.root / "bundles" / f"from-{name}")
    here = {row["order"]: row for row in centre.whole("order", "list")["orders"]}
    for name in ("desk", "other"):
        for row in left.documents(name)["orders"]["orders"]:
            for key in (
                "number",
                "kind",
                "case",
                "amount_fen",
                "payee",
                "target",
                "terms",
                "official",
            ):
                assert here[row["order"]][key] == row[key], key
    cases = {case for name in STATIONS for case in own_cases(left.post(name))}
    assert cases <= set(own_cases(centre))


def test_work_goes_on_both_ways(left: Left) -> None:
    centre, sticks = left.post("centre"), left.root / "sticks"
    for name in STATIONS:
        centre.json("centre", "ingest", left.root / "bundles" / f"from-{name}")
    for name in ("desk", "other"):
        at = left.post(name)
        at.json("bundle", "apply", left.root / "bundles" / "from-centre")
        goes_round(at, centre, sticks / name)


def test_a_station_and_a_centre_of_a_release_work_on(quick_folder: Path, clock: HandClock) -> None:
    """Profiles of a release that kept nothing else; time has passed."""
    for name in sorted(set(golden_names()) - set(WHOLE)):
        left = copy_of(name, quick_folder, clock)
        if "centre" not in left.told["signs_in"]:
            continue  # a desk alone, kept for what it tells
        clock.advance(days=30)
        goes_round(left.post("station"), left.post("centre"), left.root / "sticks")


def goes_round(at: Post, centre: Post, sticks: Path) -> str:
    """A report with evidence and a stop goes up, the answer comes down; the order."""
    up, down, file = sticks / "up", sticks / "down", sticks / "聊天记录.txt"
    for folder in (up, down):
        folder.mkdir(parents=True)
    file.write_text(f"对方：先垫付再返利 {sticks.parent.name}\n", "utf-8")
    case = at.json("report", "add", "-", typed=json.dumps(at.json("report", "template")))["case"]
    at.json("evidence", "add", case, file)
    order = at.json("order", "issue", case, "--kind", "stop")["order"]
    at.json("bundle", "export", "--to", up)
    assert centre.json("centre", "ingest", up)["problems"] == []
    assert centre.shown(case)["victim"] == at.shown(case)["victim"]
    answer = sticks / "letter.json"
    answer.write_text(json.dumps({"order": order, "result": "partial", "amount_fen": 500}))
    centre.json("centre", "replies", answer)
    centre.json("centre", "reply", "--to", down)
    assert at.json("bundle", "apply", down)["problems"] == []
    rows = {row["order"]: row for row in at.json("order", "list")["orders"]}
    assert (rows[order]["state"], rows[order]["reply"]["amount_fen"]) == ("partial", 500)
    assert {row["stage"] for row in at.json("bundle", "status", case)["items"]} <= {
        "acknowledged",
        "closed",
    }
    return str(order)


@pytest.mark.parametrize("file", ["slip.png", "slip.pdf", "known-slip.png"])
def test_slips_are_read(left: Left, file: str) -> None:
    found = left.post("centre").json("centre", "scan", left.root / "slips" / file)
    wanted = "stop" if file == "known-slip.png" else "stop wallet"
    assert left.told["orders"][wanted] in json.dumps(found)


@pytest.mark.parametrize("suffix", ["card", "png", "pdf"])
def test_cards_are_read(left: Left, suffix: str) -> None:
    name = "desk.card" if suffix == "card" else f"desk-card.{suffix}"
    answer = "desk.approval" if suffix == "card" else f"desk-approval.{suffix}"
    fresh = Post(left.root / "fresh", "620001")
    fresh.json("centre", "init", "--officer", "620001", "--name", "李静")
    card = left.root / "cards" / name
    assert fresh.json("centre", "enrol", card, "--to", left.root / "new.approval")["fingerprint"]
    (known,) = fresh.json("trust", "list")["parties"]
    assert known["letter"] == "A"
    assert left.post("desk").say("--json", "trust", "add", left.root / "cards" / answer).document


def test_a_backup_is_restored_and_opened_by_the_printed_code(
    left: Left, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy,) = (left.root / "backup").glob("*.fzbackup")
    at = Post(left.root / "restored")
    assert at.json("restore", copy)["ok"]
    at.say("report", "list")  # tells once that it is a copy
    before = left.documents("other")
    assert_still_there(before["reports"], at.json("report", "list"), "reports")
    assert_still_there(before["orders"], at.json("order", "list"), "orders")
    assert at.json("verify")["ok"]
    assert at.json("evidence", "verify")["ok"]
    monkeypatch.setenv("FANZHA_NEW_PASSWORD", f"neu-{PASSWORD}")
    at.json("recover", "--code", left.told["codes"]["other"])
    assert at.say("report", "list").status == 1, "the former password"
    monkeypatch.setenv("FANZHA_PASSWORD", f"neu-{PASSWORD}")
    assert at.json("report", "list")["total"] == before["reports"]["total"]


def test_the_centre_still_opens_what_it_keeps_for_a_station(
    left: Left, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = left.post("other")
    monkeypatch.setenv("FANZHA_NEW_PASSWORD", f"neu-{PASSWORD}")
    at.json("recover", "--answer", left.root / "escrow" / "escrow.age")
    monkeypatch.setenv("FANZHA_PASSWORD", f"neu-{PASSWORD}")
    assert at.json("verify")["ok"]


def test_packs_are_taken(left: Left) -> None:
    other = left.post("other")
    for file in ("rules.fzp", "watch.fzp"):
        assert other.json("pack", "take", left.root / "packs" / file)["waiting"]
    assert {row["version"] for row in other.json("pack", "list")["packs"]} >= {"2027-03-01"}


def test_evidence_that_was_handed_over_checks(left: Left) -> None:
    folder = left.root / "hand_over"
    shutil.unpack_archive(left.root / "hand_over.zip", folder)
    assert Post(left.root / "nobody").json("evidence", "check", folder)["ok"]
    spoilt = min((folder / "data").iterdir())
    spoilt.write_bytes(spoilt.read_bytes() + b" ")
    assert Post(left.root / "nobody").say("evidence", "check", folder).status == 1
