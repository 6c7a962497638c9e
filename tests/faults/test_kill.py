"""``kill -9`` at random moments, over and over on the same profile: nothing acknowledged is ever lost.

Real processes over real profiles; the moments fall between the taking of the profile's lock and the usual end of
the work. A profile that was killed is opened by the next command as if nothing had happened.
"""

from __future__ import annotations

import hashlib
import json
import random  # noqa: TID251 - repeatable moments, no secret
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop.app.installation import Installation, Machine
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import SILENT
from desktop.runtime.files.resources import resource_path
from desktop.runtime.id_source import UuidSource
from desktop.runtime.system_clock import SystemClock
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import verify_bundle
from desktop.services.health import check_health
from desktop.services.look_up import board, case_evidence
from desktop.services.session import Session
from tests.support.child import Child
from tests.support.clocks import START
from tests.support.forkery import Forkery
from tests.support.installations import (
    CHEAP,
    OFFICER,
    PASSWORD,
    introduce,
    make_centre,
    make_desk,
)
from tests.support.sessions import a_form
from tests.support.sweep import EVERY

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
KILLS = 50 if EVERY else 4
CENTRE_OFFICER = "620001"
REPORTS = 60
PHOTOS = 150


def a_machine() -> Machine:
    clock = SystemClock()
    return Machine(clock, UuidSource(clock), CHEAP)


@contextmanager
def signed_in(root: Path, number: str = OFFICER) -> Iterator[Session]:
    """The desk at ``root``, whose every check must hold."""
    installation = Installation(root, a_machine())
    session = installation.sign_in(number, PASSWORD)
    try:
        assert check_health(session, SILENT) == ()
        assert not list(root.rglob("*.part")), "what the killed one left is still there"
        yield session
    finally:
        installation.close()


@dataclass(frozen=True, slots=True)
class Made:
    """Profiles prepared once; each test works on copies. ``case`` has the photos and was never exported."""

    session: Path
    centre: Path
    case: str
    reports: Path
    photos: Path
    forkery: Forkery

    def copy(self, folder: Path, which: str) -> Path:
        target = folder / which
        shutil.copytree(self.session if which == "desk" else self.centre, target)
        return target


@pytest.fixture(scope="module")
def made(quick_disk: Path) -> Iterator[Made]:
    root = quick_disk / "kill"
    session, centre = (
        make_desk(root / "desk", own=a_machine()),
        make_centre(root / "centre", a_machine()),
    )
    here, there = session.sign_in(OFFICER, PASSWORD), centre.sign_in(CENTRE_OFFICER, PASSWORD)
    introduce(here, there)
    case = register_report(here, a_form(here)).case
    photos = root / "photos"
    photos.mkdir()
    for number in range(PHOTOS):
        (photos / f"{number:03d}.jpg").write_bytes(hashlib.sha256(bytes([number])).digest() * 3000)
    attach_files(here, case, [photos], SILENT)
    session.close()
    centre.close()
    report = json.loads(resource_path("samples/report.json").read_text("utf-8"))
    (root / "reports.json").write_text(json.dumps([report] * REPORTS), "utf-8")
    forkery = Forkery(root)
    yield Made(root / "desk", root / "centre", case, root / "reports.json", photos, forkery)
    forkery.close()


def moments(kills: int, usual: float, seed: int) -> list[float]:
    """When to kill, in seconds after the work began; the last ones may come too late, as they may in life."""
    chance = random.Random(seed)  # noqa: S311 - as above
    return [chance.uniform(0, usual) for _ in range(kills)]


def test_registering_reports(made: Made, tmp_path: Path) -> None:
    root = made.copy(tmp_path, "desk")
    usual = Child(
        made.forkery, made.copy(tmp_path / "measured", "desk"), "report", "add", str(made.reports)
    ).run()
    known = {made.case}
    for moment in moments(KILLS, usual.worked, 1):
        ended = Child(made.forkery, root, "report", "add", str(made.reports)).kill_after(moment)
        if ended.document:
            known |= {row["case"] for row in ended.document["cases"]}
        with signed_in(root) as session:
            cards = board(session)
        assert known <= {card.id for card in cards}
        assert len({card.number for card in cards}) == len(cards)
        known = {card.id for card in cards}  # what was shown once must stay


def test_attaching_evidence(made: Made, tmp_path: Path) -> None:
    words = ("evidence", "add", made.case, str(made.photos))
    usual = Child(made.forkery, made.copy(tmp_path / "measured", "desk"), *words).run()
    root = made.copy(tmp_path, "desk")
    known: set[EvidenceId] = set()
    for moment in moments(KILLS, usual.worked, 2):
        ended = Child(made.forkery, root, *words).kill_after(moment)
        if ended.document:
            known |= {EvidenceId(row["id"]) for row in ended.document["items"]}
        with signed_in(root) as session:
            items = {item.id for item in case_evidence(session, board(session)[0].id)}
        assert known <= items
        known = items


def test_exporting_a_bundle(made: Made, tmp_path: Path) -> None:
    root, stick = made.copy(tmp_path, "desk"), tmp_path / "stick"
    stick.mkdir()
    words = ("bundle", "export", "--volume-size", "4000000", "--to", str(stick))
    other = (
        tmp_path / "other stick"
    )  # a copy of the desk writes other entries under the same numbers
    other.mkdir()
    usual = Child(
        made.forkery, made.copy(tmp_path / "measured", "desk"), *words[:-1], str(other)
    ).run()
    for moment in moments(KILLS, usual.worked, 3):
        ended = Child(made.forkery, root, *words).kill_after(moment)
        with signed_in(root) as session:
            volumes = sorted(stick.glob("*.fzb"))
            assert not verify_bundle(session, volumes, SILENT).problems
        if ended.document:
            assert {Path(row["file"]) for row in ended.document["volumes"]} <= set(volumes)
    with signed_in(root) as session:
        again = export_bundle(session, stick, SILENT, volume_size=4_000_000)
        cards = [card.id for card in board(session)]
    assert not list(stick.glob("*.part"))
    with signed_in(made.copy(tmp_path, "centre"), CENTRE_OFFICER) as centre:
        done = ingest(centre, Quarantine(tmp_path / "refused"), [stick], SILENT)
        assert not done.problems
        assert done.blobs == PHOTOS
        assert again.blobs + again.carried == PHOTOS, "whole volumes are not written again"
        assert [card.id for card in board(centre)] == cards


def test_ingesting_a_bundle(made: Made, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with signed_in(made.copy(tmp_path, "desk")) as session:
        export_bundle(session, stick, SILENT, volume_size=4_000_000)
    words = ("centre", "ingest", str(stick))
    unbroken = made.copy(tmp_path / "unbroken", "centre")
    usual = Child(made.forkery, unbroken, *words).run()
    with signed_in(unbroken, CENTRE_OFFICER) as centre:
        expected = content(centre)
    for number, moment in enumerate(moments(KILLS, usual.worked, 4)):
        root = made.copy(tmp_path / f"{number}", "centre")
        Child(made.forkery, root, *words).kill_after(moment)
        with signed_in(root, CENTRE_OFFICER) as centre:
            ingest(centre, Quarantine(tmp_path / "refused"), [stick], SILENT)
            assert content(centre) == expected
        shutil.rmtree(root)


def content(session: Session) -> str:
    """A digest of everything that came in and of what was acknowledged, times of arrival left out."""
    own = session.profile.device
    with session.store.read() as reader:
        files = sorted(repr(reader.case_file(card.id)) for card in reader.board())
        bundles = sorted(repr(replace(row, at=START)) for row in reader.bundles())
        heads = sorted(pair for pair in reader.heads().items() if pair[0] != own)
        told = sorted(reader.acknowledged(own).items())
        blobs = (reader.known_blobs(), reader.unacknowledged_blobs(own))
    return hashlib.sha256(repr((files, bundles, heads, told, blobs)).encode()).hexdigest()
