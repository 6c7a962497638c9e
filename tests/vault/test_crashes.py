"""The process vanishes before every single call to the disk: never half a blob under a whole name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.progress import SILENT
from desktop.sealing.age_identity import AgeIdentity
from desktop.vault.encrypted_vault import EncryptedVault
from tests.support.one_key import OneKey
from tests.vault.contract import content, sha256

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.parametrize(
    "verb", ["store", "store_many", "store_thousands", "store_beside", "receive"]
)
def test_a_crash_at_any_step_leaves_all_or_nothing(tmp_path: Path, verb: str) -> None:
    identity = AgeIdentity.generate()
    run = subprocess.run(
        [sys.executable, "-m", "tests.vault.crash_child", verb, str(tmp_path), identity.text],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    statuses = [int(line.split()[1]) for line in run.stdout.splitlines()]
    assert statuses[-1] == 0
    assert set(statuses[:-1]) == {9}
    assert len(statuses) > 8  # create, some writes, sync, publish, sync_folder
    for step in range(1, len(statuses) + 1):
        check_after_crash(tmp_path / f"vault{step}", identity, content(2_500_000, step))
    whole = EncryptedVault(tmp_path / f"vault{len(statuses)}", OneKey(identity))
    assert whole.verify(sha256(content(2_500_000, len(statuses))), SILENT)


def check_after_crash(root: Path, identity: AgeIdentity, data: bytes) -> None:
    """What the next start finds, does, and can do again."""
    name = sha256(data)
    vault = EncryptedVault(root, OneKey(identity))
    before = vault.has(name)
    assert not before or vault.verify(name, SILENT)
    vault.sweep(frozenset())
    assert not list((root / "tmp").iterdir())
    assert vault.has(name) == before
    assert vault.store_bytes(data).new == (not before)
    assert vault.verify(name, SILENT)
