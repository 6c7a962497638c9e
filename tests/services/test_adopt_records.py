"""The PC of a desk is gone for good: what it told a colleague and nobody else comes to the centre all the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import SMALL_STATION, Officer
from desktop.domain.progress import SILENT
from desktop.journal.entry import Entry
from desktop.journal.kinds import RECORDS_ADOPTED
from desktop.services.audit.open_case import note_opened
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.sync_status import sync_status
from desktop.services.exchange.take_in.adopt_records import adopt_records, left_records
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.look_up import board, case_evidence, case_file
from desktop.services.orders.confirm_order import confirm_order
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from tests.support.ceremony import revoke_peer
from tests.support.error_texts import refused
from tests.support.sessions import a_form, signed_in
from tests.support.stations import Station

COLLEAGUE = Officer("620199", "孙立", tuple(SMALL_STATION))


@pytest.fixture
def case(station: Station) -> CaseId:
    """Issued at A, with evidence, and told to B only."""
    made = issue_stop(station.a, a_form(station.a), 0, confirmed=True).case
    attach_picture(station.a, made, "截图.png", b"a picture")
    carried(station.a, station.b, station.root / "stick")
    return made


def carried(sender: Session, receiver: Session, stick: Path) -> None:
    stick.mkdir()
    export_bundle(sender, stick, SILENT, receiver=receiver.profile.device)
    assert not apply_bundle(receiver, [stick], SILENT).problems


def gone(station: Station) -> None:
    for session in (station.b, station.centre):
        revoke_peer(session, station.a.profile.device, "电脑已报废")


def to_centre(station: Station, name: str) -> None:
    stick = station.root / name
    stick.mkdir()
    export_bundle(station.b, stick, SILENT)
    assert not apply_bundle(station.centre, [stick], SILENT).problems


def of_b(station: Station) -> list[Entry]:
    own = station.b.profile.device
    with station.b.store.read() as reader:
        return list(reader.entries(own, 1, reader.heads()[own]))


def test_the_centre_gets_case_order_and_evidence(station: Station, case: CaseId) -> None:
    a, b = station.a.profile.device, station.b
    gone(station)
    (left,) = sync_status(b).left
    assert left.peer.card.device == a
    before = case_file(b, case)
    assert adopt_records(b, a) == len(left.records)
    assert sync_status(b).left == ()
    assert case_file(b, case) == replace(before, home=b.profile.device), "it is this desk's now"
    to_centre(station, "up")
    mine, theirs = case_file(b, case), case_file(station.centre, case)
    assert (mine.case, mine.transfers, mine.home) == (theirs.case, theirs.transfers, theirs.home)
    assert mine.orders
    assert [view.order for view in mine.orders] == [view.order for view in theirs.orders]
    (item,) = case_evidence(station.centre, case)
    assert station.centre.vault.open(item.sha256).read() == b"a picture"
    refused("adopt.nothing", lambda: adopt_records(b, a))


def test_the_board_waits_for_what_is_said_again_alone(station: Station, case: CaseId) -> None:
    """Of what the lost PC wrote the centre holds nothing, and never will."""
    note_opened(station.a, [case])
    carried(station.a, station.b, station.root / "later")
    gone(station)
    (before,) = board(station.b)
    adopt_records(station.b, station.a.profile.device)
    (adopted,) = board(station.b)
    for session in (station.b, station.centre, station.b):
        station.round(session)
    (after,) = board(station.b)
    assert (before.sync, adopted.sync, after.sync) == (0, 0, 2)
    with station.b.store.read() as reader:
        assert reader.cases_under_way() == ()


@pytest.mark.parametrize("alone", [False, True], ids=["unmarked", "issued alone"])
def test_an_order_comes_whoever_says_it_again(station: Station, *, alone: bool) -> None:
    """Another officer's order, by the colleague at the desk that is left; a stop must reach the centre."""
    if alone:  # once the centre has said that it reads such orders
        register_report(station.a, a_form(station.a))
        station.until_rest()
    made = issue_stop(station.a, a_form(station.a), 0, confirmed=True)
    if alone:
        confirm_order(signed_in(station.a, COLLEAGUE), made.order.id)
    carried(station.a, station.b, station.root / "stick")
    gone(station)
    station.b = signed_in(station.b, COLLEAGUE)
    adopt_records(station.b, station.a.profile.device)
    assert left_records(station.b) == ()
    to_centre(station, "up")
    (view,) = case_file(station.centre, made.case).orders
    assert (view.order.issued_by, view.order.alone) == (made.order.issued_by, alone)
    assert view.order.confirmation is None, "a confirmation is the officer's own word"


def test_who_recorded_it_first_is_kept(station: Station, case: CaseId) -> None:
    a = station.a.profile.device
    with station.a.store.read() as reader:
        first = {entry.seq: entry for entry in reader.entries(a, 1, reader.heads()[a])}
    gone(station)
    adopt_records(station.b, a)
    *_, told = (entry for entry in of_b(station) if entry.kind == RECORDS_ADOPTED)
    origins = told.fields["records"]
    assert isinstance(origins, tuple | list)
    assert origins
    for origin in origins:
        assert isinstance(origin, dict)
        entry = first[origin["seq"]]
        assert (origin["officer"], origin["wall"]) == (entry.officer, entry.wall)
        assert (origin["kind"], origin["subject"]) == (entry.kind, entry.subject)


def test_what_the_centre_holds_is_not_said_again(station: Station, case: CaseId) -> None:
    station.until_rest()
    gone(station)
    assert left_records(station.b) == ()


def test_what_a_colleague_changed_since_stands(station: Station, case: CaseId) -> None:
    move_case(station.b, case, CaseState.FROZEN)
    gone(station)
    adopt_records(station.b, station.a.profile.device)
    to_centre(station, "up")
    assert case_file(station.centre, case).case.state is CaseState.FROZEN


def test_two_values_stay_two(station: Station, case: CaseId) -> None:
    """Saying again what A said decides nothing against B."""
    move_case(station.b, case, CaseState.FROZEN)
    move_case(station.a, case, CaseState.CLOSED)
    carried(station.a, station.b, station.root / "second stick")
    (dispute,) = case_file(station.b, case).conflicts
    gone(station)
    adopt_records(station.b, station.a.profile.device)
    to_centre(station, "up")
    for session in (station.b, station.centre):
        (still,) = case_file(session, case).conflicts
        assert (still.subject, still.field) == (dispute.subject, dispute.field)


def test_a_trusted_colleague_tells_by_itself(station: Station, case: CaseId) -> None:
    a = station.a.profile.device
    assert sync_status(station.b).left == ()
    refused("adopt.trusted", lambda: adopt_records(station.b, a))
    refused("adopt.trusted", lambda: adopt_records(station.centre, a))
    assert [card.id for card in board(station.centre)] == []
