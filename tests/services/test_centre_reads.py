"""A centre changes nothing in the cases of its stations; it is the services that say so, not the window alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.cases.case import CaseState
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.look_up import case_file
from desktop.services.session import Session
from tests.support.error_texts import refused
from tests.support.sessions import a_form


def test_a_centre_reads_the_cases_of_its_stations(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    case = register_report(session, a_form(session)).case
    stick, picture = quick_folder / "stick", quick_folder / "picture.png"
    stick.mkdir()
    picture.write_bytes(b"picture")
    export_bundle(session, stick, SILENT)
    assert ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT).applied
    with centre.store.read() as reader:
        before = reader.heads()
    for action in (
        lambda: register_report(centre, replace(a_form(centre), case_id=case)),
        lambda: move_case(centre, case, CaseState.CLOSED),
        lambda: attach_files(centre, case, [picture], SILENT),
    ):
        refused("centre.reads_cases", action)
    with centre.store.read() as reader:
        assert reader.heads() == before
    assert case_file(centre, case).case.id == case
