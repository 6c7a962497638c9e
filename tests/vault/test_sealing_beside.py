"""Thousands of files with processes that seal beside ours: the same blobs, whatever becomes of the processes."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.domain.errors import WorldError
from desktop.domain.evidence.item import StoredBlob
from desktop.domain.progress import SILENT
from desktop.runtime.processes import helper_process
from desktop.sealing.age_identity import AgeIdentity
from desktop.vault import disk as disk_module
from desktop.vault import sealing_beside
from desktop.vault.encrypted_vault import EncryptedVault
from desktop.vault.sealer import Sealer
from desktop.vault.sealing_process import SmallSealer, question
from tests.support.one_key import OneKey
from tests.vault.contract import MIB, Counting, content, sha256

IDENTITY = AgeIdentity.generate()


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """Small ones of every sort and a large one among them."""
    folder = tmp_path / "相册"
    folder.mkdir()
    sizes = [0, 1, 65_536, 65_537, MIB, MIB + 1, 3 * MIB, *range(1000, 1120)]
    for number, size in enumerate(sizes):
        (folder / f"图{number:03}.jpg").write_bytes(content(size, number))
    return sorted(folder.iterdir())


@pytest.fixture
def vault(tmp_path: Path) -> EncryptedVault:
    return EncryptedVault(tmp_path / "vault", OneKey(IDENTITY), processes=2)


def store(vault: EncryptedVault, paths: Sequence[Path]) -> dict[Path, StoredBlob]:
    return dict(vault.store_many(paths, SILENT))


def assert_whole(vault: EncryptedVault, paths: Sequence[Path], root: Path) -> None:
    for path in paths:
        assert vault.verify(sha256(path.read_bytes()), SILENT)
    assert list((root / "tmp").iterdir()) == []


def children() -> set[str]:
    """Processes that threads of ours started and that still run, by id."""
    lists = Path("/proc/self/task").glob("*/children")
    return {child for one in lists for child in one.read_text("ascii").split()}


@pytest.mark.parametrize("barrier", [True, False])
def test_the_blobs_are_those_of_one_process(
    vault: EncryptedVault,
    paths: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    barrier: bool,
) -> None:
    if not barrier:
        monkeypatch.setattr(disk_module, "write_barrier", lambda _folder: None)
    progress = Counting()
    stored = dict(vault.store_many(paths, progress))
    assert {path: blob.sha256 for path, blob in stored.items()} == {
        path: sha256(path.read_bytes()) for path in paths
    }
    assert {blob.size for blob in stored.values()} == {path.stat().st_size for path in paths}
    total = sum(path.stat().st_size for path in paths)
    assert progress.last == (total, total)
    assert_whole(vault, paths, tmp_path / "vault")


def test_most_are_sealed_by_the_processes(
    vault: EncryptedVault, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    here: list[Path] = []
    seal = Sealer.seal

    def watched(sealer: Sealer, path: Path, progress: object) -> object:
        here.append(path)
        return seal(sealer, path, progress)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(Sealer, "seal", watched)
    store(vault, paths)
    assert sorted(here) == paths[5:7]  # those larger than a MiB


def test_a_process_that_cannot_start_is_done_without(
    vault: EncryptedVault, paths: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(helper_process, "helper_command", lambda _name: ["/nonexistent/程序"])
    store(vault, paths)
    assert_whole(vault, paths, tmp_path / "vault")


@pytest.mark.parametrize("answer", [b"", b"not json", b"{}", b"[[]]", b'[["00", 1]]'])
def test_a_process_that_talks_nonsense_is_done_without(
    vault: EncryptedVault,
    paths: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: bytes,
) -> None:
    monkeypatch.setattr(helper_process.HelperProcess, "ask", lambda _self, _question: answer)
    store(vault, paths)
    assert_whole(vault, paths, tmp_path / "vault")


@pytest.mark.skipif(sys.platform != "linux", reason="looks for children in /proc")
def test_a_process_killed_midway_loses_nothing_and_none_stays(
    vault: EncryptedVault, paths: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    ask = helper_process.HelperProcess.ask

    def deadly(helper: helper_process.HelperProcess, question: bytes) -> bytes:
        answer = ask(helper, question)
        process = helper._process
        if process is not None:
            asked.append(process.pid)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        return answer

    before = children()
    monkeypatch.setattr(helper_process.HelperProcess, "ask", deadly)
    store(vault, paths)
    assert asked
    assert_whole(vault, paths, tmp_path / "vault")
    assert children() == before


@pytest.mark.skipif(sys.platform != "linux", reason="looks for children in /proc")
def test_giving_up_ends_the_processes_and_tidies(
    vault: EncryptedVault, paths: list[Path], tmp_path: Path
) -> None:
    before = children()
    some = vault.store_many(paths, SILENT)
    next(some)
    assert children() > before
    some.close()  # type: ignore[attr-defined]  # it is a generator
    assert children() == before
    assert list((tmp_path / "vault" / "tmp").iterdir()) == []


def test_a_file_nobody_can_read_is_named_and_the_rest_stays(
    vault: EncryptedVault, paths: list[Path], tmp_path: Path
) -> None:
    gone = paths[60]
    gone.unlink()
    stored: list[Path] = []
    with pytest.raises(WorldError) as caught:
        stored += (path for path, _ in vault.store_many(paths, SILENT))
    assert caught.value.code == "evidence.unreadable"
    assert caught.value.params == {"name": gone.name}
    assert list((tmp_path / "vault" / "tmp").iterdir()) == []


def test_a_full_disk_is_reported(
    vault: EncryptedVault, paths: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process can not write; then the one that asked can not either, and says so."""
    store(vault, paths[:1])
    (tmp_path / "vault" / "tmp").rmdir()
    with pytest.raises(WorldError, match=r"^file\.missing$"):
        store(vault, paths)


def test_the_process_gets_the_public_recipient_only(tmp_path: Path) -> None:
    asked = question(IDENTITY.recipient, [(tmp_path / "a", tmp_path / "b")], lasting=True)
    assert set(json.loads(asked)) == {"to", "lasting", "files"}
    assert json.loads(asked)["to"] == IDENTITY.recipient.raw.hex()
    assert IDENTITY.raw.hex().encode() not in asked


def test_a_name_that_is_taken_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"original")
    (tmp_path / "b").write_bytes(b"there first")
    files = [(tmp_path / "a", tmp_path / "b")]
    asked = question(IDENTITY.recipient, files, lasting=False)
    assert json.loads(SmallSealer().answer(asked)) == []
    assert (tmp_path / "b").read_bytes() == b"there first"


def test_one_core_gets_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, wanted in ((None, 0), (1, 0), (2, 2), (16, 3)):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        assert sealing_beside.processes() == wanted


def test_it_seals_no_further_file_once_the_desk_was_killed(
    tmp_path: Path, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it writes on behind the sweep of the desk's next start."""
    sealer, parents = SmallSealer(), iter([os.getppid(), os.getppid(), 1])
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    files = [(path, tmp_path / f"{number}.part") for number, path in enumerate(paths[:4])]
    asked = question(IDENTITY.recipient, files, lasting=False)
    assert len(json.loads(sealer.answer(asked))) == 2
    assert [target.exists() for _, target in files] == [True, True, False, False]
