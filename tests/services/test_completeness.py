"""The court's list: every fact has its proof, its noted reason, or says what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.case_file.completeness import FactState, ProofKind, open_count
from desktop.domain.evidence.item import AcquisitionMethod
from desktop.domain.evidence.record import EvidenceRecord
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.evidence.completeness import Completeness, completeness, reverify_clock
from desktop.services.evidence.record_evidence import TypedRecord, record_evidence
from desktop.services.evidence.seal_evidence import TypedSeal, open_seal, seal_evidence
from desktop.services.evidence.verify_evidence import verify_evidence
from desktop.services.look_up import case_file, history
from desktop.services.session import Session
from tests.support.sealed_files import sealed_file
from tests.support.sessions import Seat, a_form

WHOLE = EvidenceRecord(
    holder="李秀兰", second="620135", witness="陈社区", category="communication", format="PNG",
    original="本人保管", reason="要接回访电话", process="逐屏拍照", unsigned="手部受伤，已捺印",
)  # fmt: skip


@pytest.fixture
def case(session: Session) -> CaseId:
    return register_report(session, a_form(session)).case


@pytest.fixture
def item(session: Session, case: CaseId) -> EvidenceId:
    return attach_picture(session, case, "聊天.png", b"chat").evidence.id


def fact_states(found: Completeness, item: EvidenceId) -> dict[str, FactState]:
    return {finding.fact.id: finding.state for finding in found.items[item]}


def test_a_bare_item_lacks_all_but_its_digest(
    session: Session, case: CaseId, item: EvidenceId
) -> None:
    found = fact_states(completeness(session, case), item)
    assert found.pop("digest") is FactState.PROVED
    assert found.pop("seal") is FactState.NOT_NEEDED
    assert set(found.values()) == {FactState.MISSING}


def test_a_whole_record_settles_every_fact_with_where_its_proof_is(
    session: Session, case: CaseId, item: EvidenceId
) -> None:
    file = case_file(session, case)
    record = replace(WHOLE, proves=(f"transfer/{file.transfers[0].id}",))
    typed = TypedRecord("李秀兰手机", AcquisitionMethod.PHOTOGRAPHED, record)
    record_evidence(session, case, [item], typed)
    typed_alone = fact_states(completeness(session, case), item)
    assert typed_alone["two_officers"] is FactState.MISSING, (
        "a name that somebody typed is no proof"
    )
    record_evidence(session, case, [item], typed, Officer("620135", "马晓燕", (Role.FRONT_DESK,)))
    found = completeness(session, case)
    assert open_count(found.items[item]) == (7, 7)
    told = {finding.fact.id: finding for finding in found.items[item]}
    assert told["signed"].state is FactState.NOTED
    (proof,) = told["two_officers"].proofs
    assert (proof.words, proof.at) == ("620135", session.clock.now())
    facts = {finding.fact.id: finding for finding in found.case}
    assert facts["transfer"].proofs[0].kind is ProofKind.EVIDENCE
    assert facts["contact"].proofs[0].words == "聊天.png"
    assert facts["identity"].state is FactState.PROVED
    assert facts["statement"].state is FactState.MISSING
    alone = replace(WHOLE, second="", alone="夜间一人", witness="", no_witness="无人，全程录像")
    record_evidence(session, case, [item], replace(typed, record=alone))
    again = fact_states(completeness(session, case), item)
    assert (again["two_officers"], again["witness"]) == (FactState.NOTED, FactState.NOTED)


def test_a_seized_medium_needs_its_seal(session: Session, case: CaseId, item: EvidenceId) -> None:
    record_evidence(session, case, [item], TypedRecord("手机", AcquisitionMethod.SEIZED, WHOLE))
    assert fact_states(completeness(session, case), item)["seal"] is FactState.MISSING
    seal = seal_evidence(session, case, [item], TypedSeal("LZ-1", reason="扣押"))
    found = fact_states(completeness(session, case), item)
    assert (found["seal"], found["original"]) == (FactState.PROVED, FactState.PROVED)
    open_seal(session, case, seal.id, TypedSeal(reason="检查"))
    assert fact_states(completeness(session, case), item)["seal"] is FactState.MISSING


def test_a_week_later_it_is_to_be_read_again(seat: Seat) -> None:
    session = seat.session
    case = register_report(session, a_form(session)).case
    item = attach_picture(session, case, "聊天.png", b"chat").evidence.id
    clock = reverify_clock(session, case_file(session, case), history(session, case))
    assert clock is not None
    assert clock.at - clock.started_at == timedelta(days=7)
    seat.clock.advance(days=7, minutes=1)
    found = completeness(session, case)
    assert found.overdue == (item,)
    assert fact_states(found, item)["digest"] is FactState.MISSING
    verify_evidence(session, case, SILENT)
    again = completeness(session, case)
    assert again.overdue == ()
    assert fact_states(again, item)["digest"] is FactState.PROVED


def test_damage_is_a_fact_that_is_missing(seat: Seat) -> None:
    session = seat.session
    case = register_report(session, a_form(session)).case
    item = attach_picture(session, case, "聊天.png", b"chat").evidence
    sealed_file(session, item.sha256).unlink()
    verify_evidence(session, case, SILENT)
    assert fact_states(completeness(session, case), item.id)["digest"] is FactState.MISSING


def test_without_evidence_there_is_no_clock(session: Session, case: CaseId) -> None:
    assert reverify_clock(session, case_file(session, case), ()) is None
    assert completeness(session, case).items == {}
