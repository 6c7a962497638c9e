"""What the world does to a vault: full disks, flipped bits, files that change, many at a time."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import threading
import tracemalloc
from pathlib import Path

import pytest

from desktop.domain.errors import TrustError, WorldError
from desktop.domain.evidence.item import StoredBlob
from desktop.domain.exchange.volumes import BlobRef
from desktop.domain.progress import SILENT
from desktop.sealing.age_identity import AgeIdentity
from desktop.vault import pool
from desktop.vault.blob_names import keyed_name
from desktop.vault.encrypted_vault import EncryptedVault
from desktop.vault.layout import VaultLayout
from desktop.vault.source_file import SourceFile
from tests.support.one_key import OneKey
from tests.support.strict import all_of
from tests.vault.contract import MIB, Counting, content, sha256, sm3
from tests.vault.faulty_disk import SteppingDisk, failing_disk

IDENTITY = AgeIdentity.generate()


def blob_file(root: Path, name: str) -> Path:
    found = VaultLayout(root).blob(keyed_name(IDENTITY, name))
    assert found is not None
    return found


def sha256_of(path: Path) -> str:
    return sha256(path.read_bytes())


def files_in(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("code", "expected"), [(errno.ENOSPC, "disk.full"), (errno.EIO, "disk.failed")]
)
@pytest.mark.parametrize(
    "verb", ["store", "store_many", "store_thousands", "store_bytes", "receive"]
)
def test_a_disk_that_fails_at_any_call_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, code: int, expected: str
) -> None:
    if verb == "store_thousands":
        monkeypatch.setattr(pool, "MANY", 0)
    data = content(3 * MIB + 5)
    source = tmp_path / "source"
    source.write_bytes(data)
    for step in range(1, 100):
        disk = failing_disk(step, code)
        vault = EncryptedVault(tmp_path / f"vault{step}", OneKey(IDENTITY), disk)
        try:
            act(vault, verb, source, data)
        except WorldError as error:
            assert error.code == expected  # noqa: PT017 - the last step must not raise at all
        assert not list((tmp_path / f"vault{step}" / "tmp").iterdir())
        for file in files_in(tmp_path / f"vault{step}"):  # only when the folder's fsync failed
            assert vault.verify_file(file.stem, sha256(data))
        if disk.steps < step:
            break
    assert step > 8
    assert vault.verify(sha256(data), SILENT)


def act(vault: EncryptedVault, verb: str, source: Path, data: bytes) -> None:
    if verb == "store":
        vault.store(source, SILENT)
    elif verb in {"store_many", "store_thousands"}:
        list(vault.store_many([source], SILENT))
    elif verb == "store_bytes":
        vault.store_bytes(data)
    else:
        writer = vault.receive(BlobRef(sha256(data), len(data)))
        try:
            writer.write(data)
            writer.commit()
        finally:
            writer.abort()


def test_a_flipped_bit_anywhere_is_found_and_never_shown(tmp_path: Path) -> None:
    vault = EncryptedVault(tmp_path / "vault", OneKey(IDENTITY))
    data = content(150_000)
    name = vault.store_bytes(data).sha256
    file = blob_file(tmp_path / "vault", name)
    sound = file.read_bytes()
    header = sound.index(b"\n--- ") + 5
    payload = sound.index(b"\n", header) + 1
    regions = {
        "version": 5,
        "stanza": sound.index(b"-> X25519 ") + 12,
        "wrapped key": header - 20,
        "mac": header + 3,
        "nonce": payload + 3,
        "first chunk": payload + 16 + 100,
        "first tag": payload + 16 + 65536 + 3,
        "second chunk": payload + 16 + 65552 + 9,
        "last chunk": len(sound) - 40,
        "last tag": len(sound) - 1,
    }
    for region, place in regions.items():
        file.chmod(0o600)
        file.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        assert not vault.verify(name, SILENT), region
        with pytest.raises(TrustError, match=r"^vault\.damaged$"):
            vault.sm3(name, SILENT)
        shown = read_as_far_as_it_goes(vault, name)
        assert data.startswith(shown), region
        assert len(shown) < len(data), region
    for length in (
        0,
        10,
        payload,
        payload + 16,
        len(sound) - 1,
        len(sound) - 40,
        payload + 16 + 65552,
    ):
        file.write_bytes(sound[:length])
        assert not vault.verify(name, SILENT)
    file.write_bytes(sound + b"\0")
    assert not vault.verify(name, SILENT)


def read_as_far_as_it_goes(vault: EncryptedVault, name: str) -> bytes:
    shown = bytearray()

    def read() -> None:
        with vault.open(name) as stream:
            while piece := stream.read(1000):
                shown.extend(piece)

    with pytest.raises(TrustError, match=r"^vault\.damaged$"):
        read()
    return bytes(shown)


def test_a_genuine_blob_under_another_name_is_damage(tmp_path: Path) -> None:
    vault = EncryptedVault(tmp_path / "vault", OneKey(IDENTITY))
    one, two = vault.store_bytes(b"one").sha256, vault.store_bytes(b"two").sha256
    shutil.copy(blob_file(tmp_path / "vault", one), blob_file(tmp_path / "vault", two))
    assert not vault.verify(two, SILENT)
    with pytest.raises(TrustError, match=r"^vault\.damaged$"), vault.open(two) as stream:
        stream.read()


def test_a_blob_of_another_key_is_damage_under_our_name_and_nothing_under_its_own(
    tmp_path: Path,
) -> None:
    other = EncryptedVault(tmp_path / "vault", OneKey(AgeIdentity.generate()))
    name = other.store_bytes(b"one").sha256
    vault = EncryptedVault(tmp_path / "vault", OneKey(IDENTITY))
    assert not vault.has(name)
    (theirs,) = files_in(tmp_path / "vault")
    theirs.rename(blob_file(tmp_path / "vault", name))
    assert not vault.verify(name, SILENT)


def test_storing_again_replaces_a_blob_that_was_cut_off(tmp_path: Path) -> None:
    vault = EncryptedVault(tmp_path / "vault", OneKey(IDENTITY))
    name = vault.store_bytes(content(5000)).sha256
    os.truncate(blob_file(tmp_path / "vault", name), 4000)
    assert vault.store_bytes(content(5000)).new
    assert vault.verify(name, SILENT)


def test_storing_again_mends_a_blob_whose_content_went_bad(tmp_path: Path) -> None:
    """Of its full length, so that nothing but reading all of it tells."""
    vault = EncryptedVault(tmp_path / "vault", OneKey(IDENTITY))
    source = tmp_path / "source"
    source.write_bytes(content(MIB))
    name = vault.store(source, SILENT).sha256
    file = blob_file(tmp_path / "vault", name)
    octets = bytearray(file.read_bytes())
    octets[-1000] ^= 1
    file.write_bytes(octets)
    assert not vault.verify(name)
    assert not vault.store(source, SILENT).new
    assert vault.verify(name)


@pytest.mark.parametrize("size", [1000, 3 * MIB])
@pytest.mark.parametrize("change", ["grow", "shrink", "touch"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, change: str
) -> None:
    file = tmp_path / "录屏.mp4"
    file.write_bytes(content(size))
    original = SourceFile.read_into
    changed = threading.Event()

    def read_into(source: SourceFile, buffer: memoryview) -> int:
        count = original(source, buffer)
        if not changed.is_set():
            changed.set()
            if change == "grow":
                with file.open("ab") as stream:
                    stream.write(b"more")
            elif change == "shrink":
                os.truncate(file, size - 1)
            else:
                os.utime(file, ns=(1, 1))
        return count

    monkeypatch.setattr(SourceFile, "read_into", read_into)
    vault = EncryptedVault(tmp_path / "vault", OneKey(IDENTITY))
    with pytest.raises(WorldError) as caught:
        vault.store(file, SILENT)
    assert caught.value.code == "evidence.changed"
    assert str(caught.value) == "evidence.changed"
    assert files_in(tmp_path / "vault") == []


def test_a_medium_that_fails_while_it_is_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content(3 * MIB))

    def broken(_source: SourceFile, _buffer: memoryview) -> int:
        raise OSError(errno.EIO, "pulled")

    monkeypatch.setattr(SourceFile, "_read_some", broken)
    vault = EncryptedVault(tmp_path / "vault", OneKey(IDENTITY))
    with pytest.raises(WorldError, match=r"^evidence\.unreadable$"):
        vault.store(file, SILENT)
    assert files_in(tmp_path / "vault") == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_named_pipe_is_no_evidence_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WorldError, match=r"^file\.special$"):
        EncryptedVault(tmp_path / "vault", OneKey(IDENTITY)).store(tmp_path / "pipe", SILENT)


def test_stopping_at_any_question_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(content(5 * MIB))
    vault = EncryptedVault(tmp_path / "vault", OneKey(IDENTITY))
    whole = Counting()
    vault.store(file, whole)
    blob_file(tmp_path / "vault", sha256(content(5 * MIB))).unlink()
    for limit in range(1, whole.asked + 1):
        with pytest.raises(Exception, match="cancelled"):
            vault.store(file, Counting(limit))
        assert files_in(tmp_path / "vault") == []


def test_giving_up_a_long_list_stops_and_tidies(tmp_path: Path) -> None:
    paths = []
    for number in range(900):
        paths.append(tmp_path / f"{number}")
        paths[-1].write_bytes(content(100, number))
    vault = EncryptedVault(tmp_path / "vault", OneKey(IDENTITY))
    before = set(threading.enumerate())
    some = vault.store_many(paths, SILENT)
    next(some)
    assert set(threading.enumerate()) - before
    some.close()  # type: ignore[attr-defined]  # it is a generator
    stored = files_in(tmp_path / "vault")
    assert 1 <= len(stored) < 900
    digests = {keyed_name(IDENTITY, digest): digest for digest in map(sha256_of, paths)}
    assert all_of(vault.verify_file(file.stem, digests[file.stem]) for file in stored)
    assert set(threading.enumerate()) <= before


def test_five_thousand_small_files(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    paths = [folder / f"截图{number}.png" for number in range(5000)]
    for number, path in enumerate(paths):
        path.write_bytes(f"file {number % 4000}".encode())
    vault = EncryptedVault(tmp_path / "vault", OneKey(IDENTITY))
    stored: dict[Path, StoredBlob] = dict(vault.store_many(paths, SILENT))
    assert len(stored) == 5000
    assert sum(blob.new for blob in stored.values()) == 4000
    assert len(files_in(tmp_path / "vault")) == 4000
    sample = stored[paths[4321]]
    assert sample.sha256 == sha256(b"file 321")
    assert sample.sm3 == ""  # thousands of files do not wait for it
    assert vault.sm3(sample.sha256, SILENT) == sm3(b"file 321")


def test_thousands_get_their_names_between_two_waits_for_the_medium(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "MANY", 0)
    calls: list[str] = []
    disk = SteppingDisk(lambda _number, name: calls.append(name))
    paths = [tmp_path / f"{number}" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_bytes(content(100, number))
    vault = EncryptedVault(tmp_path / "vault", OneKey(IDENTITY), disk)
    next(vault.store_many(paths, SILENT))
    assert calls == ["barrier", *["create", "write"] * 3, "wait", *["publish"] * 3, "wait"]


def test_the_sweep_spares_published_blobs_and_work_under_way(tmp_path: Path) -> None:
    vault = EncryptedVault(tmp_path / "vault", OneKey(IDENTITY))
    kept = vault.store_bytes(b"kept").sha256
    writer = vault.receive(BlobRef(sha256(b"four"), 4))
    (tmp_path / "vault" / "tmp" / "0123-7.part").write_bytes(b"left by a crash")
    assert vault.sweep(frozenset()) == 1
    assert vault.has(kept)
    writer.write(b"four")
    assert writer.commit().new


@pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")
def test_the_age_tool_recovers_a_blob(tmp_path: Path) -> None:
    key = tmp_path / "key.txt"
    key.write_text(IDENTITY.text + "\n", encoding="ascii")
    data = content(2 * MIB + 3)
    name = EncryptedVault(tmp_path / "vault", OneKey(IDENTITY)).store_bytes(data).sha256
    file = blob_file(tmp_path / "vault", name)
    run = subprocess.run(["age", "-d", "-i", str(key), str(file)], capture_output=True, check=True)
    assert sha256(run.stdout) == name


def test_memory_stays_bounded_however_long_the_file(tmp_path: Path) -> None:
    film, vault = tmp_path / "film", EncryptedVault(tmp_path / "vault", OneKey(IDENTITY))
    with film.open("wb") as file:
        file.truncate(192 * MIB)
    tracemalloc.start()
    try:
        blob = vault.store(film, SILENT)
        assert vault.verify(blob.sha256, SILENT)
        with vault.open(blob.sha256) as stream:
            while stream.read(MIB):
                pass
        assert tracemalloc.get_traced_memory()[1] < 48 * MIB
    finally:
        tracemalloc.stop()
