"""Duplicate reports on the page: proposed, decided by a person, shown with their origin, and taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.case_file.merge import MergedReport, Merger, joined
from desktop.domain.ids import CaseId, TransferId
from desktop.journal.kinds import CASE_MERGED
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.changes.merge_cases import RepeatReport
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import history
from tests.support.sessions import a_form
from tests.ui.case import samples
from tests.ui.case.conftest import Bench

_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
OTHER = CaseId("case-1124-A-0018")
OWN, NUMBER = (f"620102540000-20261124-A-000{place}" for place in (1, 2))
REPEAT = RepeatReport(OTHER, NUMBER, "李秀兰", samples.ago(minutes=90), "东岗路派出所", 2)


def merged() -> CaseSheet:
    """The sample case leading a report that tells its first payment again and a new one."""
    sheet = samples.sheet()
    first = samples.TRANSFERS[0]
    again = replace(
        sheet.file,
        case=replace(sheet.file.case, id=OTHER, number=NUMBER),
        transfers=(
            replace(first, id=TransferId("t1")),
            replace(first, id=TransferId("t2"), amount_fen=70_000),
        ),
        orders=(),
        identifiers=(),
        evidence=(),
        conflicts=(),
    )
    report = MergedReport(again, samples.ago(minutes=3), "620134", "同一人")
    whole, merger = joined(sheet.file, [report])
    return replace(sheet, file=whole, merger=merger)


@pytest.fixture
def twice(bench: Bench) -> Bench:
    """The desk holds another report of the event."""
    again = replace(a_form(bench.session), case_id=OTHER)
    assert register_report(bench.session, again).number == NUMBER
    return bench


def lead(bench: Bench) -> CaseId:
    """Who leads the case of the desk, once everything queued has happened."""
    bench.runner.run_all()
    with bench.session.store.read() as reader:
        return reader.case_group(samples.CASE).lead


def test_a_likely_repeat_is_proposed_and_the_older_report_leads(twice: Bench) -> None:
    page = twice.page
    twice.show(replace(samples.sheet(), repeats=(REPEAT,)))
    assert NUMBER in page.words(page.find("case_merge"))
    page.press(Qt.Key.Key_M, _BOTH)
    dialog = page.dialog("merge_dialog")
    dialog.fill("merge_reason", "同一人同一笔")
    dialog.click("merge_accept")
    assert lead(twice) == OTHER
    told = [row.fields for row in history(twice.session, OTHER) if row.kind == CASE_MERGED]
    assert any(("merged.reason", "同一人同一笔") in fields for fields in told)


def test_any_case_can_be_merged_by_its_number(twice: Bench) -> None:
    page = twice.page
    page.press(Qt.Key.Key_M, _BOTH)
    dialog = page.dialog("merge_dialog")
    assert not dialog.find("merge_accept").isEnabled()
    dialog.fill("merge_number", OWN)
    dialog.click("merge_accept")
    twice.runner.run_all()
    assert dialog.text("merge_banner_message"), "it is one case already"
    dialog.fill("merge_number", NUMBER)
    dialog.click("merge_accept")
    assert lead(twice) == samples.CASE
    with twice.session.store.read() as reader:
        assert reader.case_group(OTHER).lead == samples.CASE


def test_the_leading_case_shows_what_came_from_where_and_counts_it_once(bench: Bench) -> None:
    page = bench.page
    bench.show(merged())
    words = page.words(page.widget.overview)
    assert "来自 1124-A-0002" in words
    assert "来自 1124-A-0002，已报过" in words
    assert "¥ 118,700" in page.words(page.widget.header)
    assert not page.offers("case_stop_4")
    assert page.offers("case_stop_5")
    page.go_to("money")
    assert not page.widget.parts.money.table.isColumnHidden(9)
    page.go_to("overview")
    page.click("case_merge_open")
    assert bench.ways.calls[-1] == ("open", OTHER)


def test_a_merge_is_taken_back_with_a_reason(bench: Bench) -> None:
    page = bench.page
    undone = bench.note("case.actions.case_works.unmerge_case", answer=None)
    bench.show(merged())
    page.click("case_merge_undo")
    dialog = page.dialog("unmerge_dialog")
    assert not dialog.find("unmerge_accept").isEnabled()
    dialog.fill("unmerge_reason", "不是同一人")
    dialog.click("unmerge_accept")
    bench.runner.run_all()
    assert undone == [(OTHER, "不是同一人")]


def test_a_merged_report_points_to_the_case_that_leads(bench: Bench) -> None:
    page = bench.page
    undone = bench.note("case.actions.case_works.unmerge_case", answer=None)
    leading = replace(
        samples.sheet().file, case=replace(samples.sheet().file.case, id=OTHER, number=NUMBER)
    )
    bench.show(replace(samples.sheet(), merger=Merger(leading)))
    assert NUMBER in page.words(page.find("case_merge"))
    page.click("case_merge_open")
    assert bench.ways.calls[-1] == ("open", OTHER)
    page.click("case_merge_undo")
    page.dialog("unmerge_dialog").fill("unmerge_reason", "查明")
    page.dialog("unmerge_dialog").click("unmerge_accept")
    bench.runner.run_all()
    assert undone == [(samples.CASE, "查明")]


def test_reading_anew_leaves_the_keyboard_on_its_button(bench: Bench) -> None:
    bench.show(merged())
    button = bench.page.find("case_merge_undo")
    button.setFocus()
    bench.show(merged())
    QApplication.processEvents()
    assert bench.page.find("case_merge_undo") is button
    assert button.hasFocus()
    stop = bench.page.find("case_stop_3")
    stop.setFocus()
    bench.show(merged())
    assert stop.hasFocus()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_fits_in_both_languages(bench: Bench, language: str) -> None:
    bench.kit.texts.set_language(language)
    bench.show(replace(merged(), repeats=(REPEAT,)))
    QApplication.processEvents()
    QApplication.processEvents()
    assert clipped_texts(bench.page.widget) == []
    assert overlaps(bench.page.widget) == []
