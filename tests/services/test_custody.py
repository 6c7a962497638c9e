"""Seals and passings: recorded by both sides, linked, carried to the centre, refused where they can not be."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.errors import AppError, RuleError, UserInputError
from desktop.domain.evidence.custody import keeper_of, last_seal, seal_on
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.merge_cases import merge_cases, whole_file
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.evidence.completeness import completeness
from desktop.services.evidence.digest_md5 import digest_md5
from desktop.services.evidence.pass_evidence import TypedPassing, pass_evidence
from desktop.services.evidence.seal_evidence import TypedSeal, open_seal, seal_evidence
from desktop.services.evidence.take_over_evidence import take_over_evidence
from desktop.services.evidence.view_evidence import custody
from desktop.services.look_up import case_evidence, case_file
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.error_texts import assert_error
from tests.support.journals import length
from tests.support.sealed_files import sealed_file
from tests.support.sessions import Seat, a_form
from tests.support.strict import all_of

KEEPER = Officer("620200", "周保管", (Role.CUSTODIAN,))
SEALED = TypedSeal(
    "LZ-0017", "华为 P60，黑色", None, "620135", "", "李秀兰", "前后各一张", "扣押后封存"
)


@pytest.fixture
def case(session: Session) -> CaseId:
    return register_report(session, a_form(session)).case


@pytest.fixture
def items(session: Session, case: CaseId) -> tuple[EvidenceId, ...]:
    return tuple(
        attach_picture(session, case, f"{n}.png", bytes([n])).evidence.id for n in range(3)
    )


def test_a_new_seal_names_the_one_that_was_opened(
    session: Session, case: CaseId, items: tuple[EvidenceId, ...]
) -> None:
    first = seal_evidence(session, case, items[:2], SEALED)
    file = case_file(session, case)
    assert seal_on(file.seals, items[0]) == first
    assert seal_on(file.seals, items[2]) is None
    open_seal(session, case, first.id, TypedSeal(second="620135", reason="检查", state="完好"))
    opened = case_file(session, case).seals[0]
    assert (opened.holds, opened.opened_reason, opened.opened_state) == (False, "检查", "完好")
    second = seal_evidence(session, case, items[:1], replace(SEALED, number="LZ-0018"))
    assert second.previous == first.id
    seals = case_file(session, case).seals
    assert last_seal(seals, items[:1]) == second
    assert last_seal(seals, items[1:2]) == opened
    told = [row.kind for row in custody(session, case, items[0])]
    assert told == ["evidence.attached", "seal.applied", "seal.opened", "seal.applied"]
    assert [row.kind for row in custody(session, case, items[2])] == ["evidence.attached"]


def test_the_second_officer_confirms_seal_and_opening_by_entries_of_their_own(
    session: Session, case: CaseId, items: tuple[EvidenceId, ...]
) -> None:
    second = Officer("620135", "马晓燕", (Role.FRONT_DESK,))
    made = seal_evidence(session, case, items[:1], replace(SEALED, second=""), second)
    assert case_file(session, case).seals == (made,)
    assert (made.second, made.seconded_at) == ("620135", session.clock.now())
    open_seal(session, case, made.id, TypedSeal(reason="检查"), second)
    (seal,) = case_file(session, case).seals
    assert (seal.opened_second, seal.opened_seconded_at) == ("620135", session.clock.now())
    assert [(row.kind, row.officer) for row in custody(session, case, items[0])][1:] == [
        ("seal.applied", "620134"),
        ("seal.confirmed", "620135"),
        ("seal.opened", "620134"),
        ("seal.confirmed", "620135"),
    ]


def test_a_name_alone_and_an_officer_without_the_right_confirm_nothing(
    session: Session, case: CaseId, items: tuple[EvidenceId, ...]
) -> None:
    made = seal_evidence(session, case, items[:1], SEALED)
    open_seal(session, case, made.id, TypedSeal(second="620135", alone="急送", reason="检查"))
    (seal,) = case_file(session, case).seals
    assert (seal.seconded_at, seal.opened_seconded_at, seal.opened_alone) == (None, None, "急送")
    before = length(session)
    for stranger, code in (
        (Officer("620300", "孙审计", (Role.AUDITOR,)), "evidence.second_may_not"),
        (session.officer, "evidence.same_officer"),
    ):
        with pytest.raises(RuleError) as caught:
            seal_evidence(session, case, items[:1], replace(SEALED, number="2"), stranger)
        assert_error(caught.value, code)
    assert length(session) == before


@pytest.mark.parametrize(
    ("typed", "code", "kind"),
    [
        (replace(SEALED, number=" "), "seal.no_number", UserInputError),
        (replace(SEALED, number="LZ-0017"), "seal.number_used", UserInputError),
        (replace(SEALED, number="2", reason=""), "seal.no_reason", RuleError),
        (replace(SEALED, number="2", second="620134"), "evidence.same_officer", RuleError),
        (replace(SEALED, number="2", at=START + timedelta(days=1)), "seal.future", UserInputError),
        (replace(SEALED, number="2"), "seal.already", RuleError),
    ],
)
def test_seals_that_can_not_be_are_refused(
    session: Session,
    case: CaseId,
    items: tuple[EvidenceId, ...],
    typed: TypedSeal,
    code: str,
    kind: type[AppError],
) -> None:
    made = seal_evidence(session, case, items[:1], SEALED)
    before = length(session)
    with pytest.raises(kind) as caught:
        seal_evidence(session, case, items, typed)
    assert_error(caught.value, code)
    reason = TypedSeal(reason="检查")
    for seal, words, refused in (
        ("nothing", reason, "seal.unknown"),
        (made.id, TypedSeal(), "seal.no_reason"),
        (made.id, replace(reason, at=START - timedelta(days=1)), "seal.future"),
    ):
        with pytest.raises(AppError) as caught_again:
            open_seal(session, case, seal, words)
        assert_error(caught_again.value, refused)
    assert length(session) == before
    open_seal(session, case, made.id, reason)
    with pytest.raises(RuleError, match=r"^seal\.open_already$"):
        open_seal(session, case, made.id, reason)


def test_both_sides_sign_a_passing_in_the_journal(
    seat: Seat,
) -> None:
    session = seat.session
    case = register_report(session, a_form(session)).case
    item = attach_picture(session, case, "a.png", b"a").evidence
    done = pass_evidence(
        session, case, [item.id], TypedPassing(place="保管室", reason="入库"), SILENT, KEEPER
    )
    assert (done.giver, done.taker, done.checked) == ("620134", "620200", 1)
    rows = custody(session, case, item.id)
    assert [(row.kind, row.officer) for row in rows] == [
        ("evidence.attached", "620134"),
        ("evidence.verified", "620134"),
        ("custody.passed", "620134"),
        ("custody.taken", "620200"),
    ]
    file = case_file(session, case)
    assert file.custody[0].signed_at is not None
    assert keeper_of(file.custody, item.id, "620134") == "620200"
    digest = session.store.digest()
    seat.reopen()
    assert case_file(seat.session, case).custody == file.custody
    assert seat.session.store.digest() == digest


def test_somebody_outside_the_force_signs_on_paper(
    session: Session, case: CaseId, items: tuple[EvidenceId, ...]
) -> None:
    typed = TypedPassing("陈检察官", "城关区人民检察院", reason="移送审查起诉")
    done = pass_evidence(session, case, items, typed, SILENT)
    (kept,) = case_file(session, case).custody
    assert kept == done
    assert (kept.taker, kept.taker_unit, kept.signed_at) == ("陈检察官", "城关区人民检察院", None)


def test_what_another_keeps_is_taken_over_before_it_is_handed_on(seat: Seat) -> None:
    session = seat.session
    case = register_report(session, a_form(session)).case
    item, other = (
        attach_picture(session, case, f"{n}.png", bytes([n])).evidence.id for n in (1, 2)
    )
    lab = TypedPassing("赵鉴定", "物证鉴定所", reason="送检")
    back = TypedPassing(place="证物室", reason="送检交回")
    with pytest.raises(RuleError) as refused:
        take_over_evidence(session, case, [item], back, SILENT)
    assert_error(refused.value, "custody.yours")
    pass_evidence(session, case, [item], lab, SILENT)
    seat.clock.advance(minutes=1)
    before = length(session)
    for action, code in (
        (lambda: pass_evidence(session, case, [item], lab, SILENT), "custody.keeper_first"),
        (
            lambda: take_over_evidence(session, case, [item, other], back, SILENT),
            "custody.several_keepers",
        ),
        (
            lambda: take_over_evidence(session, case, [item], back, SILENT, KEEPER),
            "custody.not_keeper",
        ),
        (
            lambda: take_over_evidence(session, case, [item], TypedPassing(), SILENT),
            "custody.no_reason",
        ),
    ):
        with pytest.raises(AppError) as caught:
            action()
        assert_error(caught.value, code)
    assert length(session) == before
    done = take_over_evidence(session, case, [item], back, SILENT)
    assert (done.giver, done.giver_unit, done.taker) == ("赵鉴定", "物证鉴定所", "620134")
    kept = case_file(session, case).custody[-1]
    assert (kept.giver_unit, kept.checked) == ("物证鉴定所", 1)
    assert kept.signed_at is not None
    seat.clock.advance(minutes=1)
    pass_evidence(session, case, [item], lab, SILENT)


def test_a_keeper_who_is_here_hands_over_by_an_entry_of_their_own(seat: Seat) -> None:
    session = seat.session
    case = register_report(session, a_form(session)).case
    item = attach_picture(session, case, "a.png", b"a").evidence.id
    pass_evidence(session, case, [item], TypedPassing(reason="入库"), SILENT, KEEPER)
    seat.clock.advance(minutes=1)
    take_over_evidence(session, case, [item], TypedPassing(reason="提取"), SILENT, KEEPER)
    rows = custody(session, case, item)
    assert [(row.kind, row.officer) for row in rows][-2:] == [
        ("custody.passed", KEEPER.number),
        ("custody.taken", "620134"),
    ]
    assert keeper_of(case_file(session, case).custody, item, "") == "620134"


def test_passings_that_can_not_be_are_refused(seat: Seat) -> None:
    session = seat.session
    case = register_report(session, a_form(session)).case
    good = attach_picture(session, case, "a.png", b"a").evidence
    before = length(session)
    auditor = Officer("620300", "孙审计", (Role.AUDITOR,))
    whole = TypedPassing("陈", reason="入库")
    for typed, taker, code in (
        (TypedPassing(reason="入库"), None, "custody.no_taker"),
        (TypedPassing("陈"), None, "custody.no_reason"),
        (TypedPassing("王建国", reason="入库"), None, "custody.same_person"),
        (TypedPassing(reason="入库"), session.officer, "custody.same_person"),
        (TypedPassing(reason="入库"), auditor, "custody.may_not"),
    ):
        with pytest.raises(AppError) as caught:
            pass_evidence(session, case, [good.id], typed, SILENT, taker)
        assert_error(caught.value, code)
    for wanted in ([], [EvidenceId("nowhere")]):
        with pytest.raises(UserInputError, match=r"^evidence\.unknown$"):
            pass_evidence(session, case, wanted, whole, SILENT)
    assert length(session) == before
    sealed_file(session, good.sha256).unlink()
    with pytest.raises(RuleError) as damaged:
        pass_evidence(session, case, [good.id], whole, SILENT)
    assert_error(damaged.value, "custody.damaged")
    assert case_file(session, case).custody == ()


def test_of_merged_reports_the_last_taker_keeps_and_seals_hold(seat: Seat) -> None:
    session = seat.session
    lead = register_report(session, a_form(session)).case
    other = register_report(session, a_form(session)).case
    item = attach_picture(session, other, "a.png", b"a").evidence.id
    first = seal_evidence(session, other, [item], SEALED)
    pass_evidence(session, other, [item], TypedPassing(reason="入库"), SILENT, KEEPER)
    merge_cases(session, lead, other, "同一起警情")
    with pytest.raises(RuleError, match=r"^seal\.already$"):
        seal_evidence(session, lead, [item], replace(SEALED, number="LZ-0018"))
    seat.clock.advance(minutes=1)
    open_seal(session, lead, first.id, TypedSeal(reason="检查"))
    assert seal_evidence(session, lead, [item], replace(SEALED, number="LZ-2")).previous == first.id
    handed = TypedPassing("陈检察官", reason="移送")
    with pytest.raises(RuleError, match=r"^custody\.keeper_first$"):
        pass_evidence(session, lead, [item], handed, SILENT)
    take_over_evidence(session, lead, [item], TypedPassing(reason="移送"), SILENT, KEEPER)
    seat.clock.advance(minutes=1)
    pass_evidence(session, lead, [item], handed, SILENT)
    file, _ = whole_file(session, lead)
    assert keeper_of(file.custody, item, "") == "陈检察官"
    assert [seal.number for seal in file.seals] == ["LZ-0017", "LZ-2"]
    assert item in completeness(session, lead).items


def test_md5_is_an_extra_on_demand(
    session: Session, case: CaseId, items: tuple[EvidenceId, ...]
) -> None:
    assert digest_md5(session, case, items[:2], SILENT) == 2
    assert digest_md5(session, case, items, SILENT) == 1
    found = case_evidence(session, case)
    assert [item.md5 for item in found] == [
        hashlib.md5(bytes([n]), usedforsecurity=False).hexdigest() for n in range(3)
    ]
    assert all_of(item.sha256 for item in found)
