"""What was committed reaches the file in nobody's turn, and the log stays short but for who reads one moment."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine

from desktop.domain.cases.intake import IntakeForm
from desktop.domain.progress import SILENT
from desktop.storage.database import checkpoints, sqlcipher_file
from desktop.storage.database.checkpoints import Checkpoints
from desktop.storage.database.sqlcipher_file import PAGE_SIZE, log_of, sidecar_of
from desktop.storage.store import SqlStore
from tests.storage.test_store import KEY, a_profile, a_store
from tests.support.clocks import HandClock

LIMIT = 100 * (PAGE_SIZE + 24)
_MUCH = LIMIT // 20
"""Octets of a draft that is stored: a log is too long after some twenty of them."""
_OVER = 50


@pytest.fixture(autouse=True)
def short_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of what a log may hold by itself."""
    monkeypatch.setattr(sqlcipher_file, "LOG_LIMIT", LIMIT)
    monkeypatch.setattr(checkpoints, "_FEW", checkpoints._FEW // 10)


def save(store: SqlStore, number: int) -> None:
    """A draft that fills some pages, each time with something else."""
    with store.write() as writing:
        text = os.urandom(_MUCH // 2).hex()
        writing.save_draft(IntakeForm(case_id=f"c{number % 5}", narrative=text), "1")


def length(path: Path) -> int:
    return log_of(path).stat().st_size


def test_no_commit_copies_what_others_wait_for(tmp_path, monkeypatch):
    """What stands in the log alone is all there for who opens a copy of both, as after a power cut."""
    monkeypatch.setattr(Checkpoints, "look", lambda _: None)
    path, cut = tmp_path / "AAAA.db", tmp_path / "cut.db"
    with a_store(tmp_path, "AAAA").closing() as store:
        before = path.read_bytes()
        for number in range(_OVER):
            save(store, number)
        assert path.read_bytes() == before
        assert length(path) > 2 * LIMIT
        for source, target in ((path, cut), (log_of(path), log_of(cut))):
            shutil.copy(source, target)
        shutil.copy(sidecar_of(path), sidecar_of(cut))
        whole = drafts(store)
    with SqlStore.open(cut, KEY, a_profile("AAAA"), HandClock()).closing() as opened:
        assert drafts(opened) == whole


def drafts(store: SqlStore) -> object:
    with store.read() as reader:
        return sorted((draft.form.case_id, draft.form.narrative) for draft in reader.drafts())


def test_the_log_grows_behind_who_reads_and_is_short_again_after_it(tmp_path):
    path = tmp_path / "AAAA.db"
    with a_store(tmp_path, "AAAA").closing() as store:
        lengths = []
        for number in range(2 * _OVER):
            save(store, number)
            store._checkpoints.wait()
            lengths.append(length(path))
        assert max(lengths[_OVER:]) < LIMIT + 2 * _MUCH
        with store.read() as reader:
            reader.drafts()
            for number in range(2 * _OVER):
                save(store, number)
            store._checkpoints.wait()
            assert length(path) > 3 * LIMIT
        saved = drafts(store)
        for number in (0, 1):
            save(store, number)
            store._checkpoints.wait()
        assert length(path) <= LIMIT
        assert drafts(store) != saved
        assert store.verify(SILENT) == ()
    assert not log_of(path).exists()
    assert path.stat().st_size % PAGE_SIZE == 0


def test_who_writes_all_the_while_lets_the_log_begin_anew(tmp_path, monkeypatch):
    """Something is committed behind each round: what it left is brought in within a turn of its own."""
    bring_in = checkpoints._bring_in
    in_turn = []

    def with_more_behind_it(engine: Engine) -> int:
        left = bring_in(engine)
        in_turn.append(store._writing.is_taken)
        if in_turn[-1]:
            return left
        save(store, 0)
        return left + 1

    with a_store(tmp_path, "AAAA").closing() as store:
        with store.read() as reader:
            reader.drafts()
            for number in range(_OVER):
                save(store, number)
            store._checkpoints.wait()
        monkeypatch.setattr(checkpoints, "_bring_in", with_more_behind_it)
        save(store, 1)
        store._checkpoints.wait()
        assert length(tmp_path / "AAAA.db") <= LIMIT
        assert any(in_turn)
