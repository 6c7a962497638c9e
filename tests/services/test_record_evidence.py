"""How evidence was obtained: recorded, amended, carried to the centre; two officers and fit witnesses."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.case_forms.form_specs import all_forms
from desktop.domain.case_file.orders.order_papers import PaperGround
from desktop.domain.cases.step import StepKind
from desktop.domain.errors import AppError, RuleError, UserInputError
from desktop.domain.evidence.guide import QUESTIONS
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.evidence.record import (
    NOT_RECORDED,
    EvidenceRecord,
    record_changes,
    record_from_fields,
)
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Officer, Role
from desktop.journal.canonical import canonical
from desktop.journal.kinds import EVIDENCE_RECORDED
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.evidence.record_evidence import TypedRecord, record_evidence
from desktop.services.evidence.view_evidence import custody
from desktop.services.look_up import case_evidence, case_file
from desktop.services.orders.record_step import record_step
from desktop.services.papers.propose_record import (
    draft_advised,
    from_case,
    is_administrative,
    propose_record,
)
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.error_texts import assert_error
from tests.support.fake_papers import FakePapers
from tests.support.journals import length
from tests.support.sessions import SCRIPTS, Seat, a_form

PHONE = TypedRecord(
    " 李秀兰手机 ",
    AcquisitionMethod.PHOTOGRAPHED,
    EvidenceRecord(
        what="screen", where="device", keep="needed", fades="no", holder="李秀兰", device="华为 P60",
        second="620135", witness="陈社区", category="communication", format="JPG",
        taken_at=START, place="接待室", original="本人保管", reason="要接回访电话", process="逐屏拍照",
    ),
)  # fmt: skip

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
records = st.builds(
    EvidenceRecord,
    *[words] * 13,
    taken_at=st.none()
    | st.integers(0, 10**9).map(lambda n: datetime(2001, 1, 1, tzinfo=UTC) + timedelta(seconds=n)),
    place=words,
    original=words,
    reason=words,
    process=words,
    proves=st.lists(words, max_size=3).map(tuple),
)


@pytest.fixture
def case(session: Session) -> CaseId:
    return register_report(session, a_form(session)).case


@pytest.fixture
def item(session: Session, case: CaseId) -> Evidence:
    return attach_picture(session, case, "聊天.png", b"chat").evidence


def second_of() -> Officer:
    return Officer("620135", "马晓燕", (Role.FRONT_DESK,))


def test_the_second_officer_confirms_by_an_entry_of_their_own(
    session: Session, case: CaseId, item: Evidence
) -> None:
    assert record_evidence(session, case, [item.id], PHONE, second_of()) == 1
    (found,) = case_evidence(session, case)
    assert found.record == replace(PHONE.record, seconded_at=session.clock.now())
    rows = [row for row in custody(session, case, item.id) if row.kind == EVIDENCE_RECORDED]
    assert [(row.officer, "record.seconded_at" in dict(row.fields)) for row in rows] == [
        (session.officer.number, False),
        ("620135", True),
    ]


@pytest.mark.parametrize(
    ("changed", "stays"),
    [
        ({"proves": ("transfer/1",)}, True),
        ({"holder": "王某"}, False),
        ({"second": "620136"}, False),
        ({"alone": "另一人出警"}, False),
    ],
)
def test_a_confirmation_holds_for_what_was_confirmed(
    session: Session, case: CaseId, item: Evidence, changed: dict[str, Any], *, stays: bool
) -> None:
    record_evidence(session, case, [item.id], PHONE, second_of())
    later = replace(PHONE, record=replace(PHONE.record, **changed))
    record_evidence(session, case, [item.id], later)
    (found,) = case_evidence(session, case)
    assert (found.record.seconded_at is not None) is stays


def test_another_source_or_method_is_to_be_confirmed_anew(
    session: Session, case: CaseId, item: Evidence
) -> None:
    for typed in (replace(PHONE, source="网页"), replace(PHONE, method=AcquisitionMethod.FILMED)):
        record_evidence(session, case, [item.id], PHONE, second_of())
        record_evidence(session, case, [item.id], typed)
        assert case_evidence(session, case)[0].record.seconded_at is None


def test_nobody_confirms_by_typing_and_no_one_without_the_right(
    session: Session, case: CaseId, item: Evidence
) -> None:
    forged = replace(PHONE, record=replace(PHONE.record, seconded_at=START))
    record_evidence(session, case, [item.id], forged)
    assert case_evidence(session, case)[0].record.seconded_at is None
    auditor = Officer("620139", "审计", (Role.AUDITOR,))
    with pytest.raises(RuleError, match=r"evidence\.second_may_not") as caught:
        record_evidence(session, case, [item.id], PHONE, auditor)
    assert_error(caught.value, "evidence.second_may_not")
    with pytest.raises(RuleError, match=r"evidence\.same_officer"):
        record_evidence(session, case, [item.id], PHONE, session.officer)


@given(records, records)
def test_any_record_becomes_any_other_through_the_journal(
    old: EvidenceRecord, new: EvidenceRecord
) -> None:
    fields = json.loads(canonical(record_changes(NOT_RECORDED, old)))
    assert record_from_fields(fields) == old
    changed = json.loads(canonical(record_changes(old, new)))
    assert record_from_fields({**fields, **changed}) == new
    assert record_changes(new, new) == {}


def test_it_is_recorded_amended_and_kept_in_the_history(
    session: Session, case: CaseId, item: Evidence
) -> None:
    assert record_evidence(session, case, [item.id], PHONE) == 1
    (found,) = case_evidence(session, case)
    assert (found.source, found.method) == ("李秀兰手机", AcquisitionMethod.PHOTOGRAPHED)
    assert found.record == PHONE.record
    before = length(session)
    assert record_evidence(session, case, [item.id], PHONE) == 0
    assert length(session) == before, "the same again says nothing new"
    cleared = replace(PHONE, record=replace(PHONE.record, witness="", no_witness="深夜无人"))
    record_evidence(session, case, [item.id], cleared)
    (found,) = case_evidence(session, case)
    assert (found.record.witness, found.record.no_witness) == ("", "深夜无人")
    told = [dict(row.fields) for row in custody(session, case, item.id)]
    assert told[1]["record.witness"] == "陈社区"
    assert told[2] == {"record.witness": "", "record.no_witness": "深夜无人"}


def test_several_items_keep_what_is_their_own(
    session: Session, case: CaseId, item: Evidence
) -> None:
    other = attach_picture(session, case, "账单.csv", b"1,2").evidence
    proof = replace(PHONE, record=replace(PHONE.record, proves=("transfer/1",)))
    record_evidence(session, case, [item.id], proof)
    later = replace(PHONE, record=replace(PHONE.record, proves=("transfer/2",), format="其他"))
    assert record_evidence(session, case, [item.id, other.id], later) == 2
    found = {item.name: item.record for item in case_evidence(session, case)}
    assert found["聊天.png"].proves == ("transfer/1", "transfer/2")
    assert (found["聊天.png"].format, found["账单.csv"].format) == ("JPG", "CSV · text/csv")


@pytest.mark.parametrize(
    ("changes", "code", "kind"),
    [
        ({"second": "620134"}, "evidence.same_officer", RuleError),
        ({"second": " 王建国"}, "evidence.same_officer", RuleError),
        ({"witness": "王建国"}, "evidence.police_witness", RuleError),
        ({"witness": "620135"}, "evidence.police_witness", RuleError),
        ({"taken_at": START + timedelta(days=1)}, "evidence.future", UserInputError),
    ],
)
def test_what_can_not_be_is_refused(
    session: Session,
    case: CaseId,
    item: Evidence,
    changes: dict[str, object],
    code: str,
    kind: type[AppError],
) -> None:
    before = length(session)
    record = replace(PHONE.record, **changes)  # type: ignore[arg-type]  # named fields
    with pytest.raises(kind) as caught:
        record_evidence(session, case, [item.id], replace(PHONE, record=record))
    assert_error(caught.value, code)
    for wanted in ([], [EvidenceId("nowhere")], [item.id, EvidenceId("nowhere")]):
        with pytest.raises(UserInputError, match=r"^evidence\.unknown$"):
            record_evidence(session, case, wanted, PHONE)
    assert length(session) == before


def test_it_survives_a_crash_and_is_made_anew(seat: Seat) -> None:
    session = seat.session
    case = register_report(session, a_form(session)).case
    item = attach_picture(session, case, "聊天.png", b"chat").evidence
    record_evidence(session, case, [item.id], PHONE)
    digest = session.store.digest()
    seat.reopen()
    assert case_evidence(seat.session, case)[0].record == PHONE.record
    assert seat.session.store.digest() == digest


def test_the_next_item_begins_with_what_was_said_of_the_last(
    session: Session, case: CaseId, item: Evidence
) -> None:
    file = case_file(session, case)
    first = from_case(session, propose_record(session, (item,), item), file)
    assert (first.record.holder, first.record.place) == ("李秀兰", "张掖路派出所")
    record_evidence(session, case, [item.id], PHONE)
    attach_picture(session, case, "短信.png", b"sms")
    items = case_evidence(session, case)
    proposed = propose_record(session, items, items[1])
    assert proposed.record == replace(
        PHONE.record, format="PNG · image/png", taken_at=None, proves=(), unsigned=""
    )
    assert propose_record(session, items, items[0]).record == PHONE.record


def test_advised_papers_are_begun_once(session: Session, case: CaseId) -> None:
    assert draft_advised(session, case, ["receipt", "receipt", "unknown"]) == 1
    assert draft_advised(session, case, ["receipt"]) == 0
    assert [paper.form for paper in case_file(session, case).papers] == ["receipt"]


def test_a_paper_without_ground_yet_keeps_no_other_from_being_begun(
    session: Session, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = session.papers.forms()[1]
    seizure = replace(receipt, id="seizure_list", ground=PaperGround.FILED)
    monkeypatch.setattr(FakePapers, "forms", lambda _papers: (seizure, receipt))
    advised = ["seizure_list", "receipt"]
    assert draft_advised(session, case, advised) == 1
    assert [paper.form for paper in case_file(session, case).papers] == ["receipt"]
    record_step(session, case, StepKind.FILED, session.clock.now())
    assert draft_advised(session, case, advised) == 1, "once the case is filed"


def test_every_way_can_be_reached_and_every_answer_leads_somewhere() -> None:
    guide = SCRIPTS.evidence
    choices = [[answer.id for answer in question.answers] for question in guide.questions]
    ways = set()
    for what in choices[0]:
        for where in choices[1]:
            for keep in choices[2]:
                for fades in choices[3]:
                    answers = dict(zip(QUESTIONS, (what, where, keep, fades), strict=True))
                    way = guide.way(answers)
                    assert way is not None, answers
                    ways.add(guide.ways.index(way))
                    assert guide.category(answers)
    assert ways == set(range(len(guide.ways)))
    phone = {"what": "screen", "where": "device"}
    chosen = {
        ("needed", "no"): AcquisitionMethod.PHOTOGRAPHED,
        ("needed", "soon"): AcquisitionMethod.FILMED,
        ("yes", "no"): AcquisitionMethod.SEIZED,
    }
    for (keep, fades), method in chosen.items():
        found = guide.way({**phone, "keep": keep, "fades": fades})
        assert found is not None
        assert found.method is method
    assert guide.way({}) is None


def test_a_public_order_case_is_offered_its_own_papers(session: Session, case: CaseId) -> None:
    guide = SCRIPTS.evidence
    way = guide.way({"what": "paper"})
    assert way is not None
    assert guide.papers(way, administrative=False) == ("evidence_list",)
    assert guide.papers(way, administrative=True) == ("administrative_evidence_list",)
    known = {entry.id for entry in all_forms()}
    used = {form for item in guide.ways for form in item.papers} | set(guide.twins.values())
    assert used <= known
    assert not is_administrative(case_file(session, case))
    record_step(session, case, StepKind.ACCEPTED_ADMINISTRATIVE, session.clock.now())
    assert is_administrative(case_file(session, case))
    record_step(session, case, StepKind.FILED, session.clock.now())
    assert not is_administrative(case_file(session, case))
