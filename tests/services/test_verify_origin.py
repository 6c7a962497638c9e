"""The signature under which entries came is kept, and proves again that nothing of them changed."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.exchange.origin import DeviceOrigin, OriginReport
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import SILENT
from desktop.journal.entry import Entry, NewEntry, seal
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.own_keys import rotate_keys
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle, apply_bundle
from desktop.services.exchange.take_in.verify_origin import verify_origin
from desktop.storage.store import SqlStore
from tests.support.ceremony import approve, trust_peer
from tests.support.databases import KINDS, some_databases
from tests.support.error_texts import assert_error
from tests.support.sessions import KEY, Seat, a_form, take_seat


class Line:
    """A station, its centre at one of the two databases, and the sticks between them."""

    def __init__(self, station: Seat, centre: Seat, folder: Path) -> None:
        self.station, self.centre, self.folder = station.session, centre.session, folder
        self.count = 0

    def written(self) -> Path:
        self.count += 1
        stick = self.folder / f"s{self.count}"
        stick.mkdir()
        register_report(self.station, a_form(self.station))
        export_bundle(self.station, stick, SILENT)
        return stick

    def take_in(self, stick: Path, *, dry_run: bool = False) -> AppliedBundle:
        quarantine = Quarantine(self.folder / "quarantine")
        return ingest(self.centre, quarantine, [stick], SILENT, dry_run=dry_run)

    def answer(self) -> None:
        """The station gets its receipts, and sends what it sent no more."""
        stick = self.folder / f"a{self.count}"
        stick.mkdir()
        write_replies(self.centre, stick, SILENT)
        apply_bundle(self.station, [stick], SILENT)

    def checked(self) -> OriginReport:
        return verify_origin(self.centre, SILENT)

    def change(self, statement: str, *parameters: object) -> None:
        """Write into the centre's database as nobody should."""
        store = self.centre.store
        assert isinstance(store, SqlStore)
        with store._engine.connect().execution_options(write=True) as connection:
            lite = connection.dialect.name == "sqlite"
            mark = "?" if lite else "%s"
            with connection.begin():
                freed = (
                    "DROP TRIGGER IF EXISTS entry_keeps_rows"
                    if lite
                    else "ALTER TABLE entry DISABLE TRIGGER ALL"
                )
                connection.exec_driver_sql(freed)
                connection.exec_driver_sql(statement.replace("?", mark), parameters)

    def last(self) -> Entry:
        device = self.station.profile.device
        with self.centre.store.read() as reader:
            head = reader.heads()[device]
            (entry,) = reader.entries(device, head, head)
            return entry


@pytest.fixture(params=KINDS)
def line(request: pytest.FixtureRequest, quick_folder: Path) -> Iterator[Line]:
    with some_databases(request.param, quick_folder) as databases:
        station = take_seat(quick_folder / "desk", "A")
        centre = take_seat(
            quick_folder / "centre", "C", unit_code="620100000000", unit_name="市反诈中心",
            role=InstallationRole.CENTRE, where=databases.place("origin"),
        )  # fmt: skip
        trust_peer(station.session, approve(centre.session, own_card(station.session)))
        yield Line(station, centre, quick_folder)
        station.session.store.close()
        centre.session.store.close()


def of_station(report: OriginReport) -> DeviceOrigin:
    (found,) = report.devices
    return found


def faults(report: OriginReport) -> list[tuple[str, str]]:
    for item in report.faults:
        assert_error(item.error, item.error.code)
    return [(item.place, item.error.code) for item in report.faults]


def test_every_entry_that_came_is_proven(line: Line) -> None:
    line.take_in(line.written(), dry_run=True)
    assert line.checked() == OriginReport("", (), ()), "a trial keeps nothing"
    sticks = [line.written(), line.written()]
    for stick in (*sticks, sticks[0]):
        line.take_in(stick)
    report = line.checked()
    found = of_station(report)
    assert (report.faults, found.device) == ((), line.station.profile.device)
    assert found.signed == found.entries > 0
    assert (found.lost, found.chained, found.before, found.former) == (0, 0, 0, 0)
    assert found.signatures == 2, "the same stick twice is kept once"


def test_entries_that_wait_are_proven_once_they_are_here(line: Line) -> None:
    sticks = [line.written(), line.written()]
    line.take_in(sticks[1])
    assert faults(line.checked()) == []
    line.take_in(sticks[0])
    found = of_station(line.checked())
    assert found.signed == found.entries > 0


def test_what_came_before_signatures_were_stored_is_reported_as_such(line: Line) -> None:
    line.take_in(line.written())
    line.change("DELETE FROM origin")
    report = line.checked()
    found = of_station(report)
    assert (report.since, report.faults, found.signed) == ("", (), 0)
    assert found.before == found.entries > 0
    before = found.entries
    line.answer()
    line.take_in(line.written())
    found = of_station(line.checked())
    assert (found.before, found.chained) == (0, before), "the signed ones name their hashes"
    assert found.signed == found.entries - before > 0
    assert faults(line.checked()) == []


def test_a_signature_that_was_taken_away_is_missed(line: Line) -> None:
    line.take_in(line.written())
    line.take_in(line.written())
    with line.centre.store.read() as reader:
        _, second = reader.signatures()
    line.change("DELETE FROM origin WHERE mark = ?", second.mark)
    assert faults(line.checked()) == [(f"bundle/{second.bundle}", "origin.missing")]


def test_a_last_entry_that_was_rewritten_is_found_by_the_signature_alone(line: Line) -> None:
    """Its hash is right and it continues the chain: nothing else in the database contradicts it."""
    line.take_in(line.written())
    old = line.last()
    new = seal(
        NewEntry(old.kind, old.subject, old.fields), stream=old.stream, seq=old.seq, lamport=old.lamport,
        wall=old.wall, officer="620199", replaces=old.replaces, prev=old.prev,
    )  # fmt: skip
    line.change(
        "UPDATE entry SET line = ?, hash = ?, officer = ? WHERE stream = ? AND seq = ?",
        new.line(), new.hash, new.officer, old.stream, old.seq,
    )  # fmt: skip
    assert line.centre.store.verify(SILENT) == ()
    with line.centre.store.read() as reader:
        (kept,) = reader.signatures()
    report = line.checked()
    assert faults(report) == [(f"bundle/{kept.bundle}", "origin.lines")]
    assert of_station(report).signed == 0


def test_one_altered_line_is_named(line: Line) -> None:
    line.take_in(line.written())
    old = line.last()
    altered = old.line().replace(old.officer.encode(), b"620199")
    line.change(
        "UPDATE entry SET line = ? WHERE stream = ? AND seq = ?", altered, old.stream, old.seq
    )
    assert faults(line.checked()) == [(old.ref, "origin.lines")]


@pytest.mark.parametrize("column", ["tags", "signature", "payload", "manifest"])
def test_what_is_kept_can_not_be_changed_unseen(line: Line, column: str) -> None:
    line.take_in(line.written())
    with line.centre.store.read() as reader:
        (kept,) = reader.signatures()
    whole = getattr(kept.parts, column)
    line.change(f"UPDATE origin SET {column} = ?", whole[:-2] + b"X\n")  # noqa: S608 - our own column
    assert faults(line.checked()) == [(f"bundle/{kept.bundle}", "origin.signature")]


def test_a_signature_by_a_key_of_somebody_else_is_refused(line: Line) -> None:
    """A stranger signs the same entries: sound by itself, and of nobody who is known here."""
    line.take_in(line.written())
    with line.centre.store.read() as reader:
        (kept,) = reader.signatures()
    stranger = take_seat(line.folder / "stranger", "Z")
    trust_peer(stranger.session, approve(line.centre, own_card(stranger.session)))
    stick = line.folder / "theirs"
    stick.mkdir()
    register_report(stranger.session, a_form(stranger.session))
    export_bundle(stranger.session, stick, SILENT)
    line.take_in(stick)
    stranger.session.store.close()
    with line.centre.store.read() as reader:
        theirs = next(item for item in reader.signatures() if item.device != kept.device)
    for name in ("tags", "signature"):
        line.change(
            f"UPDATE origin SET {name} = ? WHERE mark = ?",  # noqa: S608 - our own columns
            getattr(theirs.parts, name), kept.mark,
        )  # fmt: skip
    assert faults(line.checked()) == [(f"bundle/{kept.bundle}", "origin.signature")]
    line.change("DELETE FROM origin WHERE mark = ?", theirs.mark)
    line.change(
        "UPDATE origin SET bundle = ?, payload = ?, manifest = ? WHERE mark = ?",
        theirs.bundle, *packed(theirs.parts.payload, theirs.parts.manifest), kept.mark,
    )  # fmt: skip
    assert (f"bundle/{theirs.bundle}", "origin.key") in faults(line.checked())


def packed(*parts: bytes) -> list[bytes]:
    """As the table has them."""
    return [zlib.compress(part) for part in parts]


def test_former_and_lost_keys_are_reported(line: Line) -> None:
    line.take_in(line.written())
    rotate_keys(line.station)
    line.take_in(line.written())
    found = of_station(line.checked())
    assert (found.signed, found.former) == (found.entries, found.signatures)
    assert found.former > 0, "the first key is the former one by now"
    rotate_keys(line.station, lost="被盗")
    trust_peer(line.centre, own_card(line.station))
    report = line.checked()
    found = of_station(report)
    assert report.faults == ()
    assert (found.signed, found.lost, found.before) == (0, found.entries, 0)


def test_the_signatures_go_wherever_the_journal_goes(line: Line) -> None:
    """A copy as backups make it, opened as a database of its own."""
    line.take_in(line.written())
    target = line.folder / "copy.db"
    line.centre.store.copy_to(target, SILENT)
    copied = SqlStore.open(target, KEY, line.centre.profile, line.centre.clock)
    with copied.closing():
        there = dataclasses.replace(line.centre, store=copied)
        assert verify_origin(there, SILENT) == line.checked()


def test_an_unsigned_line_that_was_altered_breaks_the_chain_to_the_signed_ones(line: Line) -> None:
    line.take_in(line.written())
    old = line.last()
    line.change("DELETE FROM origin")
    line.answer()
    line.take_in(line.written())
    altered = old.line().replace(old.officer.encode(), b"620199")
    line.change(
        "UPDATE entry SET line = ? WHERE stream = ? AND seq = ?", altered, old.stream, old.seq
    )
    assert faults(line.checked()) == [(old.ref, "origin.chain")]
