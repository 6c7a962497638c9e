"""Answers on their way: two desks that ask on, a centre that learns, what older desks wrote."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.look_up import case_file, history
from desktop.services.session import Session
from tests.support.sessions import a_form


def test_answers_travel_and_an_amendment_says_only_what_changed(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    said = (("T01.ask.app", "福利社"), ("core.ask.contact", "@unknown"))
    form = a_form(session, answers=said, flags=("core.delivery.courier",), returned="1,200.00")
    form = replace(form, circumstances=(("core.circumstance.elderly", "身份证"),), attempted="2万")
    case = register_report(session, form).case
    again = replace(form_of(session, case), answers=(("T01.ask.app", "福利社二群"),))
    register_report(session, again)
    changed = dict(history(session, case)[-1].fields)
    assert changed == {"answer.T01.ask.app": "福利社二群", "answer.core.ask.contact": ""}

    made = export_bundle(session, quick_folder, SILENT)
    paths = [made.folder / volume.name for volume in made.volumes]
    ingest(centre, Quarantine(quick_folder / "q"), paths, SILENT)
    there = case_file(centre, case).case
    assert there.answers == (("T01.ask.app", "福利社二群"),)
    assert there.flags == ("core.delivery.courier",)
    assert there.circumstances == (("core.circumstance.elderly", "身份证"),)
    assert (there.returned_fen, there.attempted_fen) == (120_000, 2_000_000)


def test_what_an_older_desk_wrote_in_one_field_is_read_and_can_be_taken_back(
    session: Session,
) -> None:
    case = register_report(session, a_form(session)).case
    with session.store.write() as transaction:
        old = {"answers": {"core.ask.contact": "在联系", "core.ask.phone": "安卓"}}
        transaction.append("620134", NewEntry(CASE_AMENDED, f"case/{case}", old))
    assert case_file(session, case).case.answers == (
        ("core.ask.contact", "在联系"), ("core.ask.phone", "安卓"),
    )  # fmt: skip
    form = form_of(session, CaseId(case))
    register_report(session, replace(form, answers=(("core.ask.phone", "苹果"),)))
    assert case_file(session, case).case.answers == (("core.ask.phone", "苹果"),)
