"""Leads and the glance: what each says, where else it was seen, and what the case wants next."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.case_file.views import SameAccount
from desktop.domain.cases.payments.transfer import Certainty
from desktop.domain.ids import CaseId
from desktop.services.case_sheet import CaseSheet
from tests.support.texts import zh
from tests.ui.case import samples
from tests.ui.case.conftest import Bench

OTHER = SameAccount(
    CaseId("other"),
    "620102540000-20261101-B-0003",
    "task_rebate",
    "东岗路派出所",
    samples.ago(hours=500),
    5_200_000,
)


def known() -> CaseSheet:
    """The sample case; its first lead was read off a screen and is in another case."""
    sheet = samples.full_sheet()
    first, *rest = sheet.file.identifiers
    first = replace(first, certainty=Certainty.RECEIPT, source="报案人手机通话记录")
    file = replace(sheet.file, identifiers=(first, *rest))
    facts = {"lead-0": {"place": "甘肃兰州"}, "lead-6": {"bank": "中国农业银行"}}
    return replace(sheet, file=file, lead_facts=facts, elsewhere={"lead-0": (OTHER,)})


def test_a_lead_says_what_it_is_and_where_else_it_was_seen(bench: Bench) -> None:
    page = bench.page
    bench.show(known())
    page.go_to("leads")
    words = page.words(page.widget.parts.leads)
    for told in (OTHER.number, "东岗路派出所", "170****8831"):
        assert told in words.replace("\u200b", "")
    table = page.widget.parts.leads.table
    shown = [str(table.model().index(0, column).data()) for column in range(6)]
    assert shown[2:4] == ["甘肃兰州", zh("leads.sure.receipt")]
    assert shown[5] == "1"
    table.setFocus()
    page.press(Qt.Key.Key_Return)
    assert bench.ways.calls[-1] == ("open", "other")
    page.press(Qt.Key.Key_Down)
    assert zh("leads.nowhere") in page.words(page.widget.parts.leads)
    page.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "0085230012214"


def test_reading_anew_keeps_the_chosen_lead(bench: Bench) -> None:
    bench.show(known())
    bench.page.go_to("leads")
    bench.page.widget.parts.leads.table.select_key("lead-4")
    bench.show(replace(known(), elsewhere={}))
    lead = bench.page.widget.parts.leads.table.selected()
    assert lead is not None
    assert lead.id == "lead-4"


def test_the_glance_says_what_is_urgent_and_how_much_is_left(bench: Bench) -> None:
    sheet = samples.full_sheet()
    case, (paid, *others) = replace(sheet.file.case, returned_fen=8_000), sheet.file.transfers
    paid = replace(paid, returned_fen=600)
    bench.show(replace(sheet, file=replace(sheet.file, case=case, transfers=(paid, *others))))
    glance = bench.page.words(bench.page.find("case_glance"))
    for told in (
        zh("case_summary.step.decide", count=1),
        zh("case_summary.step.stop", count=1),
        "净损失 ¥117,914",
        "部分办理 1",
        "8 件",
    ):
        assert told in glance


def test_an_amended_field_tells_the_old_value_and_whose_it_was(bench: Bench) -> None:
    page = bench.page
    page.go_to("history")
    page.widget.parts.history.table.select_key(("7QK2M9XD41TCZP8A", 9))
    words = page.words(page.widget.parts.history).replace("\u200b", "")
    assert "原：138****5678（王建国）→ 138****5687" in words


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_both_fit(bench: Bench, language: str) -> None:
    bench.kit.texts.set_language(language)
    bench.show(known())
    for tab in ("leads", "overview"):
        bench.page.go_to(tab)
        QApplication.processEvents()
        QApplication.processEvents()
        assert clipped_texts(bench.page.widget) == []
        assert overlaps(bench.page.widget) == []
