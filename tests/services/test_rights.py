"""Least privilege (GB/T 22239-2019 8.1.4): who may not, is refused before anything is looked at or written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.centre import ingest, replies, scan, slip_pictures
from desktop.centre.inbox import stations
from desktop.domain.case_file.views import Conflict
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.cases.payments.transfer import Account, Transfer
from desktop.domain.cases.people.person import TypedTie
from desktop.domain.cases.supplement import SupplementSource, SupplementText
from desktop.domain.errors import RuleError
from desktop.domain.evidence.citation import Citation, PlaceKind
from desktop.domain.flow.patterns import Patterns
from desktop.domain.flow.sheet import FlowSheet
from desktop.domain.ids import CaseId, DeviceId, EvidenceId, PaperId, PersonId, TransferId
from desktop.domain.installation.audit import AuditQuery
from desktop.domain.installation.duty_plan import DutyShift, OnCall
from desktop.domain.installation.officer import Officer, Permission, Role
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult
from desktop.domain.orders.sending.answer import AnswerTable
from desktop.domain.orders.sending.slip_collector import SlipCollector
from desktop.domain.progress import SILENT
from desktop.domain.series.people_sheet import Lack, Missing, PeopleSheet
from desktop.domain.series.series import LinkVerdict
from desktop.services import look_up
from desktop.services.audit import list_audit
from desktop.services.audit.audit_texts import AuditTexts
from desktop.services.audit.export_audit import export_audit
from desktop.services.audit.note_search import note_search
from desktop.services.audit.open_case import note_opened, open_case
from desktop.services.bound.approve_file import approve_file, trial_pages
from desktop.services.cases.changes import change_holder, merge_cases
from desktop.services.cases.changes.add_supplement import add_supplement
from desktop.services.cases.changes.amend_case import form_of, resolve_conflict
from desktop.services.cases.changes.give_back import give_back
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.changes.settle_conflicts import open_conflicts, settle_conflict
from desktop.services.cases.form import complete_masked
from desktop.services.cases.form.drafts import (
    discard_draft,
    keep_blank,
    new_draft,
    open_drafts,
    save_draft,
)
from desktop.services.cases.reveal_case import reveal_case, reveal_cases
from desktop.services.evidence import view_evidence
from desktop.services.evidence.attach_attachment import attach_attachment
from desktop.services.evidence.attach_evidence import (
    NOTHING_TOLD,
    attach_files,
    attach_held,
    attach_picture,
)
from desktop.services.evidence.completeness import completeness
from desktop.services.evidence.court_handover import hand_over_to_court
from desktop.services.evidence.digest_md5 import digest_md5
from desktop.services.evidence.list_due_evidence import due_evidence
from desktop.services.evidence.pass_evidence import TypedPassing, pass_evidence
from desktop.services.evidence.photograph_evidence import photograph_evidence
from desktop.services.evidence.record_evidence import record_evidence
from desktop.services.evidence.seal_evidence import TypedSeal, open_seal, seal_evidence
from desktop.services.evidence.take_over_evidence import take_over_evidence
from desktop.services.evidence.verify_evidence import verify_evidence
from desktop.services.exchange.exchange_folder import exchange_folder
from desktop.services.exchange.export.delivery import case_delivery
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.export.preflight_export import preflight
from desktop.services.exchange.peers import (
    backup_key,
    list_devices,
    own_keys,
    replace_centre,
    trust,
)
from desktop.services.exchange.peers.card_sheets import card_in, card_of_codes, card_sheet
from desktop.services.exchange.peers.revoke_peer import revoke_peer
from desktop.services.exchange.peers.take_centre_list import take_centre_list
from desktop.services.exchange.peers.vouch_for import vouch_for
from desktop.services.exchange.take_in import renew_streams
from desktop.services.exchange.take_in.apply_bundle import apply_bundle, release_quarantine
from desktop.services.extraction import read_evidence, read_picture, read_statement
from desktop.services.flow.account_targets import account_targets, person_targets
from desktop.services.flow.draw_people import draw_people
from desktop.services.flow.export_flow import FlowFormat, export_flow, note_export
from desktop.services.flow.flow_statements import statement_payments
from desktop.services.flow.list_people import list_people
from desktop.services.flow.record_person import decide_person, record_person, withdraw_tie
from desktop.services.flow.show_flow import show_flow, show_flow_with_statements
from desktop.services.officers.dismiss_officer import dismiss_officer
from desktop.services.officers.enrol_officer import enrol_officer
from desktop.services.officers.own_password import give_password
from desktop.services.officers.recovery_code import new_recovery_code
from desktop.services.orders.answers import answer_queue, dispatch_batches
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.answers.take_answers import take_answers
from desktop.services.orders.approve_order import approve_order, refuse_order
from desktop.services.orders.claim_work import (
    all_claims,
    claim_work,
    hand_over_claims,
    receivers_of_claims,
    release_work,
)
from desktop.services.orders.confirm_order import confirm_order, confirm_orders, unconfirmed
from desktop.services.orders.institution_orders import institution_orders, institution_view
from desktop.services.orders.issue_order import (
    issue_order,
    issue_orders,
    issue_stop,
    stop_transfer,
)
from desktop.services.orders.make_slip import make_slip
from desktop.services.orders.shift.duty_plans import (
    drop_on_call,
    drop_shift,
    duty_rota,
    on_call_contacts,
    on_call_for,
    plan_shift,
    set_on_call,
)
from desktop.services.orders.shift.lead_shift import (
    duty_seats,
    duty_view,
    lapsing_stops,
    reassign_work,
    receivers_of_work,
)
from desktop.services.orders.shift.rota_approvals import approvals_for_me, waiting_approvals
from desktop.services.orders.withdraw_order import call_off, set_official_number, withdraw_order
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.draw_form import draw_form, draw_stop_form, keep_phrase
from desktop.services.papers.evidence_papers import evidence_papers
from desktop.services.papers.note_print import PrintRun, note_print
from desktop.services.papers.paper_facts import refund_of
from desktop.services.papers.propose_record import draft_advised
from desktop.services.papers.replace_paper import replace_paper, withdraw_paper
from desktop.services.papers.show_paper import preview_paper
from desktop.services.papers.sign_paper import sign_paper
from desktop.services.ports import OnRecord
from desktop.services.ports.reading.contents import Attachment
from desktop.services.series.decide_link import decide_link, decide_links, mark_hub
from desktop.services.series.find_series import find_series
from desktop.services.series.list_watched import list_watched
from desktop.services.series.propose_series import propose_series, series_hint
from desktop.services.series.show_series import like_pairs, show_series
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.error_texts import assert_error
from tests.support.journals import length
from tests.support.sessions import a_form

CASE, ITEM, PAPER = CaseId("c"), EvidenceId("e"), PaperId("p")
FORM = IntakeForm("c")
NOWHERE = Path("nowhere")
NO_FLOW = FlowSheet({}, {}, (), {}, Patterns(), START)
NO_PEOPLE = PeopleSheet(NO_FLOW, {}, ())

READING: list[Callable[[Session], Any]] = [
    unconfirmed,
    waiting_approvals,
    look_up.board,
    open_conflicts,
    lambda session: look_up.find_case(session, "1"),
    lambda session: look_up.case_file(session, CASE),
    lambda session: look_up.case_evidence(session, CASE),
    lambda session: look_up.history(session, CASE),
    lambda session: look_up.search(session, "李"),
    look_up.orders,
    lambda session: case_delivery(session, CASE),
    lambda session: look_up.same_account(session, "62305200", CASE),
    lambda session: complete_masked.masked_candidates(
        session, IntakeForm(CASE, transfers=(TransferText("t"),)), 0
    ),
    open_drafts,
    lambda session: form_of(session, CASE),
    lambda session: view_evidence.find_evidence(session, CASE, ITEM),
    lambda session: view_evidence.open_evidence(session, CASE, ITEM),
    lambda session: view_evidence.cite_evidence(
        session, CASE, ITEM, Citation(PlaceKind.MESSAGE, "1")
    ),
    lambda session: view_evidence.custody(session, CASE, ITEM),
    lambda session: view_evidence.thumbnail(session, ITEM),
    lambda session: view_evidence.keep_thumbnail(session, ITEM, b""),
    lambda session: read_evidence.readable_as(session, CASE, ITEM),
    lambda session: read_statement.read_statement(session, CASE, ITEM, SILENT),
    lambda session: read_statement.preview_statement(session, CASE, ITEM, SILENT),
    lambda session: read_picture.read_picture(session, CASE, ITEM, SILENT),
    lambda session: verify_evidence(session, CASE, SILENT),
    lambda session: completeness(session, CASE),
    due_evidence,
    lambda session: evidence_papers(session, CASE),
    lambda session: hand_over_to_court(session, CASE, NOWHERE, SILENT),
    lambda session: draw_form(session, "f", CASE),
    lambda session: draw_stop_form(session, "o"),
    lambda session: preview_paper(session, PAPER),
    lambda session: open_case(session, CASE),
    lambda session: note_opened(session, (CASE,)),
    lambda session: note_search(session, "x", 1),
    lambda session: merge_cases.whole_file(session, CASE),
    find_series,
    lambda session: show_series(session, CASE),
    like_pairs,
    lambda session: series_hint(session, CASE),
    lambda session: show_flow(session, (CASE,)),
    lambda session: account_targets(session, NO_FLOW, "", OrderKind.STOP),
    lambda session: person_targets(session, NO_PEOPLE, Missing(Lack.HOLDER, "", None)),
    lambda session: list_people(session, (CASE,)),
    lambda session: refund_of(session, CASE),
    lambda session: draw_people(session, (CASE,)),
    lambda session: show_flow_with_statements(session, (CASE,), SILENT),
    lambda session: statement_payments(session, CASE, ITEM, (), SILENT),
    lambda session: export_flow(session, NO_FLOW, FlowFormat.CSV, str),
    lambda session: note_export(session, (CASE,), FlowFormat.PNG),
    stations,
]
SEEING: list[Callable[[Session], Any]] = [
    all_claims,
    approvals_for_me,
    lambda session: release_work(session, "o"),
    lambda session: hand_over_claims(session, "620999"),
    receivers_of_claims,
    lambda session: look_up.order(session, "o"),
    lambda session: note_print(session, OnRecord("f", (f"paper/{PAPER}",)), PrintRun(1)),
    lambda session: reveal_case(session, CASE),
    lambda session: reveal_cases(session, (CASE,)),
    institution_view,
    institution_orders,
    on_call_contacts,
    lambda session: on_call_for(session, "o"),
    duty_rota,
]
LINKING: list[Callable[[Session], Any]] = [
    lambda session: decide_link(session, CASE, CaseId("d"), LinkVerdict.SAME),
    lambda session: decide_links(session, CASE, (CaseId("d"),), LinkVerdict.SAME),
    lambda session: mark_hub(session, "95588", hub=True),
]
WRITING: list[Callable[[Session], Any]] = [
    new_draft,
    lambda session: save_draft(session, FORM),
    lambda session: keep_blank(session, FORM),
    lambda session: discard_draft(session, CASE),
    lambda session: register_report(session, FORM),
    lambda session: record_person(session, CASE, (TypedTie("马三"),)),
    lambda session: withdraw_tie(session, CASE, PersonId("t"), "认错人"),
    lambda session: decide_person(session, "a", "b", LinkVerdict.SAME),
    lambda session: move_case(session, CASE, CaseState.CLOSED),
    lambda session: draft_paper(session, CASE, "f"),
    lambda session: draft_advised(session, CASE, ["f"]),
    lambda session: edit_paper(session, PAPER),
    lambda session: sign_paper(session, PAPER),
    lambda session: replace_paper(session, PAPER, "x"),
    lambda session: withdraw_paper(session, PAPER, "x"),
    lambda session: keep_phrase(session, "f", "p", "x"),
    lambda session: merge_cases.merge_cases(session, CASE, CaseId("d")),
    lambda session: change_holder.offer_case(session, CASE, DeviceId("d"), "因为"),
    lambda session: change_holder.take_on_case(session, CASE),
    lambda session: change_holder.decline_case(session, CASE, "因为"),
    lambda session: change_holder.withdraw_case_offer(session, CASE),
    lambda session: change_holder.take_over_case(session, CASE, "因为"),
    lambda session: merge_cases.unmerge_case(session, CASE, "因为"),
    lambda session: add_supplement(
        session, CASE, SupplementText(SupplementSource.OTHER, session.clock.now(), "x")
    ),
    lambda session: give_back(session, CASE, "victim.phone"),
    lambda session: resolve_conflict(session, Conflict("case/c", "state", ()), "new"),
    lambda session: settle_conflict(session, "k", 1),
]
A_TRANSFER = Transfer(TransferId("t"), 1, None, 1, None, None, Account(), Account())
A_REPLY = OrderReply(ReplyResult.DONE, 1, 0, None, None, "", "", "", START)
ORDERING: list[Callable[[Session], Any]] = [
    lambda session: issue_stop(session, FORM, 0),
    lambda session: issue_order(session, CASE, OrderKind.STOP, 1),
    lambda session: stop_transfer(session, CASE, A_TRANSFER),
    lambda session: make_slip(session, "o"),
    lambda session: issue_orders(session, CASE, ()),
    lambda session: approve_order(session, "o", "张"),
    lambda session: confirm_order(session, "o"),
    lambda session: confirm_orders(session, ("o",)),
    lambda session: refuse_order(session, "o", "张", "x"),
    lambda session: withdraw_order(session, "o", "x"),
    lambda session: call_off(session, "o"),
    lambda session: set_official_number(session, "o", "1"),
    lambda session: record_reply(session, "o", A_REPLY),
]
ADDING: list[Callable[[Session], Any]] = [
    lambda session: attach_files(session, CASE, [NOWHERE], SILENT),
    lambda session: attach_picture(session, CASE, "x.png", b""),
    lambda session: attach_held(session, CASE, "x.csv", b"", NOTHING_TOLD),
    lambda session: attach_attachment(
        session, CASE, ITEM, Attachment("x.csv", "text/csv", b""), "x"
    ),
    lambda session: record_evidence(session, CASE, [ITEM], NOTHING_TOLD),
    lambda session: seal_evidence(session, CASE, [ITEM], TypedSeal("1")),
    lambda session: open_seal(session, CASE, "s", TypedSeal(reason="x")),
    lambda session: pass_evidence(session, CASE, [ITEM], TypedPassing("张"), SILENT),
    lambda session: take_over_evidence(session, CASE, [ITEM], TypedPassing(reason="x"), SILENT),
    lambda session: digest_md5(session, CASE, [ITEM], SILENT),
    lambda session: photograph_evidence(session, CASE, [], NOTHING_TOLD, SILENT),
]
EXCHANGING: list[Callable[[Session], Any]] = [
    lambda session: card_sheet(session, ""),
    lambda session: card_in(session, b""),
    lambda session: card_of_codes(session, ()),
    trust.own_card,
    lambda session: trust.trust_peer(session, ""),
    lambda session: trust.approve(session, ""),
    lambda session: replace_centre.look_at_successor(session, ""),
    lambda session: replace_centre.replace_centre(session, ""),
    lambda session: vouch_for(session, ""),
    lambda session: list_devices.list_device(session, ""),
    lambda session: list_devices.unlist_device(session, ""),
    lambda session: list_devices.replace_seat(session, "", ""),
    list_devices.current_list,
    lambda session: take_centre_list(session, ""),
    lambda session: export_bundle(session, NOWHERE, SILENT),
    lambda session: exchange_folder(session, NOWHERE, SILENT),
    lambda session: preflight(session, NOWHERE),
    lambda session: apply_bundle(session, [NOWHERE], SILENT),
    lambda session: release_quarantine(session, SILENT),
    lambda session: revoke_peer(session, DeviceId("D"), "x"),
]
APPROVING_FILES: list[Callable[[Session], Any]] = [
    lambda session: trial_pages(session, "forms/stop_application.typ", "x"),
    lambda session: approve_file(session, "forms/stop_application.typ", "x"),
]
ADMINISTERING: list[Callable[[Session], Any]] = [
    own_keys.rotate_keys,
    lambda session: own_keys.destroy_key(session, "D", ()),
    renew_streams.renew_streams,
    lambda session: backup_key.choose_backup(session, ""),
    lambda session: enrol_officer(session, Officer("1", "x", (Role.APPROVER,)), ""),
    lambda session: dismiss_officer(session, "1"),
    lambda session: give_password(session, "1", ""),
    lambda session: new_recovery_code(session, str),
]
DISPATCHING: list[Callable[[Session], Any]] = [
    lambda session: ingest.ingest(session, None, [NOWHERE], SILENT),  # type: ignore[arg-type]  # never reached
    lambda session: replies.reply_to_all(session, ()),
    lambda session: propose_series(session, CASE),
    list_watched,
    dispatch_batches.batch_orders,
    lambda session: claim_work(session, "pack/2026/P1"),
    answer_queue.queued_answers,
    lambda session: answer_queue.compare_answer(session, "k", "o"),
    lambda session: answer_queue.settle_answer(session, "k", "o"),
    lambda session: answer_queue.set_answer_aside(session, "k", "r"),
    lambda session: take_answers(session, "f", AnswerTable((), blank=0, stray=0)),
    lambda session: replies.write_replies(session, NOWHERE, SILENT),
    lambda session: slip_pictures.scan(session, b""),
    lambda session: scan.take_codes(session, SlipCollector(), ()),
]
ANSWERING: list[Callable[[Session], Any]] = [
    lambda session: replies.reply(session, "o", A_REPLY),
    lambda session: claim_work(session, "o"),
]
AUDITING: list[Callable[[Session], Any]] = [
    lambda session: list_audit.audit_page(session, AuditQuery()),
    lambda session: list(list_audit.audit_rows(session, AuditQuery())),
    lambda session: list_audit.audit_sum(session, AuditQuery()),
    lambda session: list_audit.case_of_number(session, "1"),
    lambda session: export_audit(session, AuditQuery(), NOWHERE, AuditTexts(dict, {}, str)),  # type: ignore[arg-type]
]
LEADING: list[Callable[[Session], Any]] = [
    lapsing_stops,
    duty_seats,
    lambda session: duty_view(session, (START, START)),
    lambda session: receivers_of_work(session, "o"),
    lambda session: reassign_work(session, "o", "620999", "x"),
    lambda session: set_on_call(session, OnCall("某行", "值班", "95599")),
    lambda session: drop_on_call(session, "某行"),
    lambda session: plan_shift(session, DutyShift(START, START, "620134")),
    lambda session: drop_shift(session, DutyShift(START, START, "620134")),
]
VERBS = {
    Permission.LEAD_SHIFT: LEADING,
    Permission.AUDIT: AUDITING,
    Permission.READ_CASES: READING,
    Permission.SEE_ORDERS: SEEING,
    Permission.ANSWER_ORDERS: ANSWERING,
    Permission.DECIDE_LINKS: LINKING,
    Permission.WRITE_CASES: WRITING,
    Permission.ISSUE_ORDERS: ORDERING,
    Permission.ADD_EVIDENCE: ADDING,
    Permission.EXCHANGE: EXCHANGING,
    Permission.DISPATCH: DISPATCHING,
    Permission.ADMINISTER: ADMINISTERING,
    Permission.APPROVE_FILES: APPROVING_FILES,
}


def as_(session: Session, *roles: Role) -> Session:
    return replace(session, officer=Officer("620999", "赵敏", roles))


@pytest.mark.parametrize("role", Role)
def test_every_role_is_refused_what_it_may_not(session: Session, role: Role) -> None:
    person, before = as_(session, role), length(session)
    refused = [kind for kind in VERBS if not person.officer.may(kind)]
    for permission in refused:
        for verb in VERBS[permission]:
            with pytest.raises(RuleError) as caught:
                verb(person)
            assert_error(caught.value, "rights.missing")
    assert length(session) == before


def test_an_administrator_reads_no_case(session: Session) -> None:
    case = register_report(session, a_form(session)).case
    draft = save_draft(session, a_form(session, "马强"))
    person = as_(session, Role.ADMINISTRATOR)
    for verb in (look_up.case_file, look_up.history, form_of):
        with pytest.raises(RuleError, match=r"^rights\.missing$"):
            verb(person, case)
    with pytest.raises(RuleError, match=r"^rights\.missing$"):
        form_of(person, CaseId(draft.form.case_id))
    assert trust.own_card(person), "but carries cards"


def test_an_auditor_reads_no_case_and_changes_nothing(session: Session) -> None:
    case = register_report(session, a_form(session)).case
    person = as_(session, Role.AUDITOR)
    for verb in (look_up.case_file, look_up.history, form_of):
        with pytest.raises(RuleError, match=r"^rights\.missing$"):
            verb(person, case)
    for permission in VERBS.keys() - {Permission.AUDIT}:
        assert not person.officer.may(permission)
    both = as_(session, Role.AUDITOR, Role.FRONT_DESK)
    assert look_up.case_file(both, case) == look_up.case_file(session, case)


def test_a_custodian_adds_evidence_and_registers_nothing(session: Session) -> None:
    case = register_report(session, a_form(session)).case
    person = as_(session, Role.CUSTODIAN)
    attach_picture(person, case, "截图.png", b"picture")
    assert look_up.case_evidence(person, case)[0].added_by == "620999"
    with pytest.raises(RuleError, match=r"^rights\.missing$"):
        register_report(person, a_form(session))


def test_roles_add_up(session: Session) -> None:
    person = as_(session, Role.ADMINISTRATOR, Role.CUSTODIAN)
    assert look_up.board(person) == ()
    assert trust.own_card(person)
