"""Safety copies: whole, of one moment, opened by the former passwords only, and never over anything."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.app.backup.backup import Backup, last_backup, make_backup
from desktop.app.backup.backup_file import digest_of, write_file
from desktop.app.backup.restore import restore_backup
from desktop.app.installation import Installation
from desktop.domain.errors import AppError, Cancelled, WorldError
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.exchange.sync_status import sync_status
from desktop.services.health import check_health
from desktop.services.look_up import board
from desktop.services.session import Session
from tests.support.clocks import HandClock
from tests.support.error_texts import assert_error
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.support.sessions import a_form
from tests.support.strict import all_of


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Installation]:
    """A desk with a report and a piece of evidence, signed in to."""
    made = make_desk(tmp_path / "desk")
    session = made.sign_in(OFFICER, PASSWORD)
    case = register_report(session, a_form(session)).case
    photo = tmp_path / "photo.bin"
    photo.write_bytes(bytes(range(256)) * 300)
    attach_files(session, case, [photo], SILENT)
    yield made
    made.close()


@pytest.fixture
def safe(tmp_path: Path) -> Path:
    return tmp_path / "safe"


def back_up(station: Installation, safe: Path) -> Backup:
    return make_backup(station.session, station.paths, safe, SILENT)


def test_a_backup_is_restored_whole_and_says_so_once(
    station: Installation, safe: Path, tmp_path: Path
) -> None:
    made = back_up(station, safe)
    assert (made.blobs, made.copied) == (1, 1)
    assert last_backup(station.session) == made.made_at
    register_report(station.session, a_form(station.session, name="后来的人"))
    again = back_up(station, safe)
    assert again.copied == 0, "evidence is copied once"

    done = restore_backup(made.file, tmp_path / "new", SILENT)
    assert done.missing == 0
    anew = Installation(tmp_path / "new", machine())
    session = anew.sign_in(OFFICER, PASSWORD)
    assert [card.victim for card in board(session)] == ["李秀兰"]
    assert check_health(session, SILENT) == ()
    assert [w.code for w in anew.warnings if w.code.startswith("backup")] == ["backup.restored"]
    assert_error(anew.warnings[0], "backup.restored")
    anew.close()
    anew.sign_in(OFFICER, PASSWORD)
    assert not [w for w in anew.warnings if w.code.startswith("backup")]
    anew.close()


def test_a_week_without_a_copy_is_reported_until_there_is_one(safe: Path, tmp_path: Path) -> None:
    clock = HandClock()
    made = make_desk(tmp_path / "desk", own=machine(clock))
    session = made.sign_in(OFFICER, PASSWORD)
    assert sync_status(session).uncopied == 0
    clock.advance(days=8)
    assert sync_status(session).uncopied == 8
    make_backup(session, made.paths, safe, SILENT)
    clock.advance(days=7)
    assert sync_status(session).uncopied == 0
    clock.advance(days=2)
    assert sync_status(session).uncopied == 9
    made.close()


class MeanwhileAttached:
    """Another officer's work goes on: a photo comes in at the first step of the copying."""

    def __init__(self, session: Session, photo: Path) -> None:
        self._session, self._photo = session, photo
        self._came = False

    def advance(self, done: int, total: int) -> None: ...

    def check(self) -> None:
        if not self._came:
            self._came = True
            attach_files(self._session, board(self._session)[0].id, [self._photo], SILENT)


def test_evidence_that_came_in_meanwhile_does_not_lack(
    station: Installation, safe: Path, tmp_path: Path
) -> None:
    late = tmp_path / "late.bin"
    late.write_bytes(b"late" * 999)
    made = make_backup(
        station.session, station.paths, safe, MeanwhileAttached(station.session, late)
    )
    assert restore_backup(made.file, tmp_path / "new", SILENT).missing == 0
    anew = Installation(tmp_path / "new", machine())
    session = anew.sign_in(OFFICER, PASSWORD)
    with session.store.read() as reader:
        assert all_of(session.vault.verify(blob.sha256, SILENT) for blob in reader.known_blobs())
    anew.close()


def test_who_unlocks_the_desk_meanwhile_spoils_nothing(
    station: Installation, safe: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A due copy is made when somebody locks, and somebody comes back while the database is read for its digest."""
    real, clock = digest_of, station.machine.clock
    assert isinstance(clock, HandClock)

    def digest_and_unlock(path: Path) -> str:
        found = real(path)
        clock.advance(seconds=1)
        station.key_file().unlock(OFFICER, PASSWORD)
        return found

    monkeypatch.setattr("desktop.app.backup.backup_file.digest_of", digest_and_unlock)
    made = back_up(station, safe)
    assert restore_backup(made.file, tmp_path / "new", SILENT).missing == 0


def test_nothing_readable_lies_in_a_backup(station: Installation, safe: Path) -> None:
    back_up(station, safe)
    for file in safe.rglob("*"):
        if file.is_file():
            assert "李秀兰".encode() not in file.read_bytes()
            assert bytes(range(256)) not in file.read_bytes()


def test_an_installation_is_never_overwritten(station: Installation, safe: Path) -> None:
    made = back_up(station, safe)
    with pytest.raises(WorldError) as caught:
        restore_backup(made.file, station.paths.root, SILENT)
    assert_error(caught.value, "profile.exists")
    assert check_health(station.session, SILENT) == ()


def test_a_backup_within_the_data_is_refused(station: Installation) -> None:
    with pytest.raises(AppError) as caught:
        back_up(station, station.paths.root / "out")
    assert_error(caught.value, "backup.inside")


def test_lost_evidence_is_counted(station: Installation, safe: Path, tmp_path: Path) -> None:
    made = back_up(station, safe)
    for folder in safe.iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    assert restore_backup(made.file, tmp_path / "new", SILENT).missing == 1


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]


def with_manifest(data: bytes, change: Callable[[dict[str, object]], object]) -> bytes:
    """The same archive under another list."""
    target = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(data)) as old,
        tarfile.open(fileobj=target, mode="w") as new,
    ):
        for member in old:
            source = old.extractfile(member)
            assert source is not None
            content = source.read()
            if member.name == "manifest.json":
                document = json.loads(content)
                change(document)
                content = json.dumps(document).encode()
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return target.getvalue()


def escaping(document: dict[str, object]) -> None:
    files = document["files"]
    assert isinstance(files, dict)
    files["../outside"] = files.pop("keys.json")


DAMAGE: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("cut", lambda data: data[: len(data) // 2]),
    ("empty", lambda _data: b""),
    ("no archive", lambda _data: b"not a backup" * 100),
    ("way out", lambda data: with_manifest(data, escaping)),
    ("no list", lambda data: with_manifest(data, lambda document: document.pop("files"))),
    ("another list", lambda data: with_manifest(data, lambda document: document.update(files=[]))),
    *((f"bit {n}", lambda data, n=n: flipped(data, len(data) * n // 11)) for n in range(2, 10)),
]


@pytest.mark.parametrize(("name", "damage"), DAMAGE, ids=[name for name, _ in DAMAGE])
def test_a_damaged_backup_is_refused(
    name: str, damage: Callable[[bytes], bytes], station: Installation, safe: Path, tmp_path: Path
) -> None:
    assert name
    made = back_up(station, safe)
    made.file.write_bytes(damage(made.file.read_bytes()))
    with pytest.raises(WorldError) as caught:
        restore_backup(made.file, tmp_path / "new", SILENT)
    assert_error(caught.value, "backup.damaged")
    assert not Installation(tmp_path / "new").exists(), "half a restore is none"
    assert not (tmp_path / "outside").exists()


def test_a_medium_that_keeps_something_else_is_found_out(
    station: Installation, safe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def worn(target: Path, *rest: Any) -> None:
        write_file(target, *rest)
        data = target.read_bytes()
        target.write_bytes(flipped(data, len(data) // 2))

    monkeypatch.setattr("desktop.app.backup.backup.write_file", worn)
    with pytest.raises(WorldError) as caught:
        back_up(station, safe)
    assert_error(caught.value, "backup.damaged")
    assert last_backup(station.session) is None
    assert not list(safe.glob("*.fzbackup"))


def test_one_of_a_newer_program_is_distinguished(
    station: Installation, safe: Path, tmp_path: Path
) -> None:
    made = back_up(station, safe)
    data = with_manifest(made.file.read_bytes(), lambda document: document.update(format=99))
    made.file.write_bytes(data)
    with pytest.raises(WorldError) as caught:
        restore_backup(made.file, tmp_path / "new", SILENT)
    assert_error(caught.value, "backup.newer")


class Stop:
    """Somebody asks to stop at once."""

    def advance(self, done: int, total: int) -> None: ...

    def check(self) -> None:
        raise Cancelled


def test_a_stopped_backup_leaves_no_file(station: Installation, safe: Path) -> None:
    with pytest.raises(Cancelled):
        make_backup(station.session, station.paths, safe, Stop())
    assert not list(safe.glob("*.fzbackup"))
    assert last_backup(station.session) is None
    assert not (station.paths.root / ".backup").exists()
