"""The whole path by commands, each JSON document as the manual of the command line has it."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Place
from tests.support.sealed_files import sealed_at


def keys(document: dict[str, Any], *expected: str) -> None:
    """At least these; fields may be added, those of the manual stay."""
    assert set(expected) <= set(document), document


@dataclass(frozen=True, slots=True)
class Done:
    """What each step of the path said."""

    place: Place
    case: str
    order: str
    evidence: dict[str, Any]
    exported: dict[str, Any]
    ingested: dict[str, Any]
    stick: Path
    looked: str
    """What the centre says of the stick before it takes it in."""


@pytest.fixture(scope="module")
def done(place: Place) -> Done:
    """A report, its evidence, a stop, a bundle, and that at the centre."""
    station = place.station
    registered = station.json("report", "add", place.report)
    case = registered["case"]
    photos = place.stick("photos")
    (photos / "聊天记录.png").write_bytes(b"chat" * 3000)
    (photos / "空.txt").write_bytes(b"")
    evidence = station.json("evidence", "add", registered["number"], photos)
    order = station.json("order", "issue", case, "--kind", "stop")
    stick = place.stick("stick")
    exported = station.json("bundle", "export", "--to", stick)
    looked = place.centre.say("centre", "ingest", stick, "--dry-run").out
    ingested = place.centre.json("centre", "ingest", stick)
    return Done(place, case, order["order"], evidence, exported, ingested, stick, looked)


def test_reports(done: Done) -> None:
    station = done.place.station
    shown = station.json("report", "show", done.case)
    keys(shown, "visit", "victim", "type", "narrative", "transfers", "identifiers", "answers")
    assert shown["victim"]["name"] == "李秀兰"
    assert station.json("report", "show", shown["number"]) == shown
    listed = station.json("report", "list")
    keys(listed, "cases", "total")
    row = next(row for row in listed["cases"] if row["case"] == done.case)
    keys(row, "case", "number", "victim", "type", "loss_fen", "state")
    assert (row["loss_fen"], row["state"]) == (11_800_000, "stopping")


def test_finding_reports(done: Done, tmp_path: Path) -> None:
    station = done.place.station
    number = station.json("report", "show", done.case)["number"]
    (found,) = station.json("report", "list", "--find", number)["cases"]
    assert found["case"] == done.case
    found = station.json("report", "list", "--find", "159****3321", "--limit", 1)
    assert len(found["cases"]) == 1 <= found["total"]
    assert station.json("report", "list", "--find", "张三")["cases"] == []
    for words, count in (
        (("--find", number, "--state", "stopping"), 1),
        (("--find", number, "--state", "closed"), 0),
        (("--find", number, "--until", "2020-01-01"), 0),
        (("--find", number, "--since", "2020-01-01", "--until", "9999-12-31"), 1),
        (("--state", "closed"), 0),
        (("--visit", "report", "--since", "0001-01-01"), 1),
    ):
        assert (station.json("report", "list", *words)["total"] > 0) == bool(count), words
    (found,) = station.json("report", "list", "--find", number, "--limit", 2**63)["cases"]
    assert found["case"] == done.case
    made = station.json("report", "export", "--to", tmp_path, "--find", number)
    assert made["cases"] == 1
    none = station.json("report", "list", "--limit", 0)
    assert none["cases"] == []
    assert none["total"] >= 1


def test_the_template_is_complete_and_can_be_given_as_it_is(done: Done) -> None:
    station = done.place.station
    template = station.json("report", "template")
    said = station.say("report", "template")
    assert json.loads(said.out) == template
    keys(template, "visit", "victim", "type", "narrative", "transfers", "identifiers", "answers")
    keys(template["transfers"][0], "time", "amount_fen", "channel", "arrival", "payer", "payee",
         "order_number", "serial", "certainty")  # fmt: skip
    keys(station.json("report", "add", "-", typed=said.out), "case", "number")


def test_a_list_of_reports_is_answered_by_a_list(done: Done) -> None:
    station = done.place.station
    one = json.loads(done.place.report.read_text("utf-8"))
    made = station.json("report", "add", "-", typed=json.dumps([one, one]))
    assert len(made["cases"]) == 2
    for row in made["cases"]:
        keys(row, "case", "number")
    assert station.json("report", "add", "-", typed="[]") == {"cases": []}
    total = station.json("report", "list")["total"]
    station.refused("report.choice", "report", "add", "-", typed=json.dumps([one, {"visit": "x"}]))
    station.refused("report.empty", "report", "add", "-", typed=json.dumps([one, {}]))
    assert station.json("report", "list")["total"] == total, "all or none"


def test_evidence(done: Done) -> None:
    station = done.place.station
    for row in done.evidence["items"]:
        keys(row, "id", "name", "size", "sha256", "sm3", "blob_new")
        assert row["blob_new"] is True
    listed = station.json("evidence", "list", done.case)["items"]
    assert [row["id"] for row in listed] == [row["id"] for row in done.evidence["items"]]
    assert station.json("evidence", "verify", done.case) == {"checked": 2, "ok": True, "bad": []}
    assert station.json("evidence", "verify")["checked"] == 2


def test_evidence_for_the_court(done: Done) -> None:
    target = done.place.folder / "court"
    made = done.place.station.json("evidence", "export", done.case, "--to", target)
    check = ["sha256sum", "--check", "--strict", Path(made["list"]).name]
    run = subprocess.run(check, cwd=target, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.count(": OK")) == (0, 2)


def test_harmed_evidence_makes_the_exit_status(done: Done) -> None:
    station = done.place.station
    item = next(row for row in done.evidence["items"] if row["size"])
    sealed = sealed_at(station.profile, item["sha256"])
    sound = sealed.read_bytes()
    sealed.chmod(0o600)
    sealed.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
    try:
        said = station.say("--json", "evidence", "verify")
        assert (said.status, said.document["ok"], said.document["bad"]) == (1, False, [item["id"]])
        said = station.say("--json", "verify")
        assert said.status == 1
        assert said.document["problems"] == [f"vault.damaged {item['sha256']}"]
        assert said.document["ok"] is False
    finally:
        sealed.write_bytes(sound)
    assert station.json("verify")["ok"] is True


def test_orders(done: Done) -> None:
    station = done.place.station
    made = station.json("order", "issue", done.case, "--kind", "second_stop", "--transfer", 1)
    keys(made, "order", "state", "problems", "deadlines")
    assert made["state"] == "issued"
    for clock in made["deadlines"]:
        keys(clock, "name", "at", "rule")
    listed = station.json("order", "list")["orders"]
    assert {row["order"] for row in listed} >= {done.order, made["order"]}
    keys(listed[0], "order", "state", "kind", "reply")
    station.refused("order.stops_exhausted", "order", "issue", done.case, "--kind", "stop")
    station.refused("order.not_filed", "order", "issue", done.case, "--kind", "freeze")
    station.refused("order.no_transfer", "order", "issue", done.case, "--kind", "stop",
                    "--transfer", 9)  # fmt: skip


def test_problems_are_reported_with_the_order(done: Done) -> None:
    made = done.place.station.json("order", "issue", done.case, "--kind", "stop", "--transfer", 2)
    assert made["problems"] == []
    report = json.loads(done.place.report.read_text("utf-8"))
    report["transfers"][0]["payee"]["name"] = ""
    other = done.place.station.json("report", "add", "-", typed=json.dumps(report))["case"]
    said = done.place.station.say("order", "issue", other, "--kind", "stop", lang="en")
    assert said.status == 0
    assert "name" in said.out.splitlines()[1]


def test_what_is_wrong_is_issued_with_a_reason_only(done: Done) -> None:
    station = done.place.station
    report = json.loads(done.place.report.read_text("utf-8"))
    report["victim"]["id_number"] = "620102196804152045"
    case = station.json("report", "add", "-", typed=json.dumps(report))["case"]
    issue = ("order", "issue", case, "--kind", "stop")
    station.refused("order.unexplained", *issue)
    said = station.say(*issue, lang="en")
    assert "check digit" in said.err
    made = station.json(*issue, "--despite", "本人在场，证件看过")
    assert [item["severity"] for item in made["problems"]] == ["wrong"]


def test_slips(done: Done) -> None:
    station, folder = done.place.station, done.place.folder
    for suffix, magic in ((".png", b"\x89PNG"), (".pdf", b"%PDF")):
        made = station.json("order", "slip", done.order, "--to", folder / f"slip{suffix}")
        assert made["bytes"] <= 950
        assert (folder / f"slip{suffix}").read_bytes().startswith(magic)
    station.refused("slip.format", "order", "slip", done.order, "--to", folder / "slip.gif")
    for picture in ("slip.png", "slip.pdf"):
        scanned = done.place.centre.json("centre", "scan", folder / picture)
        (slip,) = scanned["slips"]
        (order,) = slip["orders"]
        assert order["known"] is True
        assert order["order"]["order"] == done.order


def test_papers(done: Done) -> None:
    station, folder = done.place.station, done.place.folder
    forms = station.json("print", "--list")["forms"]
    for form in forms:
        keys(form, "id", "title", "set")
    made = station.json("print", forms[0]["id"], done.case, "--to", folder / "form.pdf")
    keys(made, "file", "pages")
    assert (folder / "form.pdf").read_bytes().startswith(b"%PDF")
    station.refused("form.unknown", "print", "love_letter", done.case, "--to", folder / "x.pdf")
    station.refused("print.arguments", "print", forms[0]["id"], status=2)


def test_trust(done: Done) -> None:
    station = done.place.station
    card = station.json("trust", "card", "--to", done.place.folder / "again.card")
    keys(card, "fingerprint")
    (peer,) = station.json("trust", "list")["parties"]
    keys(peer, "fingerprint", "unit_name", "role", "revoked")
    assert peer["role"] == "centre"
    text = (done.place.folder / "again.card").read_text("utf-8")
    assert "age1" in text
    assert "ssh-ed25519" in text
    station.refused("card.own", "trust", "add", done.place.folder / "again.card")
    station.refused("card.unreadable", "trust", "add", done.place.folder / "missing.card")
    station.refused("card.not_a_card", "trust", "add", done.place.report)


def test_bundles(done: Done) -> None:
    station = done.place.station
    keys(done.exported, "bundle", "volumes", "entries", "blobs")
    assert done.exported["blobs"] == 2
    files = [volume["file"] for volume in done.exported["volumes"]]
    assert len(files) == 2
    assert station.json("bundle", "verify", *files) == {"ok": True, "problems": []}
    spoiled = Path(done.place.folder / "spoiled.fzb")
    spoiled.write_bytes(Path(files[0]).read_bytes()[:-1])
    said = station.say("--json", "bundle", "verify", files[1], spoiled)
    assert said.status == 1
    assert said.document["ok"] is False
    (problem,) = said.document["problems"]
    assert (problem["file"], problem["code"]) == (str(spoiled), "bundle.truncated")


def test_the_centre_takes_a_bundle_in_once(done: Done) -> None:
    keys(done.ingested, "bundles", "applied", "already", "blobs", "problems")
    assert (done.ingested["bundles"], done.ingested["blobs"]) == (1, 2)
    assert done.ingested["applied"] == done.exported["entries"]
    again = done.place.centre.json("centre", "ingest", done.stick)
    assert (again["applied"], again["already"]) == (0, done.exported["entries"])


def test_a_look_into_a_bundle_tells_station_orders_clock_and_sum(done: Done) -> None:
    rows = done.place.station.json("order", "list")["orders"]
    (number,) = (row["number"] for row in rows if row["order"] == done.order)
    for said in ("张掖路派出所", "新报案 1 起", "新指令 1 条", "¥98,000.00", f"最急 {number}："):
        assert said in done.looked, said


def test_what_the_centre_refuses_lies_in_quarantine(done: Done) -> None:
    bad = done.place.folder / "bad.fzb"
    bad.write_bytes(b"no bundle")
    said = done.place.centre.say("--json", "centre", "ingest", bad, "--dry-run")
    assert (said.status, said.document["dry_run"]) == (1, True)
    assert done.place.centre.json("centre", "inbox")["quarantine"] == []
    said = done.place.centre.say("--json", "centre", "ingest", bad)
    assert (said.status, said.document["problems"][0]["code"]) == (1, "bundle.not_a_bundle")
    inbox = done.place.centre.json("centre", "inbox")
    assert [row["code"] for row in inbox["quarantine"]] == ["bundle.not_a_bundle"]
    (station,) = inbox["stations"]
    assert station["cases"] >= 1
    assert station["last_bundle_at"]


def test_the_banks_reply_reaches_the_station(done: Done) -> None:
    station, centre = done.place.station, done.place.centre
    letter = done.place.folder / "letter.json"
    letter.write_text(json.dumps([{"order": done.order, "result": "partial", "amount_fen": 500}]))
    assert centre.json("centre", "replies", letter)["replies"] == 1
    centre.refused("reply.exists", "centre", "replies", letter)
    back = done.place.stick("back")
    made = centre.json("centre", "reply", "--to", back)
    assert [row["unit_name"] for row in made["bundles"]] == ["张掖路派出所"]
    dry = station.json("bundle", "apply", back, "--dry-run")
    keys(dry, "applied", "already", "held", "conflicts")
    assert dry["applied"] > 0
    applied = station.json("bundle", "apply", back)
    assert (applied["applied"], applied["replies"], applied["receipts"]) == (dry["applied"], 1, 2)
    row = next(r for r in station.json("order", "list")["orders"] if r["order"] == done.order)
    assert (row["state"], row["reply"]["amount_fen"]) == ("partial", 500)
    assert station.json("bundle", "apply", back)["applied"] == 0
    told = station.json("bundle", "status", done.case)
    assert {item["stage"] for item in told["items"]} == {"closed"}
    assert told["entries"]["closed"] > 0
    assert sum(station.json("bundle", "status")["files"].values()) >= len(told["items"])


@pytest.mark.parametrize(
    "letter", ['["x"]', "[1]", '{"order": "x", "amount_fen": "500"}', '{"result": "perhaps"}',
               '{"order": "x", "starts_at": "noon"}', '{"order": "x", "starts_at": 5}'],
)  # fmt: skip
def test_a_malformed_letter_is_refused(done: Done, letter: str) -> None:
    file = done.place.folder / "malformed.json"
    file.write_text(letter)
    done.place.centre.refused("reply.malformed", "centre", "replies", file)


def test_a_desk_is_no_centre(done: Done) -> None:
    for words in (("inbox",), ("ingest", done.stick), ("reply", "--to", done.stick)):
        done.place.station.refused("centre.not_a_centre", "centre", *words)


def test_projections_come_out_equal(done: Done) -> None:
    rebuilt = done.place.station.json("rebuild")
    assert (rebuilt["ok"], rebuilt["changed"]) == (True, False)
    assert done.place.station.json("rebuild")["digest"] == rebuilt["digest"]
    assert done.place.station.json("verify")["ok"] is True
