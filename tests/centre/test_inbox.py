"""What the centre sees of its stations: how fresh, how many, what is missing, what was refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.inbox import stations
from desktop.centre.ingest import ingest
from desktop.domain.errors import TrustError
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from tests.faults.forged import entries_of, write
from tests.support.ceremony import approve, trust_peer
from tests.support.clocks import START
from tests.support.sessions import Seat, a_form, take_seat


@pytest.fixture
def silent_station(centre: Session, quick_folder: Path) -> Iterator[Seat]:
    """Enrolled, and never heard of since."""
    made = take_seat(quick_folder / "b", "B", unit_code="620102550000", unit_name="雁滩派出所")
    trust_peer(made.session, approve(centre, own_card(made.session)))
    yield made
    made.session.store.close()


def carry(session: Session, centre: Session, folder: Path) -> AppliedBundle:
    folder.mkdir()
    export_bundle(session, folder, SILENT)
    return ingest(centre, Quarantine(folder / "no"), [folder], SILENT)


def test_stations_the_stalest_first(
    session: Session, centre_seat: Seat, centre: Session, silent_station: Seat, quick_folder: Path
) -> None:
    issue_stop(session, a_form(session), 0)
    register_report(session, a_form(session, "马强"))
    centre_seat.clock.advance(hours=3)
    carry(session, centre, quick_folder / "stick")
    quiet, busy = stations(centre)
    assert (quiet.unit_name, quiet.last_bundle_at) == ("雁滩派出所", None)
    assert (quiet.cases, quiet.open_orders, quiet.gaps) == (0, 0, 0)
    assert busy.device == session.profile.device
    assert busy.last_bundle_at is not None
    assert (busy.last_bundle_at - START).total_seconds() == 3 * 3600
    assert (busy.cases, busy.open_orders, busy.gaps) == (2, 1, 0)


def test_a_gap_is_shown_and_closes(
    seat: Seat, centre_seat: Seat, centre: Session, quick_folder: Path
) -> None:
    """A desk restored from an old copy of the centre's receipts may carry on behind a gap."""
    for _ in range(3):
        register_report(seat.session, a_form(seat.session))
    entries = entries_of(seat)
    behind = [entry.line() for entry in entries[5:]]
    own = seat.session.profile.device
    path = write(seat, centre_seat, quick_folder / "gap", behind, {own: (6, len(entries))})
    done = ingest(centre, Quarantine(quick_folder / "no"), [path], SILENT)
    assert (done.applied, done.held) == (0, len(behind))
    assert stations(centre)[0].gaps == len(behind)
    assert stations(centre)[0].cases == 0, "nothing behind a gap counts"
    done = carry(seat.session, centre, quick_folder / "whole")
    assert (done.held, stations(centre)[0].gaps) == (0, 0)
    assert stations(centre)[0].cases == 3


def test_what_is_refused_is_kept_with_its_reason(quick_folder: Path) -> None:
    quarantine = Quarantine(quick_folder / "deep" / "quarantine")
    assert quarantine.rows() == ()
    volume = quick_folder / "fanzha-x-1of1.fzb"
    volume.write_bytes(b"sealed")
    kept = quarantine.keep(volume, TrustError("bundle.damaged"), START)
    assert kept.read_bytes() == b"sealed"
    assert volume.exists(), "the original stays on its stick"
    (row,) = quarantine.rows()
    assert (row.name, row.at, row.code, row.size) == (kept.name, START, "bundle.damaged", 6)
    reason = json.loads(kept.with_name(kept.name + ".reason.json").read_text("utf-8"))
    assert reason["code"] == "bundle.damaged"
    kept.unlink()
    assert quarantine.rows() == (), "half of a pair is not shown"
    long = quick_folder / f"{'长' * 60}-fanzha-620102540000-A-000007-1of1.fzb"
    long.write_bytes(b"other")
    kept = quarantine.keep(long, TrustError("bundle.damaged"), START)
    assert kept.read_bytes() == b"other"
    (row,) = quarantine.rows()
    assert (row.file, row.unit_code, row.letter) == (long.name, "620102540000", "A")
