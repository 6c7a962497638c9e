"""New keys in the key file: durable before they are used, there again at every sign-in, and in every backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.app.backup import make_backup, restore_backup
from desktop.app.escrow import answer_request, make_request, recover_with_answer
from desktop.app.installation import Installation
from desktop.domain.progress import SILENT
from desktop.services.cases.register_report import register_report
from desktop.services.exchange.own_keys import destroy_key, own_keys, rotate_keys
from tests.support.desks import a_form
from tests.support.installations import (
    OFFICER,
    PASSWORD,
    introduce,
    machine,
    make_centre,
    make_desk,
)
from tests.support.told import assert_told

NEW = "Li-xia-lu-2027-x"


@pytest.fixture
def station(quick_folder: Path) -> Installation:
    return make_desk(quick_folder / "station")


def test_the_newest_pair_is_in_use_again_at_the_next_sign_in(station: Installation) -> None:
    desk = station.sign_in(OFFICER, PASSWORD)
    first = rotate_keys(desk)
    second = rotate_keys(desk)
    assert desk.exchange.sender(desk.profile).device == second.fingerprint
    assert station.key_file().unlock(OFFICER, PASSWORD).secrets.keys() == {
        "database", "device", "device.2", "device.3",
    }  # fmt: skip
    destroy_key(desk, first.fingerprint, ())
    third = rotate_keys(desk)
    station.close()
    again = station.sign_in(OFFICER, PASSWORD)
    assert again.keys.current == third.fingerprint
    assert [key.held for key in own_keys(again)] == [True, True, False, True]
    assert station.warnings == ()
    station.close()


def test_a_pair_that_never_came_into_use_is_replaced(station: Installation) -> None:
    desk = station.sign_in(OFFICER, PASSWORD)
    lost = desk.keys.prepare()
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
    desk = station.sign_in(OFFICER, PASSWORD)
    register_report(desk, a_form(desk))
    key = rotate_keys(desk)
    folder = quick_folder / "safe"
    folder.mkdir()
    made = make_backup(desk, station.paths, folder, SILENT)
    station.close()
    restored = Installation(quick_folder / "again", machine())
    restore_backup(made.file, restored.paths.root, SILENT)
    back = restored.sign_in(OFFICER, PASSWORD)
    assert back.keys.current == key.fingerprint
    restored.close()


def test_a_key_file_from_before_the_change_is_noticed(station: Installation) -> None:
    old = station.paths.key_file.read_bytes()
    rotate_keys(station.sign_in(OFFICER, PASSWORD))
    station.close()
    station.paths.key_file.write_bytes(old)
    desk = station.sign_in(OFFICER, PASSWORD)
    assert_told(station.warnings[0], "keys.missing")
    assert desk.keys.current == desk.profile.device
    assert rotate_keys(desk, lost="钥匙文件是旧的").until is None
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
    rotate_keys(centre.desk)
    request, code = make_request(station)
    recover_with_answer(station, answer_request(centre, request, code), OFFICER, NEW)
    station.sign_in(OFFICER, NEW)
    station.close()
    centre.close()
