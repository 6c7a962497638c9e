"""Steps and official numbers: typed, kept, read back, told in the history, carried to the centre."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.cases.step import StepKind, step_from_fields
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId, StepId
from desktop.domain.progress import SILENT
from desktop.journal.entry import NewEntry
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.health import check_health
from desktop.services.look_up import case_file, history
from desktop.services.orders.record_step import record_step, set_official_numbers, withdraw_step
from desktop.services.session import Session
from tests.support.journals import length
from tests.support.sessions import a_form

NUMBERS = OfficialNumbers("J6201020000002026110017", "兰公（城）受案字〔2026〕17号", "")


@pytest.fixture
def case(session: Session) -> CaseId:
    return register_report(session, a_form(session)).case


def test_a_step_is_read_back_with_its_day_and_paper(session: Session, case: CaseId) -> None:
    at = session.clock.now() - timedelta(hours=2)
    made = record_step(session, case, StepKind.FILED, at, " 兰公（城）立字〔2026〕9号 ", "")
    assert case_file(session, case).steps == (made,)
    assert made.number == "兰公（城）立字〔2026〕9号"
    assert made.officer == session.officer.number
    assert history(session, case)[-1].kind == "step.recorded"


def test_steps_stand_in_the_order_they_were_taken(session: Session, case: CaseId) -> None:
    now = session.clock.now()
    record_step(session, case, StepKind.FILED, now)
    record_step(session, case, StepKind.ACCEPTED, now - timedelta(days=1))
    kinds = [step.kind for step in case_file(session, case).steps]
    assert kinds == [StepKind.ACCEPTED, StepKind.FILED]


def test_what_has_not_happened_is_not_recorded(session: Session, case: CaseId) -> None:
    before = length(session)
    with pytest.raises(UserInputError, match=r"step\.future"):
        record_step(session, case, StepKind.FILED, session.clock.now() + timedelta(seconds=1))
    with pytest.raises(UserInputError, match=r"case\.unknown"):
        record_step(session, CaseId("nobody"), StepKind.FILED, session.clock.now())
    assert length(session) == before


def test_a_step_taken_back_keeps_its_record_and_says_why(session: Session, case: CaseId) -> None:
    step = record_step(session, case, StepKind.NOT_FILED, session.clock.now())
    with pytest.raises(RuleError, match=r"step\.no_reason"):
        withdraw_step(session, case, step.id, "  ")
    with pytest.raises(UserInputError, match=r"step\.unknown"):
        withdraw_step(session, case, StepId("another"), "记错案件")
    withdraw_step(session, case, step.id, "记错案件")
    (found,) = case_file(session, case).steps
    assert found.withdrawn == "记错案件"


def test_a_step_of_a_merged_report_is_taken_back_where_it_is_shown(
    session: Session, case: CaseId
) -> None:
    other = register_report(session, a_form(session)).case
    step = record_step(session, other, StepKind.FILED, session.clock.now())
    merge_cases(session, case, other)
    withdraw_step(session, case, step.id, "误录")
    assert [item.withdrawn for item in case_file(session, other).steps] == ["误录"]
    with pytest.raises(UserInputError, match=r"step\.unknown"):
        withdraw_step(session, other, StepId("nobody"), "误录")


def test_a_step_of_a_newer_program_is_left_out_and_harms_nothing(
    session: Session, case: CaseId
) -> None:
    fields = {"case": case, "kind": "arraigned", "at": "2026-11-24T02:00:00.000Z"}
    with session.store.write() as transaction:
        transaction.append(session.officer.number, NewEntry("step.recorded", "step/new", fields))
    assert case_file(session, case).steps == ()
    assert step_from_fields("half", {"withdrawn": "误记"}) is None


def test_official_numbers_are_kept_through_another_registration(
    session: Session, case: CaseId
) -> None:
    assert not case_file(session, case).case.official.registered
    set_official_numbers(session, case, NUMBERS)
    assert case_file(session, case).case.official == NUMBERS
    before = length(session)
    set_official_numbers(session, case, NUMBERS)
    register_report(session, form_of(session, case))
    assert length(session) == before
    assert case_file(session, case).case.official.registered


def test_steps_and_numbers_reach_the_centre(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    case = register_report(session, a_form(session)).case
    step = record_step(session, case, StepKind.FILED, session.clock.now())
    set_official_numbers(session, case, NUMBERS)
    (quick_folder / "out").mkdir()
    export_bundle(session, quick_folder / "out", SILENT)
    ingest(centre, Quarantine(quick_folder / "quarantine"), [quick_folder / "out"], SILENT)
    there = case_file(centre, case)
    assert there.steps == (step,)
    assert there.case.official == NUMBERS
    assert check_health(centre, SILENT) == ()
