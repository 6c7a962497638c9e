"""Every official form for a full case, an almost empty and a hostile one: all labels, all facts, nothing invented."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.case_forms.form_specs import all_forms, form_sets
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Identifier, OfficialNumbers
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.evidence.item import AcquisitionMethod
from desktop.domain.ids import IdentifierId, OrderId, StepId
from desktop.domain.orders.order import OrderKind
from desktop.domain.papers.form_sets import FormChoice, FormSet, FormSets, Procedure
from desktop.services.ports import PaperFacts
from tests.documents.making import new_papers
from tests.documents.official_labels import LABELS
from tests.documents.pdf_text import all_text, body_text, crossing_blanks, page_texts, squeezed
from tests.documents.samples import AT, OFFICERS, a_file, an_empty_file, hostile_file
from tests.support.strict import all_of

PAPERS = new_papers()
IDS = [entry.id for entry in all_forms()]
QUESTIONS = (
    ("怎么发现被骗的？", "要求再交解冻金时发觉被骗。"),
    ("手机型号？", "@unknown"),
    ("还有别人在里面吗？", "@refused"),
    ("不相关的一问", "@skipped"),
)


_printed: dict[tuple[str, str], bytes] = {}


def print_of(form: str, file: CaseFile) -> bytes:
    """Printed once for all that look at it."""
    same = form, repr(file)
    if same not in _printed:
        _printed[same] = PAPERS.render(
            form, PaperFacts(file, OFFICERS, AT, questions=QUESTIONS)
        ).data
    return _printed[same]


def full_file() -> CaseFile:
    """A case that has come all the way: official numbers typed, steps recorded."""
    file = a_file()
    steps = tuple(
        ProcedureStep(
            StepId(kind.value), kind, AT + timedelta(days=n), f"城公（刑）{kind.value}〔2026〕{n}号"
        )
        for n, kind in enumerate(StepKind)
    )
    official = OfficialNumbers("J6201020000002026110001", "城公（受）受案字〔2026〕7号", "A6201")
    kinds = (OrderKind.STOP, OrderKind.QUERY_DETAILS, OrderKind.FREEZE, OrderKind.UNFREEZE)
    orders = tuple(
        replace(view, order=replace(view.order, id=OrderId(kind), kind=kind))
        for view in file.orders
        for kind in kinds
    )
    case = replace(file.case, official=official)
    called = Identifier(IdentifierId("i3"), "mobile", "13919364417", "13919364417")
    leads = (*file.identifiers, called)
    return replace(file, case=case, steps=steps, orders=orders, identifiers=leads)


def test_every_form_has_its_labels_listed() -> None:
    assert set(LABELS) == set(IDS)


@pytest.mark.parametrize("form", IDS)
def test_every_label_is_on_every_form(form: str) -> None:
    for file, official in ((full_file(), True), (an_empty_file(), False)):
        text = all_text(print_of(form, file))
        title = next(entry for entry in all_forms() if entry.id == form).titles["zh_CN"]
        assert squeezed(title) in text
        absent = [label for label in LABELS[form].split() if label not in text]
        assert [label for label in absent if not (official and label.endswith("字〔"))] == []


@pytest.mark.parametrize("form", IDS)
def test_what_is_to_be_written_on_stays_in_its_cell(form: str) -> None:
    for file in (a_file(), an_empty_file()):
        for unit in (file.case.unit_name, "城关所"):  # a short name leaves its column narrow
            named = replace(file, case=replace(file.case, unit_name=unit))
            assert crossing_blanks(print_of(form, named)) == []


PLAIN = {
    "guidance", "enquiry_guidance", "evidence_request_list", "seizure_list", "hold_list", "case_transfer_list",
    "objection_receipt", "objection_answer", "witness_rights", "administrative_witness_rights",
}  # fmt: skip
"""They say nothing of the victim, or only what an officer writes into them; to who objects, and to a
witness, nobody names the victim."""


@pytest.mark.parametrize("form", sorted(set(IDS) - PLAIN))
def test_the_facts_of_the_case_are_on_the_form(form: str) -> None:
    file = full_file()
    text = all_text(print_of(form, file))
    assert file.case.victim.name in text
    assert file.case.unit_name in text or "兰州市公安局城关分局" in text


@pytest.mark.parametrize(
    "form",
    ["query_notice", "freeze_notice", "unfreeze_notice", "freeze_report", "query_report", "filing_report"],
)  # fmt: skip
def test_money_papers_name_account_holder_bank_and_amount(form: str) -> None:
    text = all_text(print_of(form, full_file()))
    for fact in ("6230520010037788996", "陈某某", "中国农业银行兰州××支行", "￥98,000.00"):
        assert fact in text


@pytest.mark.parametrize(
    ("form", "method"),
    [
        ("extraction_record", AcquisitionMethod.EXTRACTED),
        ("extraction_list", AcquisitionMethod.ONLINE),
        ("online_extraction_record", AcquisitionMethod.ONLINE),
        ("fixing_note", AcquisitionMethod.SCREENSHOT),
        ("copy_note", AcquisitionMethod.PROVIDED),
    ],
)
def test_data_papers_name_every_item_with_its_digest(form: str, method: AcquisitionMethod) -> None:
    file = full_file()
    items = tuple(replace(item, method=method) for item in file.evidence)
    file = replace(file, evidence=items)
    text = all_text(print_of(form, file))
    for item in file.evidence:
        assert squeezed(item.name) in text
        assert item.sha256.upper() in text


def test_a_paper_bears_the_official_number_that_was_typed_and_never_the_local_one() -> None:
    for form, kind in (
        ("filing_decision", StepKind.FILED),
        ("not_filing_notice", StepKind.NOT_FILED),
        ("transfer_notice", StepKind.TRANSFERRED),
        ("data_freeze_notice", StepKind.DATA_FROZEN),
        ("hold_decision", StepKind.EVIDENCE_HELD),
        ("return_decision", StepKind.RETURN_DECIDED),
    ):
        number = next(step.number for step in full_file().steps if step.kind is kind)
        assert number in all_text(print_of(form, full_file())), form
        blank = all_text(print_of(form, a_file()))
        assert "公（）" in blank, form


@pytest.mark.parametrize("form", IDS)
def test_the_local_number_is_always_said_to_be_local(form: str) -> None:
    file = a_file()
    for page in page_texts(print_of(form, file)):
        text = squeezed(page)
        for place in range(len(text)):
            if text.startswith(file.case.number, place):
                assert text[max(0, place - 16) : place].endswith(
                    ("（非官方文号）：", "（续页）")
                ), text


@pytest.mark.parametrize("form", ["statement", "administrative_statement"])
def test_a_statement_is_questions_and_answers_in_the_persons_words(form: str) -> None:
    text = body_text(print_of(form, full_file()))
    assert "问：怎么发现被骗的？答：要求再交解冻金时发觉被骗。" in text
    assert "问：手机型号？" in text
    assert "答：不清楚，记不得了。" in text
    assert "问：还有别人在里面吗？答：（不愿回答。）" in text
    assert "不相关的一问" not in text
    pages = page_texts(print_of(form, hostile_file()))
    assert all_of("被询问人（签名、捺指印）：" in squeezed(page) for page in pages)


def test_a_story_that_is_among_the_answers_is_not_printed_twice() -> None:
    file = a_file()
    asked = (("请讲一下经过。", file.case.narrative), ("怎么付的钱？", "第一笔。\n第二笔。"))
    pdf = PAPERS.render("statement", PaperFacts(file, OFFICERS, AT, questions=asked)).data
    text = body_text(pdf)
    assert text.count("11月24日上午，李秀兰在短视频平台") == 1
    assert "答：第一笔。" in text
    assert "第二笔。" in text


def test_one_notice_goes_to_each_institution() -> None:
    file = full_file()
    freeze = next(view for view in file.orders if view.order.kind is OrderKind.FREEZE)
    other = replace(
        freeze.order,
        id=OrderId("other"),
        payee=replace(freeze.order.payee, bank="招商银行"),
        target="account/2",
    )
    orders = (*file.orders, replace(freeze, order=other))
    text = all_text(print_of("freeze_notice", replace(file, orders=orders)))
    assert text.count("中国农业银行兰州××支行：") == 1
    assert text.count("招商银行：") == 1


def test_another_copy_of_a_notice_is_no_continued_page() -> None:
    short = page_texts(print_of("dissuasion_notice", a_file()))
    assert len(short) == 2
    assert not any("（续页）" in squeezed(page) for page in short)
    told = replace(a_file().case, narrative="对方自称客服，让我共享屏幕。" * 120)
    pages = [
        squeezed(page)
        for page in page_texts(print_of("dissuasion_notice", replace(a_file(), case=told)))
    ]
    continued = ["（续页）" in page for page in pages]
    begins = ["（此联" in page for page in pages]
    assert continued == [not begin for begin in begins]
    assert begins.count(True) == 2 < len(pages)


@pytest.mark.parametrize("form", ["seizure_list", "hold_list"])
def test_a_list_without_items_keeps_its_rows_to_write_on(form: str) -> None:
    facts = PaperFacts(a_file(), OFFICERS, AT)
    assert "备注12345678910持有人" in all_text(PAPERS.render(form, facts).data)
    listed = all_text(PAPERS.render(form, facts, {"items": "手机｜1部｜黑色｜完好"}).data)
    assert "备注1手机1部黑色完好持有人" in listed


def test_the_set_is_chosen_by_unit_and_day() -> None:
    sets = form_sets()
    admin = Procedure.ADMINISTRATIVE
    assert sets.chosen(admin, "620102540000", date(2026, 11, 24)).id == "administrative_2024"
    assert sets.chosen(admin, "620102540000", date(2023, 1, 1)).id == "administrative_2020"
    assert sets.chosen(Procedure.CRIMINAL, "620102540000", date(2019, 1, 1)).id == "criminal_2022"
    assert sets.in_use("620102540000", date(2026, 11, 24)) == {
        "platform_2016", "criminal_2022", "administrative_2024", "return_2016", "local",
    }  # fmt: skip
    assert {entry.form_set for entry in all_forms()} <= {item.id for item in sets.sets}


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.text("0123456789", max_size=12))
def test_a_unit_named_in_a_choice_keeps_its_own_set(on: date, code: str) -> None:
    sets = [FormSet(name, Procedure.ADMINISTRATIVE, "") for name in ("old", "new")]
    choices = [
        FormChoice("new", date(2000, 1, 1)),
        FormChoice("old", date(2000, 1, 1), None, ("6201",)),
    ]
    chosen = FormSets(sets, choices).chosen(Procedure.ADMINISTRATIVE, code, on).id
    assert chosen == ("old" if code.startswith("6201") else "new")


def test_the_same_facts_give_the_same_octets() -> None:
    again = new_papers()
    facts = PaperFacts(full_file(), OFFICERS, datetime(2026, 11, 25, tzinfo=UTC))
    for form in ("freeze_notice", "statement", "return_decision"):
        assert PAPERS.render(form, facts).data == again.render(form, facts).data


@pytest.mark.parametrize("form", IDS)
def test_fonts_are_embedded_and_only_the_drawn_characters_of_them(form: str) -> None:
    pdf = print_of(form, full_file())
    names = re.findall(rb"/BaseFont\s*/([^\s/<>\[\]]+)", pdf)
    assert names
    assert all_of(re.fullmatch(rb"[A-Z]{6}\+Noto.*", name) for name in names)
    assert pdf.count(b"/FontFile") >= len({name.split(b"-")[0] for name in names}) > 0


RARE = "㛃䶮𬭎·阿卜杜热合曼"


@pytest.mark.parametrize("form", sorted(set(IDS) - PLAIN))
def test_rare_characters_of_a_long_name_are_drawn(form: str) -> None:
    file = a_file()
    name = (RARE * 20)[:200]
    case = replace(file.case, victim=replace(file.case.victim, name=name))
    assert name in body_text(print_of(form, replace(file, case=case)))
