"""What every vault promises; see ``test_contract.py``."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop.domain.errors import Cancelled, TrustError, WorldError
from desktop.domain.evidence.item import StoredBlob
from desktop.domain.exchange.volumes import BlobRef
from desktop.domain.progress import SILENT
from desktop.services.ports import Vault
from tests.support.strict import all_of

MIB = 1024 * 1024
CHUNK = 64 * 1024
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, MIB - 1, MIB, MIB + 1, 9 * MIB + 17)
"""Around the borders of an age chunk, of a block, and of the size up to which SM3 is computed at once."""


def content(size: int, seed: int = 0) -> bytes:
    """Octets that do not repeat within a file and differ between seeds."""
    return hashlib.shake_128(f"{seed}/{size}".encode()).digest(size)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sm3(data: bytes) -> str:
    return hashlib.new("sm3", data).hexdigest()


class Counting:
    """A progress that stops the work at the ``limit``-th question."""

    def __init__(self, limit: int = 10**9) -> None:
        self.limit = limit
        self.asked = 0
        self.last = (0, 0)

    def advance(self, done: int, total: int) -> None:
        self.last = (done, total)

    def check(self) -> None:
        self.asked += 1
        if self.asked >= self.limit:
            raise Cancelled


class VaultContract:
    """Subclasses give the ``vault`` fixture."""

    @pytest.mark.parametrize("size", SIZES)
    def test_a_stored_file_comes_back_with_its_digests(
        self, vault: Vault, tmp_path: Path, size: int
    ) -> None:
        data = content(size)
        file = tmp_path / "原件.jpg"
        file.write_bytes(data)
        progress = Counting()
        blob = vault.store(file, progress)
        assert (blob.sha256, blob.size, blob.new) == (sha256(data), size, True)
        assert blob.sm3 == (sm3(data) if size <= 8 * MIB else "")
        assert progress.last == (size, size)
        with vault.open(blob.sha256) as stream:
            assert stream.read() == data
        assert b"".join(vault.blocks(blob.sha256)) == data
        assert vault.has(blob.sha256)
        assert vault.verify(blob.sha256, SILENT)
        assert vault.sm3(blob.sha256, SILENT) == sm3(data)
        assert file.read_bytes() == data

    def test_the_same_content_is_one_blob(self, vault: Vault, tmp_path: Path) -> None:
        for name in ("a", "b"):
            (tmp_path / name).write_bytes(b"same")
        first, second = (vault.store(tmp_path / name, SILENT) for name in ("a", "b"))
        assert (first.new, second.new) == (True, False)
        assert first.sha256 == second.sha256
        assert not vault.store_bytes(b"same").new

    def test_many_files_each_come_once(self, vault: Vault, tmp_path: Path) -> None:
        files = {}
        for number, size in enumerate((*SIZES, 3, 3, 3)):
            file = tmp_path / f"{number}"
            file.write_bytes(content(size, number))
            files[file] = content(size, number)
        stored = dict(vault.store_many(list(files), SILENT))
        assert {path: blob.sha256 for path, blob in stored.items()} == {
            path: sha256(data) for path, data in files.items()
        }
        assert all_of(vault.verify(blob.sha256, SILENT) for blob in stored.values())

    def test_one_bad_file_among_many_is_named(self, vault: Vault, tmp_path: Path) -> None:
        good = tmp_path / "good"
        good.write_bytes(b"good")
        stored: list[tuple[Path, StoredBlob]] = []
        with pytest.raises(WorldError) as caught:
            stored.extend(vault.store_many([good, tmp_path / "gone"], SILENT))
        assert (caught.value.code, caught.value.params) == ("evidence.unreadable", {"name": "gone"})
        assert all_of(vault.has(blob.sha256) for _, blob in stored)

    @pytest.mark.parametrize("name", ["gone", "folder"])
    def test_what_is_no_readable_file_is_refused(
        self, vault: Vault, tmp_path: Path, name: str
    ) -> None:
        (tmp_path / "folder").mkdir()
        with pytest.raises(WorldError, match=r"^evidence\.unreadable$"):
            vault.store(tmp_path / name, SILENT)

    def test_a_wish_to_stop_is_heard(self, vault: Vault, tmp_path: Path) -> None:
        file = tmp_path / "file"
        file.write_bytes(content(5 * MIB))
        for limit in (1, 2):
            with pytest.raises(Cancelled):
                vault.store(file, Counting(limit))
        with pytest.raises(Cancelled):
            list(vault.store_many([file], Counting(1)))

    @pytest.mark.parametrize("size", SIZES)
    @pytest.mark.parametrize("piece", [40_000, 3 * MIB])
    def test_a_blob_is_received(self, vault: Vault, size: int, piece: int) -> None:
        data = content(size)
        writer = vault.receive(BlobRef(sha256(data), size, sm3(data)))
        for start in range(0, size, piece):
            part = bytearray(data[start : start + piece])
            assert writer.write(bytes(part)) == len(part)
        assert not vault.has(sha256(data))
        assert writer.commit().new
        with vault.open(sha256(data)) as stream:
            assert stream.read() == data

    @pytest.mark.parametrize(
        "wrong",
        [
            BlobRef(sha256(b"other"), 4),
            BlobRef(sha256(b"four"), 5),
            BlobRef(sha256(b"four"), 3),
            BlobRef(sha256(b"four"), 4, sm3(b"other")),
            BlobRef(sha256(content(2 * MIB, 7)), 2 * MIB),
            BlobRef("../../etc/passwd", 4),
        ],
    )
    def test_another_content_than_announced_is_refused(self, vault: Vault, wrong: BlobRef) -> None:
        data = b"four" if wrong.size < MIB else content(2 * MIB, 8)
        with pytest.raises(TrustError, match=r"^vault\.mismatch$"):
            self._receive(vault, wrong, data)
        assert not vault.has(wrong.sha256)

    def test_an_aborted_blob_is_not_there(self, vault: Vault) -> None:
        for size in (4, 3 * MIB):
            data = content(size)
            writer = vault.receive(BlobRef(sha256(data), size))
            writer.write(data)
            writer.abort()
            writer.abort()
            assert not vault.has(sha256(data))

    @pytest.mark.parametrize("name", ["0" * 64, "", "../secret", "A" * 64])
    def test_an_unknown_blob_is_missing(self, vault: Vault, name: str) -> None:
        assert not vault.has(name)
        for act in (
            vault.open,
            lambda it: next(vault.blocks(it)),
            lambda it: vault.verify(it, SILENT),
            lambda it: vault.sm3(it, SILENT),
        ):
            with pytest.raises(WorldError, match=r"^vault\.missing$"):
                act(name)

    @staticmethod
    def _receive(vault: Vault, expected: BlobRef, data: bytes) -> None:
        writer = vault.receive(expected)
        try:
            writer.write(data)
            writer.commit()
        finally:
            writer.abort()

    @pytest.mark.parametrize("size", SIZES)
    def test_any_part_of_a_blob_is_read_without_the_rest(self, vault: Vault, size: int) -> None:
        data = content(size)
        with vault.open_seekable(vault.store_bytes(data).sha256) as stream:
            for start in (size // 2, 0, max(size - 5, 0), size, CHUNK - 3):
                stream.seek(start)
                assert stream.read(CHUNK + 7) == data[start : start + CHUNK + 7]
            stream.seek(0, 2)
            assert stream.tell() == size
