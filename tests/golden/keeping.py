"""Keys, thefts, backups and what is told only once: the end of the story."""

from __future__ import annotations

import shutil

from desktop.app.installation import Installation
from desktop.services.audit.note_lock import note_lock
from desktop.services.audit.note_settings import note_settings
from desktop.services.papers.draw_form import keep_phrase
from tests.golden import counter
from tests.golden.posts import AUDITOR, LEAVING, World


def lose(world: World) -> None:
    """The laptop is stolen; what it told the first desk is taken up there. An officer leaves."""
    session = world.session
    cards = {row["letter"]: row["fingerprint"] for row in session.json("trust", "list")["parties"]}
    session.two("trust", "revoke", cards["D"], "--reason", "被盗")
    session.json("bundle", "adopt", cards["D"])
    known = world.centre.json("trust", "list")["parties"]
    lost = next(row["fingerprint"] for row in known if row["letter"] == "D")
    world.centre.two("trust", "revoke", lost, "--reason", "被盗")
    session.two("officer", "dismiss", LEAVING)
    stray = world.text("stray.fzb", "no bundle")
    world.centre.say("--json", "centre", "ingest", stray)


def rotate(world: World) -> None:
    """Keys change at a station, as planned and after a loss, and at the centre; a former pair is destroyed."""
    session, centre = world.session, world.centre
    first = session.json("trust", "keys")["keys"][-1]["fingerprint"]
    session.json("trust", "rotate")
    world.up(session, "rotated")
    world.down("rotated", session)
    centre.json("centre", "rotate")
    world.up(session, "centre rotated")
    world.down("centre rotated", session, world.other, world.colleague)
    card, approval = world.files / "lost.card", world.files / "lost.approval"
    world.other.json("trust", "rotate", "--lost", "硬盘被复制", "--card", card)
    centre.two("centre", "enrol", card, "--to", approval)
    world.other.two("trust", "add", approval)
    world.keep(card, "cards", "lost.card")
    world.keep(approval, "cards", "lost.approval")
    counter.exchange(world)
    session.json("trust", "reseal")
    session.json("trust", "destroy-key", first)


def restore(world: World) -> None:
    """The other station goes on from its backup; the centre begins its streams anew; a clock is set back."""
    other, centre = world.other, world.centre
    stick = world.stick("backup")
    made = other.json("backup", "--to", stick)["file"]
    shutil.move(other.profile, world.files / "other-before")
    other.say("--json", "restore", made)
    other.say(
        "--json", "report", "list"
    )  # what a restored profile has to say once is on standard error
    world.later(hours=-1)
    other.say("--json", "report", "list")
    world.later(hours=1)
    centre.json("centre", "renew")
    _escrow(world)


def _escrow(world: World) -> None:
    request, answer = world.files / "escrow.json", world.files / "escrow.age"
    other = world.other
    made = other.json("escrow", "request", "--to", request)
    world.centre.two("escrow", "answer", request, "--code", made["code"], "--to", answer)
    for file in (request, answer):
        world.keep(file, "escrow", file.name)


def look_back(world: World) -> None:
    """What leaves traces only an auditor asks for, and the auditor who asks."""
    with world.session.signed_in() as place:
        note_lock(place.session, locked=True)
        note_lock(place.session, locked=False)
        note_settings(place.session, ["idle_lock_minutes"])
        keep_phrase(place.session, "acceptance_receipt", "contact", "0931-8466110")
    _change_outside(world)
    world.session.json("report", "list", "--find", "李秀兰")
    world.session.shown(world.cases["company"])
    auditor = world.session.as_officer(AUDITOR)
    auditor.json("audit", "list")
    target = world.files / "audit.jsonl"
    auditor.json("audit", "export", "--to", target)
    for file in sorted(world.files.glob("audit.jsonl*")):
        world.keep(file, "audit", file.name)


def _change_outside(world: World) -> None:
    """The unit's wording is changed by an editor: put back once, approved the second time."""
    head, file = world.session, world.session.profile / "forms" / "phrases.toml"
    for verb in ("restore", "approve"):
        file.write_text(file.read_text("utf-8").replace("8466110", "8466111"), "utf-8")
        head.json("forms", verb, "forms/phrases.toml" if verb == "restore" else file)


def back_up(world: World) -> None:
    """A backup of the other station, to be restored by every later program."""
    stick = world.kept / "backup"
    stick.mkdir(parents=True)
    made = world.other.json("backup", "--to", stick)["file"]
    world.other.json("restore", made, "--try")


def leave_underway(world: World) -> None:
    """Bundles nobody has taken in yet: up and down, with everything since the last ones."""
    for at, name in (
        (world.session, "desk"),
        (world.other, "other"),
        (world.colleague, "colleague"),
    ):
        stick = world.kept / "bundles" / f"from-{name}"
        stick.mkdir(parents=True)
        at.json("bundle", "export", "--to", stick)
    down = world.kept / "bundles" / "from-centre"
    down.mkdir(parents=True)
    world.centre.json("centre", "reply", "--to", down)
    for name in ("desk", "other", "colleague", "centre"):
        assert Installation(world.root / name).exists()
