"""Evidence under a new key: every blob opens at any moment, whatever ends the work, and goes on where it was left."""

from __future__ import annotations

import errno
import hashlib
from contextlib import closing, suppress
from pathlib import Path

import pytest

from desktop.domain.errors import Cancelled, WorldError
from desktop.domain.exchange.volumes import BlobRef
from desktop.domain.progress import SILENT
from desktop.sealing.key_ring import KeyRing
from desktop.sealing.keys import DeviceKeys
from desktop.vault import resealing
from desktop.vault.disk import Disk
from desktop.vault.encrypted_vault import EncryptedVault
from tests.vault.faulty_disk import SteppingDisk, failing_disk

CONTENTS = (b"", b"x", b"chat" * 40_000, b"film" * 700_000, *(bytes([n]) * n for n in range(2, 40)))
OLD, NEW = DeviceKeys.generate(), DeviceKeys.generate()
KNOWN = frozenset(hashlib.sha256(data).hexdigest() for data in CONTENTS[: len(CONTENTS) // 2])
"""What records name; of the others the content tells."""


def name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def filled(root: Path) -> None:
    """Everything sealed to the old pair."""
    vault = EncryptedVault(root, KeyRing([OLD]))
    for data in CONTENTS:
        vault.store_bytes(data)


def file_of(root: Path, data: bytes) -> Path:
    found = EncryptedVault(root, KeyRing([OLD])).file_of(name_of(data))
    assert found is not None
    return found


def rotated(root: Path, disk: Disk | None = None) -> EncryptedVault:
    return EncryptedVault(root, KeyRing([OLD, NEW], NEW.device_id), disk)


def assert_whole(root: Path, *pairs: DeviceKeys) -> None:
    vault = EncryptedVault(root, KeyRing(pairs))
    for data in CONTENTS:
        with closing(vault.open(name_of(data))) as stream:
            assert stream.read() == data
    vault.sweep(frozenset())
    assert not list((root / "tmp").iterdir())


@pytest.fixture
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resealing, "_GROUP", 7)


def test_every_blob_then_opens_with_the_new_pair_alone(tmp_path: Path) -> None:
    filled(tmp_path)
    sizes = {path: path.stat().st_size for path in tmp_path.rglob("*.age")}
    vault = rotated(tmp_path)
    with closing(vault.open(name_of(CONTENTS[3]))) as reading:
        begun = reading.read(1_000_000)
        assert vault.sealed_before(SILENT) == len(CONTENTS)
        assert vault.reseal(KNOWN, SILENT) == len(CONTENTS)
        assert begun + reading.read() == CONTENTS[3], "whoever reads meanwhile is not disturbed"
    assert vault.sealed_before(SILENT) == 0
    assert vault.reseal(KNOWN, SILENT) == 0
    after = {path: path.stat().st_size for path in tmp_path.rglob("*.age")}
    assert sorted(after.values()) == sorted(sizes.values())
    assert not sizes.keys() & after.keys(), "names are keyed by the pair in use"
    assert_whole(tmp_path, NEW)


@pytest.mark.usefixtures("small_groups")
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_the_disk_fails_at_any_step(tmp_path: Path, code: int) -> None:
    """And the next time goes on: nothing that was done is done again."""
    filled(tmp_path)
    step = done = before = 0
    while step < 1_000:
        step += 17
        disk = failing_disk(step, code)
        before = rotated(tmp_path).sealed_before(SILENT)
        with suppress(WorldError):
            done = rotated(tmp_path, disk).reseal(KNOWN, SILENT)
            break
        assert rotated(tmp_path).sealed_before(SILENT) <= before
        assert_whole(tmp_path, OLD, NEW)
    assert step > 17
    assert done == before
    assert_whole(tmp_path, NEW)


@pytest.mark.usefixtures("small_groups")
def test_the_person_stops_it(tmp_path: Path) -> None:
    filled(tmp_path)

    class Impatient:
        def __init__(self) -> None:
            self.told: list[tuple[int, int]] = []

        def advance(self, done: int, total: int) -> None:
            self.told.append((done, total))

        def check(self) -> None:
            if len(self.told) == 20:
                raise Cancelled

    patience = Impatient()
    with pytest.raises(Cancelled):
        rotated(tmp_path).reseal(KNOWN, patience)
    assert patience.told == sorted(patience.told)
    assert rotated(tmp_path).sealed_before(SILENT) == len(CONTENTS) - 14
    assert_whole(tmp_path, OLD, NEW)
    assert rotated(tmp_path).reseal(KNOWN, SILENT) == len(CONTENTS) - 14
    assert_whole(tmp_path, NEW)


def test_what_is_gone_or_damaged_keeps_nobody(tmp_path: Path) -> None:
    """What no key opens waits for none; a blob that goes meanwhile does not come back."""
    filled(tmp_path)
    paths = {data: file_of(tmp_path, data) for data in CONTENTS}
    spoiled = paths[CONTENTS[1]]
    octets = bytearray(spoiled.read_bytes())
    octets[60] ^= 1
    spoiled.write_bytes(octets)

    def before(_step: int, name: str) -> None:
        if name == "sync":  # whoever removes a blob waits until no other is being published
            paths[CONTENTS[2]].unlink(missing_ok=True)

    vault = rotated(tmp_path, SteppingDisk(before))
    assert vault.sealed_before(SILENT) == len(CONTENTS) - 1
    vault.reseal(KNOWN, SILENT)
    assert vault.sealed_before(SILENT) == 0
    assert not vault.has(name_of(CONTENTS[2]))
    assert spoiled.read_bytes() == octets


def test_a_blob_that_is_being_written_counts(tmp_path: Path) -> None:
    """It was begun under the former pair."""
    ring = KeyRing([OLD, NEW], OLD.device_id)
    vault = EncryptedVault(tmp_path, ring)
    writer = vault.receive(BlobRef(name_of(b"late"), 4))
    writer.write(b"la")
    ring.adopt(NEW.device_id)
    vault.reseal(KNOWN, SILENT)
    assert vault.sealed_before(SILENT) == 1
    writer.write(b"te")
    writer.commit()
    assert vault.sealed_before(SILENT) == 1
    assert vault.reseal(KNOWN, SILENT) == 1
    assert EncryptedVault(tmp_path, KeyRing([NEW])).verify(name_of(b"late"), SILENT)


def test_another_program_brought_newer_keys(tmp_path: Path) -> None:
    """Whoever has the vault open since before looks again, where nothing it holds opens a blob."""
    ring = KeyRing([OLD])
    vault = EncryptedVault(tmp_path, ring)
    name = EncryptedVault(tmp_path, KeyRing([NEW])).store_bytes(b"newer").sha256
    assert not vault.has(name)

    def look_again() -> bool:
        ring.add(NEW)
        return True

    ring.look_again = look_again
    with closing(vault.open_seekable(name)) as stream:
        assert stream.read() == b"newer"
    assert vault.verify(name, SILENT)
