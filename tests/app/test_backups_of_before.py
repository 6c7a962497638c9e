"""Backups and drills across the change of names in the vault: what an earlier program copied serves for good."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from desktop.app.backup.backup import Backup, make_backup
from desktop.app.backup.restore import look_at_backup, restore_backup
from desktop.app.installation import Installation
from desktop.app.maintenance.restore_drill import try_restore
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from tests.support.installations import OFFICER, PASSWORD, make_desk
from tests.support.sealed_files import sealed_file
from tests.support.sessions import a_form
from tests.support.strict import all_of

DATA = (b"one" * 40_000, b"two" * 40_000)


@pytest.fixture
def station(quick_folder: Path) -> Installation:
    """Signed in, its evidence named as an earlier program named it."""
    made = make_desk(quick_folder / "desk")
    session = made.sign_in(OFFICER, PASSWORD)
    case = register_report(session, a_form(session)).case
    for number, data in enumerate(DATA):
        (quick_folder / f"{number}.bin").write_bytes(data)
        attach_files(session, case, [quick_folder / f"{number}.bin"], SILENT)
    with session.store.read() as reader:
        for blob in reader.known_blobs():
            path = sealed_file(session, blob.sha256)
            plain = made.paths.vault / blob.sha256[:2]
            plain.mkdir(exist_ok=True)
            path.rename(plain / f"{blob.sha256}.age")
    return made


def names(backup: Backup) -> set[str]:
    return set(_manifest(backup)["blobs"])


def _manifest(backup: Backup) -> dict[str, Any]:
    with tarfile.open(backup.file) as archive:
        first = archive.next()
        assert first is not None
        member = archive.extractfile(first)
        assert member is not None
        found: dict[str, Any] = json.loads(member.read())
        return found


def back_up(station: Installation) -> Backup:
    return make_backup(station.session, station.paths, station.paths.root.parent / "safe", SILENT)


def assert_restored(backup: Backup, root: Path) -> None:
    assert look_at_backup(backup.file, SILENT).missing == 0
    restore_backup(backup.file, root, SILENT)
    anew = Installation(root, make_desk(root.parent / "other").machine)
    session = anew.sign_in(OFFICER, PASSWORD)
    with session.store.read() as reader:
        assert all_of(session.vault.verify(blob.sha256, SILENT) for blob in reader.known_blobs())
    anew.close()


def test_copies_of_before_serve_new_backups_and_nothing_is_written_anew(
    station: Installation, quick_folder: Path
) -> None:
    first = back_up(station)
    assert all_of(len(name) == 64 for name in names(first))
    assert _manifest(first)["format"] == 1, "an earlier program reads it"
    assert station.session.vault.rename_plain(SILENT) == len(DATA)
    second = back_up(station)
    assert (second.copied, second.lacking, names(second)) == (0, 0, names(first))
    assert try_restore(station.session, station, first.file, PASSWORD, SILENT).whole
    assert try_restore(station.session, station, second.file, PASSWORD, SILENT).whole
    assert_restored(second, quick_folder / "anew" / "desk")


def test_a_new_disk_gets_names_that_tell_nothing(station: Installation, quick_folder: Path) -> None:
    station.session.vault.rename_plain(SILENT)
    made = back_up(station)
    assert all_of(name.startswith("k") for name in names(made))
    assert _manifest(made)["format"] == 3
    assert try_restore(station.session, station, made.file, PASSWORD, SILENT).whole
    assert_restored(made, quick_folder / "anew" / "desk")


def test_sign_in_renames_beside_the_work(station: Installation) -> None:
    station.close()
    station.sign_in(OFFICER, PASSWORD)
    station.close()  # waits for what it has in hand
    found = [path.stem for path in station.paths.vault.rglob("*.age")]
    assert len(found) == len(DATA)
    assert all_of(name.startswith("k") for name in found)
