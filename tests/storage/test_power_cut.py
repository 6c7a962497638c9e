"""A power cut leaves the database's log cut anywhere, or with rubbish in it: what opens is whole up to some entry."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.progress import SILENT
from desktop.storage.database.sqlcipher_file import PAGE_SIZE, sidecar_of
from desktop.storage.store import SqlStore
from tests.storage.test_store import KEY, a_case, a_profile, a_store, all_entries
from tests.support.clocks import HandClock

_HEAD = 32
_FRAME = PAGE_SIZE + 24
"""A page in the log with its own head."""
_CASES = 6


@pytest.fixture(scope="module")
def living(quick_disk: Path) -> Iterator[Path]:
    """A database in use: of its cases some lie in the log only."""
    folder = quick_disk / "power"
    folder.mkdir()
    store = a_store(folder, "AAAA")
    for number in range(1, _CASES + 1):
        with store.write() as writing:
            writing.append("1", a_case(case=f"c{number}", serial=number))
    yield folder / "AAAA.db"
    store.close()


def found_after(living: Path, folder: Path, log: bytes) -> int:
    """How many entries are there when the machine is on again; whatever there is hangs together."""
    folder.mkdir(parents=True)
    database = folder / living.name
    shutil.copy(living, database)
    shutil.copy(sidecar_of(living), sidecar_of(database))
    log_of(database).write_bytes(log)
    store = SqlStore.open(database, KEY, a_profile("AAAA"), HandClock())
    try:
        entries = all_entries(store)
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
        assert store.verify(SILENT) == ()
        with store.write() as writing:  # and work goes on where it stopped
            writing.append("1", a_case(case="later", serial=99))
    finally:
        store.close()
    return len(entries)


def log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def test_a_log_cut_anywhere_loses_only_what_came_last(living: Path, tmp_path: Path) -> None:
    log = log_of(living).read_bytes()
    frames = (len(log) - _HEAD) // _FRAME
    assert frames > 2 * _CASES, "the log was written back already"
    found = [
        found_after(living, tmp_path / f"{frame}-{more}", log[: _HEAD + frame * _FRAME + more])
        for frame in range(frames - 12, frames)
        for more in (0, 11, PAGE_SIZE)
    ]
    assert found == sorted(found)
    assert found[0] < _CASES
    assert found_after(living, tmp_path / "whole", log) == _CASES


@pytest.mark.parametrize("frames", [1, 3, 8])
def test_rubbish_in_the_log_counts_for_nothing(living: Path, tmp_path: Path, frames: int) -> None:
    log = log_of(living).read_bytes()
    spoiled = log[: -frames * _FRAME] + bytes(100) + log[100 - frames * _FRAME :]
    assert 0 < found_after(living, tmp_path / "spoiled", spoiled) < _CASES
    assert found_after(living, tmp_path / "behind", log + bytes(range(256)) * 40) == _CASES
