"""What the world does to a desk: full disks, files that vanish, a second instance, a clock set back.

Each time the error says what happened, what is safe and what to do, and what was there before is there still.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.domain.cases.case import CaseState
from desktop.domain.errors import AppError, WorldError
from desktop.domain.progress import SILENT
from desktop.journal.kinds import CLOCK_SET_BACK
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.evidence.court_handover import hand_over_to_court
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import verify_bundle
from desktop.services.health import check_health
from desktop.services.look_up import case_evidence, history
from desktop.services.session import Session
from tests.faults.scene import Scene, make_files, make_scene
from tests.support.clocks import CountingIds, HandClock
from tests.support.error_texts import assert_error
from tests.support.full_disk import failing_write, fill, small_disk
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.support.sessions import Seat, a_form, seat_at


@pytest.fixture(scope="module")
def scene(quick_disk: Path) -> Scene:
    return make_scene(quick_disk / "scene")


@pytest.fixture
def seat(scene: Scene) -> Iterator[Seat]:
    made = scene.copy("world", "desk")
    yield made
    made.session.store.close()


@pytest.fixture
def session(seat: Seat) -> Session:
    return seat.session


def fresh_files(folder: Path) -> list[Path]:
    files = make_files(folder / "files")
    for path in files:
        path.write_bytes(b"new" + path.read_bytes())
    return files


def test_the_disk_fills_up_while_evidence_is_added(
    scene: Scene, session: Session, quick_folder: Path
) -> None:
    files = fresh_files(quick_folder)
    before = case_evidence(session, scene.case)
    for number in range(1, 100):
        with failing_write(number):
            try:
                attach_files(session, scene.case, files, SILENT)
            except AppError as error:
                assert_error(error, "disk.full")
            else:
                break
        items = case_evidence(session, scene.case)
        assert items[: len(before)] == before
        assert {item.name for item in items[len(before) :]} <= {path.name for path in files}
        assert not list((scene.root / "world" / "vault" / "tmp").iterdir())
        assert check_health(session, SILENT) == ()
    assert number > 3
    assert {item.name for item in case_evidence(session, scene.case)} == {
        path.name for path in files
    }


@pytest.mark.parametrize(
    ("code", "told"), [(errno.ENOSPC, "disk.full"), (errno.EIO, "medium.gone")]
)
def test_the_stick_fills_up_or_is_pulled_during_an_export(
    session: Session, quick_folder: Path, code: int, told: str
) -> None:
    with session.store.read() as reader:
        before = reader.bundles()
    for number in range(1, 100):
        with failing_write(number, code):
            try:
                export_bundle(session, quick_folder, SILENT)
            except AppError as error:
                assert_error(error, told)
            else:
                break
        assert not list(quick_folder.glob("*.part"))
        assert not verify_bundle(session, sorted(quick_folder.glob("*.fzb")), SILENT).problems
        with session.store.read() as reader:
            made = tuple(row for row in reader.bundles() if row.state != "begun")
            assert made == before, "an export that failed counts as made"
    assert number > 3
    assert verify_bundle(session, sorted(quick_folder.glob("*.fzb")), SILENT).ok


def test_a_stick_that_is_too_small_is_reported_before_anything_is_written(
    session: Session, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(quick_folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(WorldError) as caught:
        export_bundle(session, quick_folder, SILENT)
    assert_error(caught.value, "disk.not_enough")
    assert not list(quick_folder.iterdir())


def test_the_stick_is_not_there(session: Session, quick_folder: Path) -> None:
    with pytest.raises(WorldError) as caught:
        export_bundle(session, quick_folder / "pulled", SILENT)
    assert_error(caught.value, "medium.gone")


def test_a_disk_that_is_really_full(scene: Scene, quick_folder: Path) -> None:
    """A real small disk, where one can be mounted: database, vault and export."""
    files = fresh_files(quick_folder)
    with small_disk(quick_folder / "disk", 4 << 20) as disk:
        if disk is None:
            pytest.skip("mounting needs root")
        shutil.copytree(scene.root / "desk", disk / "desk")
        session = seat_at(disk / "desk", scene.session, "dd").session
        with closing(session.store):
            ballast = fill(disk)
            assert_all_refused(scene, session, files, disk)
            ballast.unlink()
            assert check_health(session, SILENT) == ()
            register_report(session, a_form(session))
            attach_files(session, scene.case, files, SILENT)
            export_bundle(session, disk, SILENT)
            assert check_health(session, SILENT) == ()


def assert_all_refused(scene: Scene, session: Session, files: list[Path], disk: Path) -> None:
    """The write-ahead log may have a little room left over, so many reports are tried."""
    with pytest.raises(WorldError) as caught:  # noqa: PT012 - which one meets the end is not known
        for _ in range(100):
            register_report(session, a_form(session, narrative="长" * 20_000))
    assert_error(caught.value, "disk.full_plain")
    with pytest.raises(WorldError) as caught:
        attach_files(session, scene.case, files, SILENT)
    assert_error(caught.value, "disk.full")
    with pytest.raises(WorldError) as caught:
        export_bundle(session, disk, SILENT)
    # Where the data lie on the same full disk, already the note that an export begins finds no room.
    assert_error(caught.value, caught.value.code)
    assert caught.value.code in {"disk.not_enough", "disk.full_plain"}
    assert not list(disk.glob("*.fzb"))


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
def test_a_file_that_may_not_grow_any_further(
    scene: Scene, session: Session, quick_folder: Path
) -> None:
    import resource  # noqa: PLC0415 - only where there is one

    files = fresh_files(quick_folder)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(WorldError) as caught:
            attach_files(session, scene.case, files[:1], SILENT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert_error(caught.value, "disk.file_too_large")
    assert check_health(session, SILENT) == ()


def test_a_full_stick_while_evidence_is_handed_over(
    scene: Scene, session: Session, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(WorldError) as caught:
            hand_over_to_court(session, scene.case, quick_folder / "court", SILENT)
    assert_error(caught.value, "disk.full")
    assert not list((quick_folder / "court").iterdir())
    hand_over_to_court(session, scene.case, quick_folder / "court", SILENT)


def _vanished(folder: Path) -> Path:
    return folder / "gone.jpg"


def _a_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def _a_dangling_link(folder: Path) -> Path:
    (folder / "link.jpg").symlink_to(folder / "nowhere")
    return folder / "link.jpg"


_TOLD: dict[object, str] = {_a_pipe: "file.special", _a_dangling_link: "file.link"}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links")
@pytest.mark.parametrize("make", [_vanished, _a_pipe, _a_dangling_link])
@pytest.mark.parametrize("among_others", [False, True])
def test_a_file_that_can_not_be_read(
    scene: Scene,
    session: Session,
    quick_folder: Path,
    make: Callable[[Path], Path],
    among_others: bool,
) -> None:
    good = fresh_files(quick_folder) if among_others else []
    before = case_evidence(session, scene.case)
    with pytest.raises(WorldError) as caught:
        attach_files(session, scene.case, [*good[:2], make(quick_folder), *good[2:]], SILENT)
    assert_error(caught.value, _TOLD.get(make, "evidence.unreadable"))
    after = case_evidence(session, scene.case)
    assert after[: len(before)] == before
    assert {item.name for item in after[len(before) :]} <= {path.name for path in good}
    assert check_health(session, SILENT) == ()
    if good:
        attach_files(session, scene.case, good, SILENT)


def test_a_medium_that_fails_while_it_is_read(
    scene: Scene, session: Session, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> int:
        raise OSError(errno.EIO, "bad sector")

    monkeypatch.setattr(os, "readv" if hasattr(os, "readv") else "read", failing)
    with pytest.raises(WorldError) as caught:
        attach_files(session, scene.case, fresh_files(quick_folder)[:1], SILENT)
    assert_error(caught.value, "evidence.unreadable")


def test_a_second_instance(quick_folder: Path) -> None:
    first, second = make_desk(quick_folder / "desk"), Installation(quick_folder / "desk", machine())
    session = first.sign_in(OFFICER, PASSWORD)
    with pytest.raises(WorldError) as caught:
        second.sign_in(OFFICER, PASSWORD)
    assert_error(caught.value, "profile.in_use")
    assert caught.value.params["pid"] == os.getpid()
    with pytest.raises(WorldError, match=r"^profile\.in_use$"):
        second.recover("", OFFICER, PASSWORD)
    register_report(session, a_form(session))  # the first one is not disturbed
    assert check_health(session, SILENT) == ()
    first.close()
    assert second.sign_in(OFFICER, PASSWORD).officer.number == OFFICER
    second.close()


def warned(installation: Installation) -> list[str]:
    return [warning.code for warning in installation.warnings]


def test_a_clock_that_was_set_back(quick_folder: Path) -> None:
    """It is noted and told; nothing that was recorded changes its order."""
    clock = HandClock()
    installation = make_desk(quick_folder / "desk", own=machine(clock, CountingIds("a")))
    session = installation.sign_in(OFFICER, PASSWORD)
    assert warned(installation) == []
    case = register_report(session, a_form(session)).case
    installation.close()
    clock.advance(days=-400)
    session = installation.sign_in(OFFICER, PASSWORD)
    assert warned(installation) == ["clock.set_back"]
    warning = installation.warnings[0]
    assert_error(warning, "clock.set_back")
    assert warning.params == {"was": "2026-11-24 10:31:07", "now": "2025-10-20 10:31:07"}
    move_case(session, case, CaseState.CLOSED)
    with session.store.read() as reader:
        own = session.profile.device
        entries = list(reader.entries(own, 1, reader.heads()[own]))
    noted = [entry for entry in entries if entry.kind == CLOCK_SET_BACK]
    assert [entry.fields for entry in noted] == [{"was": "2026-11-24T02:31:07.000Z"}]
    assert [entry.lamport for entry in entries] == sorted({entry.lamport for entry in entries})
    rows = history(session, case)
    assert [row.seq for row in rows] == sorted(row.seq for row in rows)
    assert rows[-1].kind == "case.moved"
    assert rows[-1].wall < rows[0].wall
    assert check_health(session, SILENT) == ()
    installation.close()
    clock.advance(days=401)
    installation.sign_in(OFFICER, PASSWORD)
    assert warned(installation) == []
    installation.close()
