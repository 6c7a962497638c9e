"""A copy on trial: opened with what would be used, checked to the last piece, and nothing anywhere is changed by it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

import pytest

from desktop.app.backup.backup import make_backup
from desktop.app.installation import Installation
from desktop.app.maintenance.restore_drill import last_drill, try_restore
from desktop.domain.errors import Cancelled, UserInputError, WorldError
from desktop.domain.installation.profile import FirstRun, InstallationRole
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.storage.database.statements import run
from tests.support.error_texts import assert_error
from tests.support.installations import OFFICER, PASSWORD, machine
from tests.support.sessions import a_form


@dataclass
class Station:
    """A desk with two cases and two pieces of evidence, its printed code, and a copy on a stick."""

    made: Installation
    code: str
    stick: Path
    copy: Path

    def digests(self) -> dict[str, str]:
        """What lies on the stick and in the folder of keys, by content."""
        files = [path for path in self.stick.rglob("*") if path.is_file()]
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (*files, self.made.paths.key_file)
        }

    def back_up(self) -> Path:
        return make_backup(self.made.session, self.made.paths, self.stick, SILENT).file


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made = Installation(tmp_path / "desk", machine())
    first = FirstRun(
        InstallationRole.DESK, "620102540000", "张掖路派出所", "A", OFFICER, "王建国", PASSWORD
    )
    _, code = made.create(first)
    session = made.sign_in(OFFICER, PASSWORD)
    for number in range(2):
        case = register_report(session, a_form(session, name=f"报案人{number}")).case
        photo = tmp_path / f"photo{number}.bin"
        photo.write_bytes(bytes(range(256)) * (300 + number))
        attach_files(session, case, [photo], SILENT)
    station = Station(made, code, tmp_path / "stick", Path())
    station.copy = station.back_up()
    yield station
    made.close()


def test_a_whole_copy_passes_by_password_and_by_code_and_changes_nothing(station: Station) -> None:
    before, session = station.digests(), station.made.session
    assert last_drill(session) is None
    found = try_restore(station.made.session, station.made, station.copy, PASSWORD, SILENT)
    assert (found.whole, found.by_code) == (True, False)
    assert (found.cases, found.evidence, found.missing, found.damaged) == (2, 2, 0, 0)
    assert last_drill(session) == session.clock.now()
    by_code = try_restore(
        station.made.session, station.made, station.copy, station.code.lower(), SILENT
    )
    assert (by_code.whole, by_code.by_code) == (True, True)
    assert by_code.entries == found.entries, "the copy is of one moment"
    assert station.digests() == before
    assert not (station.made.paths.root / ".drill").exists()


def test_a_wrong_secret_opens_nothing_and_counts_as_no_sign_in(station: Station) -> None:
    before = station.digests()
    other = "0000-0000-0000-0000-0000-0000-0000-0000"
    for secret in ("Not-the-password-1", other, ""):
        with pytest.raises(UserInputError) as caught:
            try_restore(station.made.session, station.made, station.copy, secret, SILENT)
        assert_error(caught.value, "drill.wrong_secret")
    assert station.digests() == before
    assert last_drill(station.made.session) is None


def test_an_older_copy_is_opened_by_the_password_of_then(station: Station) -> None:
    station.made.key_file().set_password(
        station.made.key_file().unlock(OFFICER, PASSWORD), OFFICER, "Another-one-2027"
    )
    assert try_restore(station.made.session, station.made, station.copy, PASSWORD, SILENT).whole
    with pytest.raises(UserInputError, match=r"^drill\.wrong_secret$"):
        try_restore(station.made.session, station.made, station.copy, "Another-one-2027", SILENT)


def test_evidence_that_is_gone_or_worn_is_distinguished(station: Station) -> None:
    gone, worn = sorted(station.stick.rglob("*.age"))
    gone.unlink()
    data = bytearray(worn.read_bytes())
    data[-1] ^= 1
    worn.write_bytes(data)
    found = try_restore(station.made.session, station.made, station.copy, PASSWORD, SILENT)
    assert (found.whole, found.missing, found.damaged) == (False, 1, 1)
    assert last_drill(station.made.session) is None
    again = station.back_up()
    assert try_restore(station.made.session, station.made, again, PASSWORD, SILENT).whole, (
        "the next copy to the same place brings both anew"
    )


def test_evidence_that_was_lost_before_is_not_taken_for_whole(station: Station) -> None:
    """The list in the copy names what was there; the journal in it names what should have been."""
    min(station.made.paths.vault.rglob("*.age")).unlink()
    made = make_backup(station.made.session, station.made.paths, station.stick, SILENT)
    assert (made.blobs, made.lacking) == (1, 1)
    found = try_restore(station.made.session, station.made, made.file, PASSWORD, SILENT)
    assert (found.whole, found.missing, found.damaged, found.lacking) == (False, 0, 0, 1)
    assert last_drill(station.made.session) is None
    assert try_restore(station.made.session, station.made, station.copy, PASSWORD, SILENT).whole, (
        "the older copy still has it"
    )


def test_a_database_that_contradicts_its_journal_is_no_copy(station: Station) -> None:
    with station.made.session.store.write() as transaction:
        run(transaction._connection, "UPDATE case_card SET loss_fen = loss_fen + 1")  # type: ignore[attr-defined]
    found = try_restore(station.made.session, station.made, station.back_up(), PASSWORD, SILENT)
    assert (found.whole, found.unsound, found.damaged) == (False, True, 0)


def test_a_damaged_file_is_refused(station: Station) -> None:
    data = bytearray(station.copy.read_bytes())
    data[len(data) // 2] ^= 1
    station.copy.write_bytes(data)
    with pytest.raises(WorldError) as caught:
        try_restore(station.made.session, station.made, station.copy, PASSWORD, SILENT)
    assert_error(caught.value, "backup.damaged")
    assert not (station.made.paths.root / ".drill").exists()


class StopAfter:
    """Somebody stops at the so-manieth occasion."""

    def __init__(self, occasions: int) -> None:
        self.left = occasions

    def advance(self, done: int, total: int) -> None: ...

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_who_stops_leaves_nothing(station: Station) -> None:
    stopped = 0
    for occasions in chain(range(5), count(5, 6)):  # one a table, and more will be
        try:
            try_restore(
                station.made.session, station.made, station.copy, PASSWORD, StopAfter(occasions)
            )
        except Cancelled:
            stopped += 1
            assert last_drill(station.made.session) is None
            assert not (station.made.paths.root / ".drill").exists()
        else:
            break
    assert stopped > 3
    assert last_drill(station.made.session) is not None


def test_what_a_crash_left_of_a_trial_goes_at_the_next_start(station: Station) -> None:
    left = station.made.paths.root / ".drill"
    left.mkdir()
    (left / "desk.db").write_bytes(b"x" * 4096)
    dead = station.made.paths.lock.read_bytes()
    station.made.close()
    station.made.paths.lock.write_bytes(dead)  # as it lies where a process ended without closing
    station.made.sign_in(OFFICER, PASSWORD)
    assert not left.exists()
