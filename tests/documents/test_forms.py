"""Every form with ordinary, empty and hostile data: all facts are there, whole, legible and in place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.documents.case_forms.form_specs import all_forms
from desktop.documents.case_forms.typst_papers import TypstPapers
from desktop.documents.pages.pictures import pdf_page_count
from desktop.documents.printing.printable import Printable
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.people.party import Party
from desktop.domain.cases.people.victim import Victim
from desktop.domain.cases.tasks.assigned_task import AssignedKind
from desktop.domain.errors import UserInputError
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.ids import DeviceId, PartyId
from desktop.runtime.files.resources import resource_path
from desktop.services.ports import Pdf
from desktop.services.ports.printing.sheets import CallSlipFacts, CentreChangeFacts, TaskSlipFacts
from tests.documents.making import CODE, Printers, new_papers, new_printers, print_of, qr_png
from tests.documents.pdf_text import (
    MM,
    all_text,
    body_text,
    collisions,
    glyphs,
    page_texts,
    squeezed,
)
from tests.documents.samples import (
    AT,
    OFFICER,
    OFFICERS,
    PROFILE,
    SUMMARY,
    UNIT,
    a_case,
    a_file,
    an_empty_file,
    an_order,
    hostile_file,
)
from tests.support.strict import all_of

CARD = PeerCard(
    "approval", DeviceId("7QK2M9XD41TCZP8A"), "620100000000", UNIT * 2, "C", "centre", "ssh-ed25519 AAAA", "age1x",
    "2026-11-20T02:00:00.000Z", DeviceId("H3VN0W6R8YEB52KJ"), "ab", DeviceId("K8P2V7WQ3H9XM4TD"),
)  # fmt: skip

CALL_SLIP = CallSlipFacts(
    UNIT,
    "1124-C-0001",
    AT,
    ("6222…5702",) * 9,
    UNIT * 2,
    "0931-8890221",
    "620100000000-20261124-03-0001",
    qr_png(),
)


def task_slip_of(file: CaseFile) -> TaskSlipFacts:
    """A task about the victim of the case."""
    who = file.case.victim
    return TaskSlipFacts(
        UNIT * 2, file.case.number, AssignedKind.WARNING, True, file.case.narrative or "见面劝阻", AT, AT,
        "620001", "620134", who.name, who.phone, who.address,
    )  # fmt: skip


FORMS = (
    "stop_application",
    "acceptance_register",
    "acceptance_receipt",
    "evidence_list",
    "guidance",
    "enquiry_guidance",
)


OF_AN_ORDER = ("stop_form", "slip", "readme")
"""Printed about orders and sums of other cases."""
SUM = re.compile(r"[￥¥][0-9]|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿][元角分]")


def everything(printers: Printers, file: CaseFile) -> dict[str, Pdf]:
    """All papers there are, about one case."""
    papers, sheets = printers.papers, printers.sheets
    order = (file.orders or a_file().orders)[0].order
    summary = replace(SUMMARY, cases=((file.case.number, file.case.victim.name, 1),) * 60)
    readme = sheets.readme(summary)
    english = papers.language != "zh_CN"  # prescribed forms are Chinese in any: print them once
    forms = [entry.id for entry in all_forms() if not english or entry.id in FORMS]
    return {form: print_of(papers, form, file) for form in forms} | {
        "stop_form": papers.stop_form(file, order, OFFICERS, AT),
        "slip": sheets.slip([(file, order)], [qr_png()], AT),
        "recovery_sheet": sheets.recovery_sheet(PROFILE, OFFICER, CODE, AT),
        "device_card": sheets.device_card(CARD, qr_png(), AT),
        "call_slip": sheets.sheet(CALL_SLIP, AT),
        "task_slip": sheets.sheet(task_slip_of(file), AT),
        "centre_change": sheets.sheet(CentreChangeFacts(PROFILE, OFFICER, OFFICER, CARD, CARD), AT),
        "readme": Pdf(readme, pdf_page_count(readme)),
    }


def test_the_forms_are_offered_by_name(papers: TypstPapers) -> None:
    offered = papers.forms()
    assert set(FORMS) <= {info.id for info in offered}
    assert tuple(info.id for info in offered) == tuple(entry.id for entry in all_forms())
    assert all_of(info.title(papers.language) and info.form_set for info in offered)
    with pytest.raises(UserInputError, match=r"^form\.unknown$"):
        print_of(papers, "../paper", a_file())


@pytest.mark.parametrize("sample", [a_file, an_empty_file, hostile_file])
def test_nothing_is_clipped_overprinted_or_heavy(
    printers: Printers, sample: Callable[[], CaseFile]
) -> None:
    for name, pdf in everything(printers, sample()).items():
        pages = glyphs(pdf.data)
        assert pdf.pages == len(pages) >= 1, name
        assert len(pdf.data) <= 300_000 * pdf.pages, name
        for page in pages:
            assert page, name
            outside = [
                glyph
                for glyph in page
                if glyph.left < 16 * MM
                or glyph.right > (210 - 17) * MM
                or glyph.bottom < 4 * MM
                or glyph.top > (297 - 6) * MM
            ]
            assert not outside, name
            assert not collisions(page), name
        text = all_text(pdf.data)
        assert "None" not in text, name
        assert "\ufffd" not in text, name
        if sample is an_empty_file and name not in OF_AN_ORDER:
            assert not SUM.search(text), f"{name} names a sum, and nobody paid any"


def test_the_same_input_gives_the_same_octets() -> None:
    first, second = new_printers(), new_printers()
    print_of(second.papers, "guidance", a_file(), AT + timedelta(days=1))
    again = everything(second, a_file())
    for name, pdf in everything(first, a_file()).items():
        assert pdf.data == again[name].data, name


NINETEEN: dict[str, Callable[[CaseFile], list[str]]] = {
    "1 applicant": lambda file: [file.case.victim.name],
    "2 identity": lambda file: [file.case.victim.id_number],
    "3 phone, address": lambda file: [file.case.victim.phone, file.case.victim.address],
    "4 paying name": lambda file: [file.orders[0].order.payer.name],
    "5 paying account": lambda file: [file.orders[0].order.payer.number],
    "6 paying bank": lambda file: [file.orders[0].order.payer.bank],
    "7 payee name": lambda file: [file.orders[0].order.payee.name],
    "8 payee account": lambda file: [file.orders[0].order.payee.number],
    "9 payee bank": lambda file: [file.orders[0].order.payee.bank],
    "13 numbers": lambda file: [file.orders[0].order.serial, file.orders[0].order.order_number],
    "15 identifiers": lambda file: [item.value for item in file.identifiers],
    "16 facts": lambda file: [file.case.narrative],
    "18 unit": lambda file: [file.case.unit_name],
    "19 attachments": lambda file: [item.name for item in file.evidence],
}
FIXED = {
    "2 identity": "居民身份证",
    "10 amount": "人民币玖万捌仟元整（小写）￥98,000.00",
    "11 time": "2026年11月24日10时12分35秒",
    "12 channel": "■手机银行",
    "14 arrival": "■次日（24小时）",
    "17 undertaking": "本人承诺：以上所填内容属实",
    "17 signature": "申请人（签名、捺指印）：年月日",
    "18 officers": "王建国（警号620134）签名：马晓燕（警号620135）签名：",
    "18 acceptance": "2026年11月24日10时20分",
    "19 digest": "SHA-256019F86D081884C7D",
    "payee name as told": "陈某某（申请人陈述）",
    "local": "本地编号（非官方文号）：620102540000-20261124-A-0017-Z1",
    "official": "官方文号：",
    "kind": "■首次止付□第二次止付",
    "empty": "支付订单号／",
}


@pytest.mark.parametrize("sample", [a_file, hostile_file])
def test_the_stop_form_shows_all_nineteen_fields(
    papers: TypstPapers, printable: Printable, sample: Callable[[], CaseFile]
) -> None:
    file = sample()
    order = file.orders[0].order
    pdf = papers.stop_form(file, order, OFFICERS, AT)
    text = body_text(pdf.data)
    for field, values in NINETEEN.items():
        for value in values(file):
            assert squeezed(printable.text(value)) in text, field
    if sample is a_file:
        for field, expected in FIXED.items():
            assert expected in text, field
    assert print_of(papers, "stop_application", file) == pdf


def test_every_page_of_a_long_form_is_numbered_and_signed(papers: TypstPapers) -> None:
    file = hostile_file()
    pages = page_texts(papers.stop_form(file, file.orders[0].order, OFFICERS, AT).data)
    assert len(pages) > 2
    for index, page in enumerate(map(squeezed, pages)):
        assert f"第{index + 1}页共{len(pages)}页" in page
        assert "本地编号（非官方文号）" in page
        assert ("（续页）" in page) == (index > 0)
        if index:
            assert "申请人签名：" in page


def test_what_nobody_knows_is_said_to_be_unknown(papers: TypstPapers) -> None:
    text = all_text(print_of(papers, "stop_application", an_empty_file()).data)
    assert text.count("不详原因：") == 11
    assert "□未携带身份证件□无身份证件□身份待核实" in text
    assert "尚未发起" in text
    assert "短信内容无" in text


def test_the_newest_stop_is_printed_and_without_one_the_first_transfer() -> None:
    papers = new_papers()
    file = a_file()
    view = file.orders[0]
    later = replace(
        an_order(file.transfers[0]),
        number="…-Z2",
        issued_at=AT + timedelta(hours=1),
        payee=view.order.payer,
    )
    both = replace(file, orders=(replace(view, order=later), view))
    assert "…-Z2" in all_text(print_of(papers, "stop_application", both).data)
    none = all_text(print_of(papers, "stop_application", replace(file, orders=())).data)
    assert "尚未发起" in none
    assert "6230520010037788996" in none


def test_the_register_and_receipt_carry_the_desks_facts() -> None:
    papers = new_papers()
    register = all_text(print_of(papers, "acceptance_register", a_file()).data)
    for expected in (
        "■报案", "性别女", "1968年4月15日", "王建国（警号620134）", UNIT, "■已接收证据2项",
        "□属本单位管辖的刑事案件，建议及时立案侦查", "受案部门负责人：", "一式两份，一份附卷，一份存根。",
    ):  # fmt: skip
        assert expected in register
    receipt = all_text(print_of(papers, "acceptance_receipt", a_file()).data)
    assert "你（单位）于2026年11月24日报称的李秀兰被诈骗一案我单位已受理" in receipt
    assert "公（）受案字〔〕号" in receipt


@pytest.mark.parametrize(
    ("victim", "expected"),
    [
        (Victim("甲", "resident_id", "620102680415204"), "性别／出生日期1968年4月15日"),
        (Victim("甲", "resident_id", "62010219681315204X"), "性别女出生日期身份证件"),
        (Victim("甲", "passport", "620102196804152044"), "性别出生日期身份证件"),
        (Victim("甲", "resident_id", "六二"), "性别出生日期身份证件"),
        (Victim("甲公司", "uscc", "91620102MA00000011"), "性别／出生日期／"),
    ],
)
def test_sex_and_birth_date_come_from_a_resident_id_alone(victim: Victim, expected: str) -> None:
    file = replace(a_file(), case=replace(a_case(), victim=victim))
    text = all_text(print_of(new_papers(), "acceptance_register", file).data)
    if victim.id_number == "620102680415204":
        expected = expected.replace("性别／", "性别女")
    assert expected in text


DAUGHTER = Party(
    PartyId("p1"), role="agent", name="王芳", relation="女儿", organisation="兰州铁路局", id_kind="residence_permit",
    id_number="810000199408230021", phone="13893100027", address="西津路3号", papers="户口簿", consent="电话中同意",
)  # fmt: skip
ACTING = (
    "代理人；被害人：李秀兰；与被害人关系：女儿；证明材料：户口簿；授权（同意）情况：电话中同意"
)


def _reported_by(reporter: Party, **facts: object) -> CaseFile:
    case = replace(a_case(), parties=(reporter,), reported_by=reporter.id, **facts)  # type: ignore[arg-type]  # real ones
    return replace(a_file(), case=case)


def test_papers_name_who_reports_and_for_whom() -> None:
    papers, file = new_papers(), _reported_by(DAUGHTER, source="police_110")
    register = all_text(print_of(papers, "acceptance_register", file).data)
    for expected in (
        "■110指令", "□报案", "姓名王芳性别女出生日期1994年8月23日", "港澳台居民居住证", "工作单位兰州铁路局",
        "联系方式13893100027", "现住址西津路3号", f"代为报案{ACTING}",
    ):  # fmt: skip
        assert expected in register
    receipt = all_text(print_of(papers, "acceptance_receipt", file).data)
    assert "王芳：" in receipt
    assert "报称的李秀兰被诈骗一案" in receipt
    statement = all_text(print_of(papers, "statement", file).data)
    assert "被询问人：王芳性别：女年龄：32出生日期：1994年8月23日" in statement
    report = all_text(print_of(papers, "filing_report", file).data)
    assert "王芳（身份证件号码：810000199408230021，系被害人李秀兰的女儿、代理人）到" in report
    stop = all_text(print_of(papers, "stop_application", file).data)
    assert "姓名或单位名称李秀兰" in stop
    assert "代为申请王芳女儿810000199408230021" in stop


def test_a_company_is_heard_by_its_handler() -> None:
    """Without one, who came is written by hand; both ways the company is no person of a sex."""
    firm = Victim("某某商贸有限公司", "uscc", "91110000600037341L")
    handler = Party(PartyId("p1"), role="handler", name="孙会计", organisation=firm.name)
    heard = all_text(print_of(new_papers(), "statement", _reported_by(handler, victim=firm)).data)
    assert "被询问人：孙会计" in heard
    alone = replace(a_file(), case=replace(a_case(), victim=firm))
    assert "被询问人：性别：年龄：" in all_text(print_of(new_papers(), "statement", alone).data)


def test_the_guardian_among_the_parties_is_present_at_the_hearing_of_a_minor() -> None:
    father = Party(PartyId("p1"), role="guardian", name="王大山", relation="父亲")
    child = Victim("王小明", "resident_id", "620102201209150013")
    case = replace(a_case(), victim=child, parties=(father,))
    text = all_text(print_of(new_papers(), "statement", replace(a_file(), case=case)).data)
    assert "在场人员（法定代理人、翻译人员）：王大山" in text


def test_the_evidence_list_prints_both_digests_of_each_item() -> None:
    file = hostile_file()
    text = body_text(print_of(new_papers(), "evidence_list", file).data)
    for item in file.evidence:
        assert item.sha256.upper() in text
        assert item.sm3.upper() in text
        assert item.name in text
    assert f"共{len(file.evidence)}项" in text


def test_a_new_code_is_printed_rather_than_refused() -> None:
    """A case written by a newer program must not keep a form from being printed."""
    file = a_file()
    odd = replace(file.identifiers[0], kind="hologram")
    text = all_text(
        print_of(new_papers(), "stop_application", replace(file, identifiers=(odd,))).data
    )
    assert "hologram：rw_jd_xiaowen" in text


def test_templates_fetch_nothing() -> None:
    for template in Path(resource_path("forms")).glob("*.typ"):
        text = template.read_text("utf-8")
        assert "@preview" not in text
        assert "datetime.today" not in text
