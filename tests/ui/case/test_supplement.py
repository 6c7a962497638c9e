"""What is told later: typed by keyboard, shown below the first story, which stays as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.supplement import Supplement, SupplementSource
from desktop.domain.ids import IdentifierId, PaperId, SupplementId, TransferId
from desktop.domain.papers.paper import Paper
from desktop.services.case_sheet import CaseSheet
from desktop.ui.case.parts.tabs import Tab
from tests.support.texts import zh
from tests.ui.case import samples
from tests.ui.case.conftest import Bench

_CONTROL = Qt.KeyboardModifier.ControlModifier


def supplemented() -> CaseSheet:
    """The sample case with two supplements, the first with a transfer and a lead."""
    sheet = samples.sheet()

    def one(name: str, words: str, minutes: float, **more: object) -> Supplement:
        at = samples.ago(minutes=minutes)
        source = SupplementSource.FAMILY
        return Supplement(SupplementId(name), source, at, words, at, "620177", **more)  # type: ignore[arg-type]  # real fields

    told = (
        one("s1", "家属来电：又发现一笔转账。", 8, transfers=(TransferId("transfer-3"),),
            identifiers=(IdentifierId("lead-0"),)),
        one("s2", "报案人想起对方还有一个号码。", 3),
    )  # fmt: skip
    return replace(sheet, file=replace(sheet.file, supplements=told))


def test_it_is_typed_by_keyboard_and_shown_with_who_and_when(bench: Bench) -> None:
    page = bench.page
    page.press(Qt.Key.Key_B, _CONTROL)
    dialog = page.dialog("supplement_dialog")
    assert dialog.widget.focusWidget() is dialog.find("supplement_story")
    dialog.find("supplement_story", QPlainTextEdit).setPlainText("又发现一笔。")
    dialog.fill("supplement_1_amount", "700")
    dialog.click("supplement_more")
    dialog.fill("supplement_2_amount", "800")
    dialog.find("supplement_leads", QPlainTextEdit).setPlainText("17062048831")
    dialog.click("supplement_accept")
    file = bench.file()
    (told,) = file.supplements
    assert (told.text, told.reported_at) == ("又发现一笔。", bench.kit.ticks.now())
    later = [item for item in file.transfers if item.id in told.transfers]
    assert [item.amount_fen for item in later] == [70_000, 80_000]
    assert [lead.value for lead in file.identifiers] == ["17062048831"]


def test_a_refused_one_stays_with_everything_typed(bench: Bench) -> None:
    bench.page.click("case_supplement")
    dialog = bench.page.dialog("supplement_dialog")
    told = bench.note("case.actions.case_works.add_supplement")
    dialog.fill("supplement_1_amount", "很多")
    dialog.click("supplement_accept")
    bench.runner.run_all()
    assert "1" in dialog.text("supplement_banner_message")
    dialog.fill("supplement_told", "xx")
    dialog.click("supplement_accept")
    assert bench.file().supplements == ()
    assert len(told) == 1, "a time that is none is not even sent"


def test_the_first_story_stays_and_the_rest_follows_in_order(bench: Bench) -> None:
    bench.show(supplemented())
    words = bench.page.words(bench.page.find("case_story"))
    places = [
        words.index(told)
        for told in (samples.NARRATIVE, "家属来电", "¥5,000", "170****8831", "报案人想起")
    ]
    assert places == sorted(places)
    assert zh("supplement.source.family") in bench.page.text("case_supplement_1")
    assert "马晓梅" in bench.page.text("case_supplement_1")


def test_a_novel_does_not_fill_the_page_and_can_be_read_whole(bench: Bench) -> None:
    novel = samples.NARRATIVE * 5000
    bench.show(samples.sheet(narrative=novel))
    assert len(bench.page.text("case_story_text")) < 2000
    bench.page.click("case_story_text_whole")
    dialog = bench.page.dialog("whole_text_dialog")
    assert dialog.find("whole_text", QPlainTextEdit).toPlainText() == novel


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_page_and_dialog_fit(bench: Bench, language: str) -> None:
    bench.kit.texts.set_language(language)
    bench.show(supplemented())
    bench.page.press(Qt.Key.Key_B, _CONTROL)
    dialog = bench.page.dialog("supplement_dialog").widget
    QApplication.processEvents()
    QApplication.processEvents()
    for shown in (bench.page.widget, dialog):
        assert clipped_texts(shown) == []
        assert overlaps(shown) == []
    assert dialog.height() < 768


def test_what_the_person_reported_later_gets_a_statement_of_its_own(bench: Bench) -> None:
    sheet = supplemented()
    file = sheet.file
    heard = replace(file.supplements[1], source=SupplementSource.REPORTER)
    drafted = bench.note("case.papers.actions.draft_paper")
    bench.show(replace(sheet, file=replace(file, supplements=(file.supplements[0], heard))))
    assert not bench.page.offers("case_supplement_statement_1"), (
        "the family is not heard as the victim"
    )
    bench.page.find("case_supplement_statement_2").setFocus()
    bench.page.press(Qt.Key.Key_Space)
    bench.runner.run_all()
    assert drafted == [(samples.CASE, "statement", "supplement/s2")]
    assert bench.page.part() is Tab.PAPERS


def test_a_paper_about_a_supplement_says_so_and_is_taken_up_again(bench: Bench) -> None:
    sheet = supplemented()
    heard = replace(sheet.file.supplements[1], source=SupplementSource.REPORTER)
    paper = Paper(
        PaperId("p9"), "statement", "criminal_2022", samples.NOW, about=f"supplement/{heard.id}"
    )
    file = replace(sheet.file, supplements=(sheet.file.supplements[0], heard), papers=(paper,))
    drafted = bench.note("case.papers.actions.draft_paper")
    bench.show(replace(sheet, file=file))
    bench.page.click("case_supplement_statement_2")
    bench.runner.run_all()
    row = bench.page.widget.parts.papers.table.selected()
    assert row is not None
    assert row.paper == paper
    titles = [
        bench.page.widget.parts.papers.table.rows.index(place, 0).data()
        for place in range(bench.page.widget.parts.papers.table.rows.rowCount())
    ]
    assert "询问笔录（补充 2）" in titles
    assert "询问笔录" in titles, "the first hearing still has to be written"
    assert drafted == []
