"""A restore is whole or not there, wherever it stops."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from desktop.app.backup.backup import Backup, make_backup
from desktop.app.backup.restore import look_at_backup, restore_backup
from desktop.app.installation import Installation
from desktop.domain.errors import Cancelled, WorldError
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.health import check_health
from desktop.services.look_up import board
from desktop.storage.store import SqlStore
from tests.support.crash import GONE
from tests.support.error_texts import assert_error
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.support.sessions import a_form
from tests.support.strict import all_of


@pytest.fixture(scope="module")
def made(quick_disk: Path) -> Backup:
    """The backup of a desk with a report and two pieces of evidence, which is closed again."""
    folder = quick_disk / "station"
    folder.mkdir()
    station = make_desk(folder / "desk")
    session = station.sign_in(OFFICER, PASSWORD)
    case = register_report(session, a_form(session)).case
    for number in range(2):
        photo = folder / f"{number}.bin"
        photo.write_bytes(bytes([number]) * 70_000)
        attach_files(session, case, [photo], SILENT)
    backup = make_backup(session, station.paths, folder / "safe", SILENT)
    station.close()
    return backup


class StopAfter:
    """Somebody asks to stop at the ``at``-th occasion; what was told is kept."""

    def __init__(self, at: int) -> None:
        self.left = at
        self.reported: list[tuple[int, int]] = []

    def advance(self, done: int, total: int) -> None:
        self.reported.append((done, total))

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def assert_whole(root: Path) -> None:
    anew = Installation(root, machine())
    session = anew.sign_in(OFFICER, PASSWORD)
    assert [card.victim for card in board(session)] == ["李秀兰"]
    assert check_health(session, SILENT) == ()
    with session.store.read() as reader:
        assert all_of(session.vault.verify(blob.sha256, SILENT) for blob in reader.known_blobs())
    anew.close()


def assert_nothing(root: Path) -> None:
    assert not Installation(root, machine()).exists()
    assert not [path for path in root.rglob("*") if path.is_file() and path.stat().st_size]


def test_what_a_backup_holds_is_listed_and_nothing_is_made(made: Backup, tmp_path: Path) -> None:
    progress = StopAfter(10**6)
    found = look_at_backup(made.file, progress)
    assert (found.unit_name, found.letter) == ("兰州市公安局城关分局张掖路派出所", "A")
    assert (found.made_at, found.evidence, found.missing) == (made.made_at, 2, 0)
    done, total = progress.reported[-1]
    assert done == total > 0
    assert not list(tmp_path.iterdir())


def test_a_restore_can_be_stopped_at_every_step_and_begun_again(
    made: Backup, tmp_path: Path
) -> None:
    root, steps = tmp_path / "new", 0
    while True:
        progress = StopAfter(steps)
        try:
            restore_backup(made.file, root, progress)
        except Cancelled:
            assert_nothing(root)
            steps += 1
        else:
            break
    assert steps > 4, "files and evidence are occasions to stop"
    done, total = progress.reported[-1]
    assert done == total
    assert_whole(root)


def test_a_disk_that_fails_while_names_are_moved_leaves_no_installation(
    made: Backup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, real, fails = tmp_path / "new", Path.replace, True

    def replace(path: Path, target: Path) -> Path:
        if fails and target == root / "keys.json":
            raise OSError(errno.EIO, "worn out")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(WorldError) as caught:
        restore_backup(made.file, root, SILENT)
    assert_error(caught.value, "disk.failed")
    assert not Installation(root, machine()).exists()
    fails = False
    restore_backup(made.file, root, SILENT)
    assert_whole(root)


def test_two_at_once_do_not_mix(made: Backup, tmp_path: Path) -> None:
    root = tmp_path / "new"

    class Second(StopAfter):
        def check(self) -> None:
            with pytest.raises(WorldError) as caught:
                restore_backup(made.file, root, SILENT)
            assert caught.value.code == "profile.in_use"

    restore_backup(made.file, root, Second(0))
    assert_whole(root)


def test_a_file_that_is_not_even_called_a_backup_is_reported_as_such(tmp_path: Path) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"\xff\xd8\xff" * 999)
    with pytest.raises(WorldError) as caught:
        look_at_backup(photo, SILENT)
    assert_error(caught.value, "backup.foreign")


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_what_a_making_that_was_cut_short_left_is_not_mixed_in(
    made: Backup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power went before the first key file was there: a database and its log, of other keys."""
    root = tmp_path / "new"
    monkeypatch.setattr(SqlStore, "close", lambda _store: os._exit(GONE))
    child = os.fork()
    if not child:
        make_desk(root)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == GONE
    monkeypatch.undo()
    assert (root / "desk.db-wal").stat().st_size
    restore_backup(made.file, root, SILENT)
    assert_whole(root)
