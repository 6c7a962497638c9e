"""Making projections anew is killed at every step: what was stands, or all that is made, and the next start goes on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from desktop.domain.cases.intake import IntakeForm
from desktop.domain.progress import SILENT
from desktop.storage.database.statements import run
from desktop.storage.store import SqlStore
from desktop.storage.upkeep import rebuild_order, upgrade
from tests.storage.test_store import KEY, a_case, a_profile, a_store, all_entries
from tests.support.clocks import HandClock
from tests.support.crash import GONE, die_at, steps_to_die_at
from tests.support.sweep import MOST

CASES = 6


class _Vanishes:
    """The process is gone when it is asked so many times whether to go on."""

    def __init__(self, times: int) -> None:
        self._left = times

    def advance(self, done: int, total: int) -> None:
        pass

    def check(self) -> None:
        self._left -= 1
        if self._left < 0:
            os._exit(GONE)


def opened(path: Path, times: int = MOST) -> SqlStore:
    return SqlStore.open(path, KEY, a_profile("AAAA"), HandClock(), _Vanishes(times))


def upgraded(path: Path, times: int) -> None:
    opened(path, times).close()


def rebuilt(path: Path, times: int) -> None:
    with opened(path).closing() as store:
        store.rebuild(_Vanishes(times))


@pytest.fixture
def damaged(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, str]]:
    """A desk whose cards are not what its journal says, and the digest of what it says. What is written and not
    committed lies on the disk at once."""

    def spill(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA cache_size = 5")

    monkeypatch.setattr(rebuild_order, "_AT_ONCE", 3)
    event.listen(Engine, "connect", spill)
    folder = quick_folder / "damaged"
    folder.mkdir()
    with a_store(folder, "AAAA").closing() as store:
        with store.write() as writing:
            for serial in range(1, CASES + 1):
                writing.append("1", a_case(case=f"c{serial}", serial=serial))
            writing.save_draft(IntakeForm(case_id="typed"), "1")
        expected = store.digest()
        with store.write() as writing:
            run(writing._connection, "UPDATE case_card SET victim = 'x'")
    yield folder, expected
    event.remove(Engine, "connect", spill)


@pytest.mark.parametrize("work", [upgraded, rebuilt])
def test_a_kill_at_any_step_leaves_what_was_or_all_that_is_made(
    damaged: tuple[Path, str],
    quick_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    work: Callable[[Path, int], None],
) -> None:
    folder, expected = damaged
    with opened(folder / "AAAA.db").closing() as store:
        before = store.digest()
    if work is upgraded:
        monkeypatch.setattr(upgrade, "PROJECTING", upgrade.PROJECTING + 1)
    numbers = count()

    def left_by(step: int, times: int) -> bool:
        """Whether it was killed."""
        there = quick_folder / f"{next(numbers)}"
        shutil.copytree(folder, there)
        path = there / "AAAA.db"
        killed = die_at(step, lambda: work(path, times), there)
        with (
            monkeypatch.context() as without
        ):  # a start that needs nothing made anew shows what stands
            without.setattr("desktop.storage.store.bring_up_to_date", lambda *_: None)
            with opened(path).closing() as store:
                assert store.digest() in ({before, expected} if killed else {expected})
        work(path, MOST)
        with opened(path).closing() as store:
            assert store.digest() == expected
            assert killed or store.verify(SILENT) == ()
            assert len(all_entries(store)) == CASES
            with store.read() as reader:
                assert [draft.form.case_id for draft in reader.drafts()] == ["typed"]
        return killed

    asked = next(times for times in count() if not left_by(MOST, times))
    assert asked > 1
    spare = quick_folder / "spare"
    shutil.copytree(folder, spare)
    steps = [*steps_to_die_at(lambda: work(spare / "AAAA.db", MOST), spare)]
    assert [left_by(step, MOST) for step in steps] == [True] * (len(steps) - 1) + [False]
