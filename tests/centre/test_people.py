"""A person over two stations: each records its own piece, the centre sees one, and its word goes back to the case's
station alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.analysis.case_linker import Linker
from desktop.analysis.money_flow import FlowAnalyst
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.cases.people.person import PersonRole, TieKind, TypedTie
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.domain.series.hub_list import HubList
from desktop.domain.series.people_sheet import PersonTarget, TargetState
from desktop.domain.series.series import LinkVerdict
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cash_out_terms import load_cash_out_terms
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.flow.list_people import list_people
from desktop.services.flow.record_person import decide_person, record_person
from desktop.services.look_up import case_file
from desktop.services.series.find_series import find_series
from desktop.services.session import Session
from tests.support.ceremony import approve, trust_peer
from tests.support.clocks import CountingIds
from tests.support.sessions import Seat, a_form, take_seat

IDENTITY = "620102198505050011"


@pytest.fixture
def linking(centre: Session) -> Session:
    return replace(
        centre,
        linker=Linker(HubList(), lambda _number: None),
        flow=FlowAnalyst(load_cash_out_terms(resource_path("rules"))),
    )


@pytest.fixture
def neighbour(quick_folder: Path, centre: Session) -> Iterator[Seat]:
    made = take_seat(quick_folder / "neighbour", "A", unit_code="620103000000", unit_name="七里河")
    made.session = replace(made.session, ids=CountingIds("b1"))
    trust_peer(made.session, approve(centre, own_card(made.session)))
    yield made
    made.session.store.close()


def reported(session: Session, name: str, account: str) -> CaseId:
    form = a_form(session, name)
    paid = replace(form.transfers[0], payee_account=account)
    return register_report(session, replace(form, transfers=(paid,))).case


def carried(session: Session, centre: Session, folder: Path) -> None:
    folder.mkdir()
    export_bundle(session, folder, SILENT)
    assert not ingest(centre, Quarantine(folder / "no"), [folder], SILENT).problems


def confirmed(session: Session, *cases: CaseId) -> PersonTarget:
    (found,) = (t for t in list_people(session, cases).targets if t.state is TargetState.CONFIRMED)
    return found


def test_one_person_of_two_stations(
    session: Session, neighbour: Seat, linking: Session, quick_folder: Path
) -> None:
    accounts = ("6222021001116245702", "6217001234567890127")
    stations = (session, neighbour.session)
    cases = [
        reported(at, name, account)
        for at, name, account in zip(stations, ("李秀兰", "周卫东"), accounts, strict=True)
    ]
    for at, case, account in zip(stations, cases, accounts, strict=True):
        held = TypedTie("吴小明", IDENTITY, PersonRole.HOLDER, TieKind.ACCOUNT, account)
        record_person(at, case, (held,))
        carried(at, linking, quick_folder / f"out-{at.profile.unit_code}")
    (series,) = find_series(linking).series
    assert series.group.cases == tuple(sorted(cases)), "one number of identity links them"
    person = confirmed(linking, *cases)
    assert {thing.number for thing in person.things} == set(accounts)
    other = next(tie for tie in case_file(linking, cases[1]).people)
    seen = TypedTie("吴小明", "", PersonRole.WITHDRAWER, note="取现监控", person=other.person)
    record_person(linking, cases[0], (seen,))
    back = quick_folder / "back"
    back.mkdir()
    for written in write_replies(linking, back, SILENT):
        at = session if written.unit_name == session.profile.unit_name else neighbour.session
        apply_bundle(at, [back / volume.name for volume in written.volumes], SILENT)
    roles = [tie.typed.role for tie in case_file(session, cases[0]).people]
    assert roles == [PersonRole.HOLDER, PersonRole.WITHDRAWER]
    assert len(case_file(neighbour.session, cases[1]).people) == 1, (
        "another station's piece stays there"
    )
    here = replace(session, linker=linking.linker, flow=linking.flow)
    apart = [t for t in list_people(here, (cases[0],)).targets if t.person is not None]
    assert len(apart) == 2, "the piece that joins them is the other station's"
    decide_person(here, apart[0].key, apart[1].key, LinkVerdict.SAME)
    joined = confirmed(here, cases[0]).person
    assert joined is not None
    assert len(joined.ties) == 2
    assert len(confirmed(linking, *cases).things) == 2
