"""Names tell nothing without the key; those of earlier programs are read for ever, and renamed without harm."""

from __future__ import annotations

import os
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from desktop.domain.errors import Cancelled, WorldError
from desktop.domain.progress import SILENT
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.key_ring import KeyRing
from desktop.sealing.keys import DeviceKeys
from desktop.vault import encrypted_vault
from desktop.vault.blob_names import BlobNames, is_blob_name, keyed_name
from desktop.vault.disk import Disk
from desktop.vault.encrypted_vault import EncryptedVault
from tests.support.one_key import OneKey
from tests.support.strict import all_of
from tests.support.sweep import EVERY
from tests.vault.contract import Counting, content, sha256
from tests.vault.faulty_disk import SteppingDisk, deadly_disk, failing_disk

IDENTITY = AgeIdentity.generate()
CONTENTS = tuple(content(size, size) for size in (0, 1, 70_000, *range(2, 6)))


def opened(root: Path, disk: Disk | None = None) -> EncryptedVault:
    return EncryptedVault(root, OneKey(IDENTITY), disk)


def plain_path(root: Path, data: bytes) -> Path:
    return root / sha256(data)[:2] / f"{sha256(data)}.age"


def of_before(root: Path) -> None:
    """Sealed as a program before this one did."""
    vault = opened(root)
    for data in CONTENTS:
        path = vault.file_of(vault.store_bytes(data).sha256)
        assert path is not None
        path.rename(plain_path(root, data))


def assert_whole(root: Path) -> None:
    vault = opened(root)
    for data in CONTENTS:
        assert vault.has(sha256(data))
        assert vault.verify(sha256(data))
        with closing(vault.open_seekable(sha256(data))) as stream:
            assert stream.read() == data


def assert_renamed(root: Path) -> None:
    assert_whole(root)
    assert not [data for data in CONTENTS if plain_path(root, data).exists()]
    assert len(list(root.rglob("*.age"))) == len(CONTENTS)


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encrypted_vault, "_GROUP", 3)


def test_nothing_of_a_content_stands_in_its_name(quick_folder: Path) -> None:
    vault = opened(quick_folder)
    for data in CONTENTS:
        vault.store_bytes(data)
        assert not list(quick_folder.rglob(f"*{sha256(data)}*"))
    assert keyed_name(IDENTITY, sha256(b"x")) != keyed_name(AgeIdentity.generate(), sha256(b"x"))


def test_files_of_before_are_read_and_renamed(quick_folder: Path) -> None:
    of_before(quick_folder)
    assert_whole(quick_folder)
    vault = opened(quick_folder)
    with closing(vault.open(sha256(CONTENTS[2]))) as reading:
        begun = reading.read(1000)
        assert vault.rename_plain(SILENT) == len(CONTENTS)
        assert begun + reading.read() == CONTENTS[2]
    assert_renamed(quick_folder)
    assert vault.rename_plain(SILENT) == 0


def test_what_is_stored_again_takes_the_place_of_a_file_of_before(quick_folder: Path) -> None:
    of_before(quick_folder)
    plain_path(quick_folder, CONTENTS[2]).write_bytes(b"worn")
    vault = opened(quick_folder)
    assert [vault.store_bytes(data).new for data in CONTENTS].count(True) == 1
    assert_renamed(quick_folder)


def test_the_person_stops_it(quick_folder: Path) -> None:
    of_before(quick_folder)
    with pytest.raises(Cancelled):
        opened(quick_folder).rename_plain(Counting(2))
    assert_whole(quick_folder)
    assert opened(quick_folder).rename_plain(SILENT) == len(CONTENTS) - 6
    assert_renamed(quick_folder)


def test_the_disk_fails_at_any_step(quick_folder: Path) -> None:
    of_before(quick_folder)
    for step in range(1, 200):
        with suppress(WorldError):
            opened(quick_folder, failing_disk(step)).rename_plain(SILENT)
            break
        assert_whole(quick_folder)
    assert step > 3
    assert_renamed(quick_folder)


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.parametrize("verb", ["rename", "store", "reseal"])
def test_the_power_fails_at_any_step(quick_folder: Path, verb: str) -> None:
    """Whatever the step: everything is there under one of its names, and the next run ends it."""
    old, new = DeviceKeys(DeviceKeys.generate().signing, IDENTITY), DeviceKeys.generate()
    for step in range(1, 400, 1 if EVERY else 3):
        root = quick_folder / str(step)
        of_before(root)
        child = os.fork()
        if not child:
            _act(verb, root, KeyRing([old, new], new.device_id), deadly_disk(step))
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        after = EncryptedVault(root, KeyRing([old, new], new.device_id))
        assert all_of(after.verify(sha256(data)) for data in CONTENTS)
        _act(verb, root, KeyRing([old, new], new.device_id), None)
        after.rename_plain(SILENT)
        after.sweep(frozenset())
        assert len([path for path in root.rglob("*") if path.is_file()]) == len(CONTENTS)
        if status == 0:
            break
    assert step > 8


def _act(verb: str, root: Path, ring: KeyRing, disk: Disk | None) -> None:
    vault = EncryptedVault(root, ring, disk)
    if verb == "rename":
        vault.rename_plain(SILENT)
    elif verb == "reseal":
        vault.reseal(frozenset(), SILENT)
    else:
        for data in CONTENTS[:4]:
            vault.store_bytes(data)


def test_two_programs_may_rename_at_once(quick_folder: Path) -> None:
    """What the other one did in between is no failure, and what it holds under both names is one file."""
    of_before(quick_folder)

    def before(_step: int, name: str) -> None:
        if name == "publish":
            opened(quick_folder).rename_plain(SILENT)

    opened(quick_folder, SteppingDisk(before)).rename_plain(SILENT)
    assert_renamed(quick_folder)


def test_a_key_that_another_program_brought_finds_its_files(quick_folder: Path) -> None:
    old, new = DeviceKeys.generate(), DeviceKeys.generate()
    ring = KeyRing([old])

    def look_again() -> bool:
        if new.device_id in ring.fingerprints:
            return False
        ring.add(new)
        return True

    ring.look_again = look_again
    EncryptedVault(quick_folder, KeyRing([old, new], new.device_id)).store_bytes(b"late")
    vault = EncryptedVault(quick_folder, ring)
    assert vault.has(sha256(b"late"))
    assert vault.verify(sha256(b"late"))
    assert not vault.has(sha256(b"never"))


@pytest.mark.parametrize("name", ["", "k", "../x", "k" + "0" * 63, "kk" + "0" * 64, "K" + "0" * 64])
def test_other_names_name_nothing(name: str) -> None:
    assert not is_blob_name(name)
    assert BlobNames(OneKey(IDENTITY)).of(name) == ()
