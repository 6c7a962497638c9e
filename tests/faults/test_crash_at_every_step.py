"""The process vanishes before calls that make something durable, in every verb that does: a step of each kind, and
every one in a sweep.

After each crash the files are opened again: everything checks out, the work is wholly there or not at all, and
doing it again ends as if nothing had happened.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.domain.cases.case import CaseState
from desktop.domain.errors import WorldError
from desktop.domain.exchange.volumes import VolumeManifest
from desktop.domain.ids import CaseId
from desktop.domain.installation.profile import FirstRun, InstallationRole
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import verify_bundle
from desktop.services.exchange.take_in.receive_bundle import receive_volume
from desktop.services.health import check_health
from desktop.services.look_up import board, case_file
from desktop.services.orders.issue_order import issue_stop
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.show_paper import preview_paper
from desktop.services.papers.sign_paper import sign_paper
from desktop.services.session import Session
from desktop.vault import pool
from tests.faults.scene import FILES, Scene, make_scene
from tests.support.crash import die_at, steps_to_die_at
from tests.support.installations import OFFICER, PASSWORD, machine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")


@pytest.fixture(scope="module")
def scene(quick_disk: Path) -> Scene:
    return make_scene(quick_disk / "scene")


def crash_everywhere(
    scene: Scene, role: str, work: Callable[[Session], object], check: Callable[[Session], None]
) -> int:
    """Crash ``work`` before each call that is to be tried and ``check`` what is left; how many of them there are."""
    whole = scene.files("whole", role)
    steps = steps_to_die_at(lambda: work(scene.open("whole", role).session), whole)
    for count, step in enumerate(steps):
        root = scene.files("spoiled", role)
        crashed = die_at(step, lambda: work(scene.open("spoiled", role).session), root)
        left = scene.open("spoiled", role, "ff")
        try:
            assert check_health(left.session, SILENT) == ()
            check(left.session)
            assert check_health(left.session, SILENT) == ()
        finally:
            left.session.store.close()
        if not crashed:
            return count
    raise AssertionError("the work never ends")


def test_registering_a_report(scene: Scene) -> None:
    case = CaseId(scene.draft.case_id)

    def check(session: Session) -> None:
        with session.store.read() as reader:
            file, draft = reader.case_file(case), reader.draft(case)
        assert (file is None) == (draft is not None), "neither typed nor registered, or both"
        number = register_report(session, scene.draft).number
        assert number.endswith("-0002")
        assert len(board(session)) == 2
        assert len(case_file(session, case).transfers) == 1

    assert crash_everywhere(
        scene, "desk", lambda session: register_report(session, scene.draft), check
    )


def test_issuing_a_stop(scene: Scene) -> None:
    case = CaseId(scene.draft.case_id)

    def check(session: Session) -> None:
        with session.store.read() as reader:
            file, draft = reader.case_file(case), reader.draft(case)
            assert draft is not None
            assert draft.form == scene.draft
        if file is None:
            issue_stop(session, scene.draft, 0, confirmed=True)
        file = case_file(session, case)
        assert [view.order.amount_fen for view in file.orders] == [9_800_000]
        assert file.case.state == "stopping"

    def work(session: Session) -> None:
        issue_stop(session, scene.draft, 0, confirmed=True)

    assert crash_everywhere(scene, "desk", work, check)


@pytest.mark.parametrize("thousands", [False, True], ids=["some", "thousands"])
def test_attaching_files(scene: Scene, monkeypatch: pytest.MonkeyPatch, *, thousands: bool) -> None:
    monkeypatch.setattr(pool, "MANY", 1 if thousands else 100)
    folder = scene.root / f"more-{thousands}"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data + f"more {thousands}".encode())

    def check(session: Session) -> None:
        session.vault.sweep(frozenset())
        assert not list((scene.root / "spoiled" / "vault" / "tmp").iterdir())
        with session.store.read() as reader:
            assert len(reader.evidence(scene.case)) in {3, 6}
        attach_files(session, scene.case, [folder], SILENT)
        with session.store.read() as reader:
            items = reader.evidence(scene.case)
        assert {item.name for item in items} == set(FILES)
        assert len({item.sha256 for item in items}) == 6

    def work(session: Session) -> None:
        attach_files(session, scene.case, [folder], SILENT)

    assert crash_everywhere(scene, "desk", work, check) > 6


def test_signing_a_paper(scene: Scene) -> None:
    def work(session: Session) -> None:
        paper = draft_paper(session, scene.case, "receipt")
        edit_paper(session, paper.id, {"contact": "0931-8888888"})
        sign_paper(session, paper.id)

    def check(session: Session) -> None:
        found = case_file(session, scene.case).papers
        signed = [paper.signed for paper in found if paper.signed]
        kept = [blob.sha256 for one in signed for blob in (one.pdf, one.record)]
        assert [digest for digest in kept if not session.vault.has(digest)] == []
        if not signed:
            work(session)
        (paper,) = case_file(session, scene.case).papers
        assert paper.signed
        assert (
            hashlib.sha256(preview_paper(session, paper.id).data).hexdigest()
            == paper.signed.pdf.sha256
        )

    assert crash_everywhere(scene, "desk", work, check) > 6


def test_exporting_a_bundle(scene: Scene) -> None:
    stick = scene.root / "spoiled" / "stick"

    def work(session: Session) -> None:
        stick.mkdir(parents=True)  # nothing was spoiled yet where this is the first test
        export_bundle(session, stick, SILENT)

    def check(session: Session) -> None:
        stick.mkdir(exist_ok=True)  # it may have died while the desk was opened
        volumes = sorted(stick.glob("*.fzb"))
        verdict = verify_bundle(session, volumes, SILENT)
        assert not verdict.problems, "a file under a whole name that is not whole"
        with session.store.read() as reader:
            states = [row.state for row in reader.bundles() if row.outgoing]
        if states[0] == "exported" and len(states) == 2:
            assert len(volumes) == 2
        move_case(
            session, board(session)[0].id, CaseState.CLOSED
        )  # somebody works on before it is tried again
        export_bundle(session, stick, SILENT)
        assert not list(stick.glob("*.part"))
        centre = scene.copy("receiver", "centre")
        for volume in sorted(stick.glob("*.fzb")):
            receive_volume(centre.session, volume, SILENT)
        assert agrees(session, centre.session)
        centre.session.store.close()

    assert crash_everywhere(scene, "desk", work, check) > 6


def agrees(session: Session, centre: Session) -> bool:
    """Whether the centre holds every case, record and blob that the desk exported."""
    with session.store.read() as here, centre.store.read() as there:
        files = [(here.case_file(card.id), there.case_file(card.id)) for card in here.board()]
        blobs = here.known_blobs()
    same = all(
        one and other and (one.case, one.transfers, one.evidence)
        == (other.case, other.transfers, other.evidence) for one, other in files
    )  # fmt: skip
    return same and all(centre.vault.verify(blob.sha256, SILENT) for blob in blobs)


@pytest.mark.parametrize("volume", [0, 1], ids=["records", "evidence"])
def test_receiving_a_volume(scene: Scene, volume: int) -> None:
    unbroken = scene.copy("unbroken", "centre")
    for path in scene.volumes[: volume + 1]:
        receive_volume(unbroken.session, path, SILENT)
    expected = unbroken.session.store.digest()
    unbroken.session.store.close()

    def work(session: Session) -> VolumeManifest:
        return receive_volume(session, scene.volumes[volume], SILENT).manifest

    def check(session: Session) -> None:
        for path in scene.volumes[: volume + 1]:
            receive_volume(session, path, SILENT)
        assert session.store.digest() == expected

    base = scene.files("centre-before", "centre")
    if volume:
        before = scene.open("centre-before", "centre")
        receive_volume(before.session, scene.volumes[0], SILENT)
        before.session.store.close()
    assert crash_everywhere(scene, base.name, work, check)


def first_run(role: InstallationRole) -> FirstRun:
    return FirstRun(role, "620102540000", "张掖路派出所", "A", OFFICER, "王建国", PASSWORD)


def test_making_an_installation(quick_folder: Path) -> None:
    """A first run that was cut off can be repeated; it never stands in the way of itself."""

    def work(root: Path) -> None:
        Installation(root, machine()).create(first_run(InstallationRole.DESK))

    steps = steps_to_die_at(partial(work, quick_folder / "whole"), quick_folder)
    states = set[bool]()
    for step in steps:
        root = quick_folder / f"{step}"
        root.mkdir()
        crashed = die_at(step, partial(work, root), root)
        installation = Installation(root, machine())
        if not installation.exists():
            installation.create(first_run(InstallationRole.DESK))
        assert_opens(installation)
        with pytest.raises(WorldError, match=r"^profile\.exists$"):
            installation.create(first_run(InstallationRole.DESK))
        assert_opens(installation)
        states.add(crashed)
        if not crashed:
            break
    assert states == {True, False}


def assert_opens(installation: Installation) -> None:
    session = installation.sign_in(OFFICER, PASSWORD)
    try:
        assert check_health(session, SILENT) == ()
        assert session.officer.number == OFFICER
    finally:
        installation.close()


def test_signing_in(quick_folder: Path) -> None:
    """A key file that is being rewritten opens before, after and meanwhile."""
    made, whole = quick_folder / "made", quick_folder / "whole"
    Installation(made, machine()).create(first_run(InstallationRole.DESK))

    def work(root: Path) -> None:
        Installation(root, machine()).sign_in(OFFICER, PASSWORD)

    shutil.copytree(made, whole)
    states = set[bool]()
    for step in steps_to_die_at(partial(work, whole), whole):
        root = quick_folder / f"{step}"
        shutil.copytree(made, root)
        crashed = die_at(step, partial(work, root), root)
        assert_opens(Installation(root, machine()))
        states.add(crashed)
        if not crashed:
            break
    assert states == {True, False}


def test_a_careless_writer_is_found_out(quick_folder: Path) -> None:
    """The harness itself: a name given to what was never synced holds half of it after the crash."""

    def work() -> None:
        (quick_folder / "half").unlink(missing_ok=True)
        (quick_folder / "half").write_bytes(b"0123456789")
        (quick_folder / "half").replace(quick_folder / "whole")

    assert die_at(1, work, quick_folder)
    assert not (quick_folder / "whole").exists()
    assert not die_at(2, work, quick_folder)
    assert (quick_folder / "whole").read_bytes() == b"01234"
