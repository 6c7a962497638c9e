"""Older data in the place of newer ones are noticed and told, and never keep anybody out."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.app.backup.restore import RESTORED
from desktop.app.installation import Installation, Machine
from desktop.app.sign_in.rollback_watch import RollbackWatch
from desktop.app.sign_in.sign_in_record import restored
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.time.clock import to_wire
from desktop.journal import kinds
from desktop.journal.authority import officer_subject
from desktop.journal.entry import Entry, NewEntry
from desktop.runtime.files.paths import rollback_counter
from desktop.runtime.files.rollback_counter import Reached, RollbackCounter
from desktop.services.cases.changes.register_report import register_report
from desktop.storage.readers.reader import SqlReader
from tests.support.clocks import HandClock
from tests.support.error_texts import assert_error
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.support.journals import written
from tests.support.sessions import a_form, take_seat


class Place:
    """A profile on a PC whose user has a folder of his own."""

    def __init__(self, folder: Path) -> None:
        self.root, self.home, self.clock = folder / "desk", folder / "home", HandClock()
        self.home.mkdir()
        self.machine: Machine = replace(machine(self.clock), counter=self.counter)
        make_desk(self.root, own=self.machine)

    def counter(self, device: str) -> Path:
        return self.home / f"counter-{device[:8]}.json"

    def at_work(self, *, work: bool = True) -> tuple[list[str], list[Entry]]:
        """Sign in, register something, close: what was told, and what is in the journal."""
        self.clock.advance(minutes=1)
        installation = Installation(self.root, self.machine)
        session = installation.sign_in(OFFICER, PASSWORD)
        if work:
            register_report(session, a_form(session))
        entries = written(session)
        installation.close()
        return [warning.code for warning in installation.warnings], entries

    def set_back(self, action: Callable[[], object]) -> None:
        """Put the profile of before ``deed`` in place of that after it."""
        copy = self.root.with_name("copy")
        shutil.copytree(self.root, copy)
        action()
        shutil.rmtree(self.root)
        copy.rename(self.root)


@pytest.fixture
def place(quick_folder: Path) -> Place:
    return Place(quick_folder)


def kinds_of(entries: list[Entry]) -> list[str]:
    return [entry.kind for entry in entries]


def test_a_profile_that_was_set_back_is_reported_once_and_goes_on(place: Place) -> None:
    assert place.at_work()[0] == []
    place.set_back(place.at_work)
    told, entries = place.at_work()
    assert told == ["profile.set_back"]
    (alarm,) = [entry for entry in entries if entry.kind == kinds.PROFILE_SET_BACK]
    assert alarm.fields["lost"] > 0  # type: ignore[operator]
    told, entries = place.at_work()
    assert told == []
    assert kinds_of(entries).count(kinds.PROFILE_SET_BACK) == 1


def test_an_officer_who_was_not_there_hears_of_it_later(place: Place) -> None:
    place.at_work()
    installation = Installation(place.root, place.machine)
    session = installation.sign_in(OFFICER, PASSWORD)
    subject = officer_subject(session.profile.device, "620888")
    with session.store.write() as transaction:
        transaction.append("620888", NewEntry(kinds.OFFICER_SIGNED_IN, subject, {}))
    installation.close()
    place.set_back(place.at_work)
    place.at_work()
    installation = Installation(place.root, place.machine)
    session = installation.sign_in(OFFICER, PASSWORD)
    watch = RollbackWatch(session, place.root, "620888", None)
    told = [warning.code for warning in watch.begin(session)]
    installation.close()
    assert told == ["profile.set_back_before"]


def test_receipts_for_what_is_not_here_are_reported_once(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SqlReader, "disputing", lambda _self: frozenset({"CENTRE"}))
    told, entries = place.at_work()
    assert told == ["profile.set_back_receipt"]
    assert kinds.PROFILE_SET_BACK in kinds_of(entries)
    assert place.at_work()[0] == []


def test_data_that_went_on_elsewhere_are_noticed_though_they_are_longer(place: Place) -> None:
    place.at_work()
    place.set_back(place.at_work)
    (counter,) = place.home.iterdir()
    kept = counter.read_bytes()
    counter.unlink()
    place.at_work()
    place.at_work()
    counter.write_bytes(kept)
    told, _ = place.at_work()
    assert "profile.set_back" in told


def test_another_pc_is_announced_once(place: Place) -> None:
    place.at_work()
    for path in place.home.iterdir():
        path.unlink()
    told, entries = place.at_work()
    assert told == ["profile.counter_missing"]
    assert kinds.COUNTER_LOST in kinds_of(entries)
    assert place.at_work()[0] == []


def test_a_home_that_takes_nothing_is_harmless_and_silent(place: Place) -> None:
    place.home.rmdir()
    place.home.write_text("no folder")
    for _ in range(2):
        told, entries = place.at_work()
        assert told == []
        assert not {kinds.COUNTER_LOST, kinds.PROFILE_SET_BACK} & {*kinds_of(entries)}


def test_a_restore_begins_anew_by_its_own_entry(place: Place) -> None:
    place.at_work()
    place.set_back(place.at_work)
    (place.root / RESTORED).write_text(to_wire(place.clock.now()))
    told, entries = place.at_work()
    assert told == ["backup.restored"]
    assert kinds.BACKUP_RESTORED in kinds_of(entries)
    assert kinds.PROFILE_SET_BACK not in kinds_of(entries)
    assert place.at_work()[0] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: {**document, "seq": 1},
        lambda document: {**document, "mac": ""},
        lambda document: {**document, "seq": "9"},
        lambda _document: [],
        lambda document: {"seq": document["seq"]},
    ],
)
def test_a_mark_nobody_of_the_profile_wrote_is_none(
    place: Place, spoil: Callable[[dict[str, object]], object]
) -> None:
    place.at_work()
    (counter,) = place.home.iterdir()
    counter.write_text(json.dumps(spoil(json.loads(counter.read_text()))))
    told, _ = place.at_work()
    assert told == ["profile.counter_missing"]


def test_the_mark_is_ours_alone_and_follows_every_entry(place: Place) -> None:
    installation = Installation(place.root, place.machine)
    session = installation.sign_in(OFFICER, PASSWORD)
    (counter,) = place.home.iterdir()
    assert stat.S_IMODE(counter.stat().st_mode) == 0o600
    before = json.loads(counter.read_text())["seq"]
    register_report(session, a_form(session))
    after = json.loads(counter.read_text())
    assert after["seq"] == len(written(session)) > before
    assert after["profile"] == session.profile.device
    assert "李秀兰" not in counter.read_text()
    installation.close()
    assert [path.name for path in place.home.iterdir()] == [counter.name]


def test_each_profile_has_its_own_file_outside_of_it() -> None:
    one, other = rollback_counter("ABCD"), rollback_counter("EFGH")
    assert one != other
    assert one.parent == other.parent
    assert "rollback-counter" in one.name


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("as it was")
    path = tmp_path / "counter.json"
    (tmp_path / "counter.json.part").symlink_to(victim)
    RollbackCounter(path, "D", str).write(Reached(1, 1, "x"))
    assert victim.read_text() == "as it was"


def test_an_officer_hears_of_the_last_time_and_of_failures_since(place: Place) -> None:
    installation = Installation(place.root, place.machine)
    installation.sign_in(OFFICER, PASSWORD)
    assert installation.last_sign_in is None
    before = place.clock.now()
    installation.close()
    place.clock.advance(minutes=1)
    for _ in range(3):
        with pytest.raises(Exception, match=r"^password\.wrong$"):
            Installation(place.root, place.machine).sign_in(OFFICER, "wrong")
    installation = Installation(place.root, place.machine)
    installation.sign_in(OFFICER, PASSWORD)
    last = installation.last_sign_in
    assert last is not None
    assert (last.at, last.failures) == (before, 3)
    assert [warning.code for warning in installation.warnings] == ["password.failed_since"]
    installation.close()
    place.clock.advance(minutes=1)
    told, _ = place.at_work(work=False)
    assert told == []


def test_a_restored_centre_learns_what_its_stations_have_to_do(tmp_path: Path) -> None:
    clock = HandClock()
    role = InstallationRole.CENTRE
    session = take_seat(tmp_path / "centre", "C", role=role, clock=clock).session
    (tmp_path / RESTORED).write_text(to_wire(clock.now()))
    (warning,) = restored(tmp_path, session)
    assert_error(warning, "backup.restored_centre")
    assert restored(tmp_path, session) == ()
