"""A series over two stations: each is told the counts and its own values, and nothing of the other's victim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.analysis.case_linker import Linker
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.progress import SILENT
from desktop.domain.series.hub_list import HubList
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.series.find_series import find_series
from desktop.services.series.propose_series import propose_series, series_hint
from desktop.services.series.show_series import show_series
from desktop.services.session import Session
from tests.support.ceremony import approve, trust_peer
from tests.support.clocks import CountingIds
from tests.support.sessions import Seat, a_form, take_seat


@pytest.fixture
def linking(centre: Session) -> Session:
    return replace(centre, linker=Linker(HubList(), lambda _number: None))


@pytest.fixture
def neighbour(quick_folder: Path, centre: Session) -> Iterator[Seat]:
    made = take_seat(quick_folder / "neighbour", "A", unit_code="620103000000", unit_name="七里河")
    made.session = replace(made.session, ids=CountingIds("b1"))
    trust_peer(made.session, approve(centre, own_card(made.session)))
    yield made
    made.session.store.close()


def test_a_proposal_reaches_every_station_with_its_reply_bundle(
    session: Session, neighbour: Seat, linking: Session, quick_folder: Path
) -> None:
    stations = (session, neighbour.session)
    cases = [
        register_report(at, a_form(at, name)).case
        for at, name in zip(stations, ("李秀兰", "周卫东"), strict=True)
    ]
    for number, at in enumerate(stations):
        folder = quick_folder / f"out{number}"
        folder.mkdir()
        export_bundle(at, folder, SILENT)
        assert not ingest(linking, Quarantine(folder / "no"), [folder], SILENT).problems
    (series,) = find_series(linking).series
    assert (series.units, series.loss_fen) == (2, 19_600_000)
    assert show_series(linking, cases[0]).proposed == frozenset()
    assert propose_series(linking, cases[0], "请两所对接") == 2
    assert show_series(linking, cases[0]).proposed == frozenset(cases)
    back = quick_folder / "back"
    back.mkdir()
    for written in write_replies(linking, back, SILENT):
        at = session if written.unit_name == session.profile.unit_name else neighbour.session
        done = apply_bundle(at, [back / volume.name for volume in written.volumes], SILENT)
        assert done.proposals == 1
    for at, case in zip(stations, cases, strict=True):
        hint = series_hint(at, case)
        assert hint is not None
        assert (hint.cases, hint.units, hint.loss_fen) == (2, 2, 19_600_000)
        assert hint.note == "请两所对接"
        assert "6230520010037788996" in hint.by
    with session.store.read() as reader:
        assert reader.case_card(cases[1]) is None, "the neighbour's case stays unknown here"
