"""A station whose records hold whole numbers of identity, telephones and addresses wherever the program takes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop.domain.cases.intake import IdentifierText
from desktop.domain.cases.people.person import PersonRole, TieKind, TypedTie
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.cases.step import StepKind
from desktop.domain.cases.supplement import SupplementSource, SupplementText
from desktop.domain.evidence.item import AcquisitionMethod
from desktop.domain.evidence.record import EvidenceRecord
from desktop.domain.ids import CaseId
from desktop.domain.orders.number import LineKind, NumberTerms
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult
from desktop.domain.orders.reply import AccountFacts, LineFacts
from desktop.services.cases.changes.add_supplement import add_supplement
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.objections.receive_objection import TypedObjection, receive_objection
from desktop.services.cases.tasks import add_task
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.evidence.record_evidence import TypedRecord, record_evidence
from desktop.services.flow.record_person import record_person
from desktop.services.look_up import case_evidence, case_file
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_order, issue_orders
from desktop.services.orders.order_request import name_target, propose_order
from desktop.services.orders.record_step import record_step
from desktop.services.session import Session
from tests.support.sessions import a_form

VICTIM_ID, VICTIM_PHONE, VICTIM_ROAD = "620102196804152044", "13919364417", "张掖路88号"
SUSPECT_ID, SUSPECT_PHONE = "620102198505050012", "13812345678"
HOLDER_ID, HOLDER_PHONE, HOLDER_ROAD = "620103199001012013", "15293110022", "西津西路16号"
TOLD_ID, TOLD_PHONE, TOLD_ROAD = "620104197703033019", "18693220033", "福利路7号"
LANDLINE = "09318801234"
PERSONAL = (
    VICTIM_ID, VICTIM_PHONE, VICTIM_ROAD, SUSPECT_ID, SUSPECT_PHONE, HOLDER_ID, HOLDER_PHONE, HOLDER_ROAD,
    TOLD_ID, TOLD_PHONE, TOLD_ROAD, LANDLINE,
)  # fmt: skip


def whole_in(text: str) -> list[str]:
    """What of it stands whole in a text; blanks and hyphens hide nothing."""
    squeezed = text.replace(" ", "").replace("-", "").replace("\u2009", "")
    return [value for value in PERSONAL if value in squeezed]


def record_personal(session: Session) -> CaseId:
    """Two reports that share a suspect; orders with what banks and carriers answered; persons, tasks, evidence."""
    story = f"对方自称客服，身份证{TOLD_ID}，电话 {TOLD_PHONE}，约在兰州市西固区{TOLD_ROAD}3单元502室见面，后失去联系。"
    leads = [("mobile", SUSPECT_PHONE), ("resident_id", SUSPECT_ID), ("landline", LANDLINE)]
    cases = []
    for name in ("李秀兰", "王桂芳"):
        form = a_form(session, name, narrative=story)
        victim = VictimText(
            name, "resident_id", VICTIM_ID, VICTIM_PHONE, f"甘肃省兰州市城关区{VICTIM_ROAD}"
        )
        given = tuple(
            IdentifierText(session.ids.new_id(), kind, value, f"回拨 {TOLD_PHONE}")
            for kind, value in leads
        )
        answers = (("T01.ask.app", f"客服电话 {TOLD_PHONE}"),)
        form = replace(form, victim=victim, identifiers=given, answers=answers)
        cases.append(register_report(session, form).case)
    for case in cases:
        _follow(session, case)
    return cases[0]


def _follow(session: Session, case: CaseId) -> None:
    stop = issue_order(session, case, OrderKind.STOP, 1).order
    file = case_file(session, case)
    lines = [
        propose_order(session, file, OrderKind.TRACE, name_target(file, OrderKind.TRACE, 1, number))
        for number in (SUSPECT_PHONE, LANDLINE)
    ]
    real = [
        replace(item, terms=replace(item.terms, line=LineKind.REAL))
        for item in lines
        if isinstance(item.terms, NumberTerms)
    ]
    traced = issue_orders(session, case, real, confirmed=True)
    now = session.clock.now()
    holder = AccountFacts(
        holder="吴小明",
        holder_id=HOLDER_ID,
        phone=HOLDER_PHONE,
        address=f"兰州市七里河区{HOLDER_ROAD}",
    )
    remark = f"户主留存电话 {HOLDER_PHONE}"
    done = OrderReply(
        ReplyResult.DONE, stop.amount_fen, 0, now, now + timedelta(hours=48), "中国农业银行", "赵经理", remark, now,
        account=holder,
    )  # fmt: skip
    record_reply(session, stop.id, done)
    line = LineFacts(owner="吴小明", location=f"兰州市七里河区{HOLDER_ROAD}")
    record_reply(
        session, traced[0].order.id, replace(done, amount_fen=0, account=AccountFacts(), line=line)
    )
    record_person(session, case, [
        TypedTie("吴小明", SUSPECT_ID, PersonRole.HOLDER, TieKind.PHONE, SUSPECT_PHONE, note=f"另有 {TOLD_PHONE}"),
    ])  # fmt: skip
    add_supplement(
        session,
        case,
        SupplementText(SupplementSource.BANK, now, f"又来电 {TOLD_PHONE}，身份证 {TOLD_ID}"),
    )
    receive_objection(session, case, TypedObjection(
        "吴小明", f"工资卡，可打 {HOLDER_PHONE}", (stop.id,), id_number=HOLDER_ID, phone=HOLDER_PHONE,
    ))  # fmt: skip
    add_task(session, case, f"给 {TOLD_PHONE} 回电话")
    record_step(
        session, case, StepKind.ACCEPTED, now, "城公受字〔2026〕1号", f"电话告知 {TOLD_PHONE}"
    )
    attach_picture(session, case, f"与{TOLD_PHONE}聊天.png", b"picture")
    (item,) = case_evidence(session, case)
    record = EvidenceRecord(holder=f"李秀兰 {VICTIM_PHONE}", witness=f"证人 {TOLD_ID}")
    record_evidence(
        session,
        case,
        [item.id],
        TypedRecord(f"{TOLD_PHONE} 的手机", AcquisitionMethod.PHOTOGRAPHED, record),
    )
