"""The time of an interview beside its paper: started and ended by a key, everything else in a dialog."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.interview import FIRST, Interview, interview_among
from desktop.domain.cases.people.party import Party
from desktop.domain.ids import PartyId
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from tests.support.texts import zh
from tests.ui.case import samples
from tests.ui.case.conftest import Bench
from tests.ui.pages.looks import each_look
from tests.ui.pages.papers import PapersPage

ALT = Qt.KeyboardModifier.AltModifier
STATEMENT = 2


@pytest.fixture
def page(desk: Bench) -> PapersPage:
    """The tab with the record of interview chosen."""
    page = PapersPage(desk.page.qtbot, desk.page.widget)
    page.go_to("papers")
    desk.runner.run_all()
    page.choose(STATEMENT)
    desk.runner.run_all()
    return page


def known(desk: Bench) -> Interview:
    return interview_among(desk.file().case.interviews, FIRST)


def press(page: PapersPage, desk: Bench, key: Qt.Key) -> None:
    page.press(key, ALT)
    desk.runner.run_all()


def test_one_key_starts_one_ends_and_neither_does_it_twice(page: PapersPage, desk: Bench) -> None:
    assert page.text("interview_said") == zh("interview.strip.none")
    assert not page.find("interview_end", QAbstractButton).isEnabled()
    press(page, desk, Qt.Key.Key_A)
    began = known(desk)
    assert began.began is not None
    assert began.ended is None
    assert began.asker == desk.session.officer.number
    press(page, desk, Qt.Key.Key_A)
    assert known(desk) == began
    press(page, desk, Qt.Key.Key_E)
    ended = known(desk)
    assert ended.ended is not None
    press(page, desk, Qt.Key.Key_E)
    assert known(desk) == ended
    assert "王建国" in page.text("interview_who")


def test_the_rest_is_typed_and_what_is_wrong_is_said_beside_it(
    page: PapersPage, desk: Bench
) -> None:
    press(page, desk, Qt.Key.Key_I)
    dialog = page.dialog("interview_dialog")
    dialog.fill("interview_began", "2026-11-24 10:00")
    dialog.fill("interview_ended", "2026-11-24 09:00")
    dialog.click("interview_accept")
    desk.runner.run_all()
    assert dialog.text("interview_ended_hint") == zh("interview.dialog.order")
    assert known(desk).is_unsaid
    dialog.fill("interview_ended", "2026-11-24 10:20")
    dialog.fill("interview_absent", "父母在外地")
    dialog.click("interview_accept")
    desk.runner.run_all()
    recorded = known(desk)
    assert (recorded.absent, recorded.asker) == ("父母在外地", desk.session.officer.number)
    assert recorded.began is not None
    assert "10:00" in page.text("interview_said")


def test_it_stands_beside_a_record_of_interview_alone(page: PapersPage, desk: Bench) -> None:
    strip = page.tab.interview
    assert strip.isVisible()
    page.choose(0)
    desk.runner.run_all()
    assert not strip.isVisible()
    draft_paper(desk.session, samples.CASE, "statement")
    desk.show_held()
    page.go_to("papers")
    page.choose(STATEMENT)
    desk.runner.run_all()
    assert strip.isVisible()


def test_it_fits_in_both_languages_and_themes(page: PapersPage, desk: Bench) -> None:
    press(page, desk, Qt.Key.Key_A)
    strip = page.tab.interview
    assert not page.find("interview_story").isVisible()
    daughter = Party(PartyId("p1"), role="agent", name="李雪")
    sheet, case = desk.held(samples.CASE), desk.file().case
    told = replace(case, narrative="我转了账", parties=(daughter,), reported_by=daughter.id)
    desk.load = desk.shown
    desk.show(replace(sheet, file=replace(sheet.file, case=told)))
    assert "李雪" in page.text("interview_story")
    for _ in each_look(desk.kit):
        desk.runner.run_all()
        page.qtbot.waitUntil(lambda: not clipped_texts(strip) + overlaps(strip), timeout=1000)


def test_a_draft_follows_the_interview_where_nobody_wrote(page: PapersPage, desk: Bench) -> None:
    draft_paper(desk.session, samples.CASE, "statement")
    desk.show_held()
    page.choose(STATEMENT)
    desk.runner.run_all()
    assert not page.editor("place").toPlainText()
    page.editor("deputy").setPlainText("是")
    for place, words in (("place", "询问室"), ("deputy", "否")):
        desk.session.own_forms.with_phrase("statement", place, words)  # as the case says by now
    press(page, desk, Qt.Key.Key_A)
    desk.show_held()
    assert page.editor("place").toPlainText() == "询问室"
    assert page.editor("deputy").toPlainText() == "是"


def test_who_writes_in_the_record_sees_what_is_written_on_the_smallest_screen(
    page: PapersPage, desk: Bench
) -> None:
    press(page, desk, Qt.Key.Key_A)
    paper = draft_paper(desk.session, samples.CASE, "statement").id
    edit_paper(desk.session, paper, {"statement": "问：\n答：" * 9})
    desk.show_held()
    page.choose(STATEMENT)
    desk.runner.run_all()
    for name in ("made", "all"):
        page.click(f"case_papers_filter_{name}")
        desk.runner.run_all()
    table = page.tab.table
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
    story = page.editor("statement")
    table.setFocus()
    page.press(Qt.Key.Key_Return)
    assert story.hasFocus(), "not in the first of its places"
    page.press(Qt.Key.Key_Escape)
    assert table.hasFocus()
    page.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    desk.runner.run_all()
    assert str(desk.ways.calls[-1][2]).endswith(" 询问笔录"), "printed by its key"
    enough = 6 * story.fontMetrics().lineSpacing()
    page.qtbot.waitUntil(lambda: story.visibleRegion().boundingRect().height() >= enough)
