"""A start reads the whole database after a crash only; what it did not read is looked at later, and found."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import Cancelled, WorldError
from desktop.domain.progress import SILENT
from desktop.storage.database.file_health import SUFFIX, closed_properly, file_health, note_closed
from desktop.storage.database.sqlcipher_file import PAGE_SIZE
from desktop.storage.store import SqlStore
from tests.storage.test_store import KEY, a_case, a_profile
from tests.support.clocks import HandClock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database of some pages that was closed properly."""
    found = tmp_path / "desk.db"
    store = SqlStore.create(found, KEY, a_profile("AAAA"), HandClock())
    with store.write() as writing:
        for serial in range(1, 60):
            writing.append("1", a_case(case=f"c{serial}", serial=serial))
    store.close()
    return found


def _open(path: Path) -> SqlStore:
    return SqlStore.open(path, KEY, a_profile("AAAA"), HandClock())


def _damage(path: Path) -> None:
    """One bit, in the journal."""
    data = bytearray(path.read_bytes())
    data[PAGE_SIZE * 4 + 4000] ^= 1
    path.write_bytes(data)


def test_what_was_closed_properly_is_not_read_whole_and_its_damage_is_found_later(
    path: Path,
) -> None:
    _damage(path)
    note_closed(path)  # as if it had been closed so
    store = _open(path)
    for look in (store.check_file, store.verify):
        with pytest.raises(WorldError) as caught:
            look(SILENT)
        assert caught.value.code == "database.damaged"
    assert store.file_checked_at() is None
    store.close()


def test_damage_that_was_found_keeps_the_next_start_from_believing_the_file(path: Path) -> None:
    sound = path.read_bytes()
    _damage(path)
    note_closed(path)
    store = _open(path)
    with pytest.raises(WorldError, match=r"^database\.damaged$"):
        store.check_file(SILENT)
    store.close()
    with pytest.raises(WorldError) as caught:
        _open(path)
    assert caught.value.code == "database.damaged"
    path.write_bytes(sound)
    store = _open(path)
    assert store.file_checked_at() == HandClock().now()
    store.close()
    assert closed_properly(path)


def _leave_open(path: Path) -> None:
    """As a power cut leaves it: copied from under who has it open."""
    store = _open(path)
    with store.write() as writing:
        writing.append("1", a_case(case="late", serial=77))
    for file in list(path.parent.glob("desk.db*")):
        shutil.copy2(file, file.with_name(f"cut-{file.name}"))
    store.close()
    for file in list(path.parent.glob("cut-*")):
        file.replace(file.with_name(file.name.removeprefix("cut-")))


def _lose(path: Path) -> None:
    path.with_name(path.name + SUFFIX).unlink()


def _garble(path: Path) -> None:
    path.with_name(path.name + SUFFIX).write_bytes(b'{"size": [1e999], "changed": "x"')


def _swap(path: Path) -> None:
    shutil.copy(path, path.with_suffix(".other"))
    path.with_suffix(".other").replace(path)


@pytest.mark.parametrize("event", [_leave_open, _lose, _garble, _swap])
def test_after_anything_else_all_of_it_is_read(path: Path, event: Callable[[Path], None]) -> None:
    event(path)
    assert not closed_properly(path)
    store = _open(path)
    assert store.file_checked_at() == HandClock().now()
    store.close()
    assert closed_properly(path)
    _damage(path)
    event_again = closed_properly(path)
    assert not event_again  # the file is another one than was closed
    with pytest.raises(WorldError, match=r"^database\.damaged$"):
        _open(path)


def test_while_it_is_open_it_is_not_closed_properly(path: Path) -> None:
    assert closed_properly(path)
    store = _open(path)
    assert not closed_properly(path)
    assert file_health(path).size == -1
    store.close()
    assert closed_properly(path)


def test_a_look_says_when_and_can_be_stopped(path: Path) -> None:
    class Stopping:
        def advance(self, done: int, total: int) -> None:
            """Nobody hears."""

        def check(self) -> None:
            raise Cancelled

    store = _open(path)
    assert store.file_checked_at() is None
    with pytest.raises(Cancelled):
        store.check_file(Stopping())
    assert store.file_checked_at() is None
    store.check_file(SILENT)
    assert store.file_checked_at() == HandClock().now()
    store.close()
    assert file_health(path).checked_at == HandClock().now()


def test_a_look_ends_in_the_middle_of_a_table(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.storage.dialects.sqlite._STEPS", 1)
    told: list[int] = []

    class Later:
        checks = 0

        def advance(self, done: int, _total: int) -> None:
            told.append(done)

        def check(self) -> None:
            self.checks += len(told)  # none before the first table
            if self.checks > 3:
                raise Cancelled

    store = _open(path)
    with pytest.raises(Cancelled):
        store.check_file(Later())
    assert told == [0]
    store.check_file(SILENT)
    store.close()


def test_a_disk_that_notes_nothing_keeps_nobody_out(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_words: object) -> None:
        raise WorldError("disk.full")

    monkeypatch.setattr("desktop.storage.database.file_health.write_atomic", full)
    store = _open(path)
    with store.write() as writing:
        writing.append("1", a_case(case="late", serial=77))
    store.close()
    # It still tells of the file as it was, which is another one by now.
    assert not closed_properly(path)
