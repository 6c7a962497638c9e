"""New keys in the key file: durable before they are used, there again at every sign-in, and in every backup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.app.backup import backup, backup_file
from desktop.app.backup.backup import make_backup
from desktop.app.backup.restore import restore_backup
from desktop.app.installation import Installation
from desktop.app.keys.key_shelf import KeyShelf, ring_of
from desktop.app.maintenance.escrow import answer_request, make_request, recover_with_answer
from desktop.domain.errors import RuleError, WorldError
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.exchange.peers.own_keys import destroy_key, own_keys, rotate_keys
from desktop.services.health import check_health
from desktop.vault.encrypted_vault import EncryptedVault
from tests.support.error_texts import assert_error
from tests.support.installations import (
    OFFICER,
    PASSWORD,
    introduce,
    machine,
    make_centre,
    make_desk,
)
from tests.support.sessions import a_form

NEW = "Li-xia-lu-2027-x"


@pytest.fixture
def station(quick_folder: Path) -> Installation:
    return make_desk(quick_folder / "station")


def test_the_newest_pair_is_in_use_again_at_the_next_sign_in(station: Installation) -> None:
    session = station.sign_in(OFFICER, PASSWORD)
    first = rotate_keys(session)
    second = rotate_keys(session)
    assert session.cards.sender(session.profile).device == second.fingerprint
    assert station.key_file().unlock(OFFICER, PASSWORD).secrets.keys() == {
        "database", "device", "device.2", "device.3",
    }  # fmt: skip
    destroy_key(session, first.fingerprint, ())
    third = rotate_keys(session)
    station.close()
    again = station.sign_in(OFFICER, PASSWORD)
    assert again.keys.current == third.fingerprint
    assert [key.held for key in own_keys(again)] == [True, True, False, True]
    assert station.warnings == ()
    station.close()


def test_a_pair_that_never_came_into_use_is_replaced(station: Installation) -> None:
    session = station.sign_in(OFFICER, PASSWORD)
    lost = session.keys.prepare()
    station.close()
    again = station.sign_in(OFFICER, PASSWORD)
    assert again.keys.current == again.profile.device
    fresh = rotate_keys(again)
    assert fresh.fingerprint != lost
    assert again.keys.held == {again.profile.device, fresh.fingerprint}
    station.close()


def test_a_backup_after_the_change_opens_with_everything(
    station: Installation, quick_folder: Path
) -> None:
    session = station.sign_in(OFFICER, PASSWORD)
    register_report(session, a_form(session))
    key = rotate_keys(session)
    folder = quick_folder / "safe"
    folder.mkdir()
    made = make_backup(session, station.paths, folder, SILENT)
    station.close()
    restored = Installation(quick_folder / "again", machine())
    restore_backup(made.file, restored.paths.root, SILENT)
    back = restored.sign_in(OFFICER, PASSWORD)
    assert back.keys.current == key.fingerprint
    restored.close()


def test_each_backup_opens_its_evidence_whatever_became_of_the_keys(
    station: Installation, quick_folder: Path
) -> None:
    """Before, between and after: evidence that was sealed anew lies beside the former copy, for older backups."""
    session = station.sign_in(OFFICER, PASSWORD)
    case = register_report(session, a_form(session)).case
    attach_picture(session, case, "聊天.png", b"evidence")
    folder = quick_folder / "safe"
    made = [make_backup(session, station.paths, folder, SILENT)]
    rotate_keys(session)
    made.append(make_backup(session, station.paths, folder, SILENT))
    destroy_key(session, session.profile.device, ())
    made.append(make_backup(session, station.paths, folder, SILENT))
    made.append(make_backup(session, station.paths, folder, SILENT))
    assert [item.copied for item in made] == [1, 0, 1, 0]
    station.close()
    for number, item in enumerate(made):
        restored = Installation(quick_folder / f"again-{number}", machine())
        assert restore_backup(item.file, restored.paths.root, SILENT).missing == 0
        back = restored.sign_in(OFFICER, PASSWORD)
        assert check_health(back, SILENT) == ()
        assert (back.profile.device in back.keys.held) == (number < 2)
        restored.close()


def test_keys_that_go_while_a_backup_is_made(
    station: Installation, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was copied before is sealed to a pair that the key file, copied after, lacks: no such backup is kept."""
    session = station.sign_in(OFFICER, PASSWORD)
    rotate_keys(session)
    real = backup_file.write_file

    def late(*arguments: Any) -> None:
        destroy_key(session, session.profile.device, ())
        real(*arguments)

    monkeypatch.setattr(backup, "write_file", late)
    with pytest.raises(WorldError) as caught:
        make_backup(session, station.paths, quick_folder / "safe", SILENT)
    assert_error(caught.value, "backup.keys_changed")
    assert not list((quick_folder / "safe").glob("*.fzbackup"))
    station.close()


def test_another_program_at_the_same_data_follows(station: Installation) -> None:
    """It opens what was sealed to a pair it never saw; while it is there, no pair is destroyed."""
    session = station.sign_in(OFFICER, PASSWORD)
    keys = station.key_file()
    unlocked = keys.unlock(OFFICER, PASSWORD)
    company = [True]
    other = KeyShelf(keys, unlocked, ring_of(unlocked.secrets), lambda: not company)
    vault = EncryptedVault(station.paths.vault, other.ring)
    fresh = rotate_keys(session)
    sealed = session.vault.store_bytes(b"evidence").sha256
    assert vault.verify(sealed, SILENT)
    assert fresh.fingerprint in other.held
    assert other.current == session.profile.device
    with pytest.raises(RuleError) as caught:
        destroy_key(replace(session, keys=other), session.profile.device, ())
    assert_error(caught.value, "keys.shared")
    company.clear()
    other.require_alone()
    station.close()


def test_a_key_file_from_before_the_change_is_noticed(station: Installation) -> None:
    old = station.paths.key_file.read_bytes()
    rotate_keys(station.sign_in(OFFICER, PASSWORD))
    station.close()
    station.paths.key_file.write_bytes(old)
    session = station.sign_in(OFFICER, PASSWORD)
    assert_error(station.warnings[0], "keys.missing")
    assert session.keys.current == session.profile.device
    assert rotate_keys(session, lost="密钥文件是旧的").until is None
    station.close()
    station.sign_in(OFFICER, PASSWORD)
    assert station.warnings == ()
    station.close()


def test_the_centre_opens_its_copy_after_it_changed_its_keys(
    station: Installation, quick_folder: Path
) -> None:
    centre = make_centre(quick_folder / "centre")
    introduce(station.sign_in(OFFICER, PASSWORD), centre.sign_in("620001", PASSWORD))
    station.close()
    station.sign_in(OFFICER, PASSWORD)  # lays the copy down
    station.close()
    rotate_keys(centre.session)
    request, code = make_request(station)
    recover_with_answer(station, answer_request(centre, request, code), OFFICER, NEW)
    station.sign_in(OFFICER, NEW)
    station.close()
    centre.close()
